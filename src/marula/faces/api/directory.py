"""The directory of people who want to be found.

Spec: Mastodon documentation, methods/directory
"""

from marula.base.kernel.errors import NotFound
from marula.domain import discovery, site
from marula.domain.discovery import DirectoryOrder
from marula.entities import Account
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views import Rendered, listed
from marula.views.account import accounts

SHORT = "public, max-age=15, stale-while-revalidate=30, stale-if-error=86400"
MOST = 80
FARTHEST = 10_000
"""Nobody pages through the directory beyond this."""


class DirectoryForm(Form, frozen=True, kw_only=True):
    """Whom, and in which order."""

    offset: int = 0
    limit: int = 40
    order: DirectoryOrder = "active"
    local: bool = False


@route("GET", "/api/v1/directory", auth="optional", cache=SHORT)
async def index(call: Call, form: DirectoryForm) -> Rendered[list[Account]]:
    """The people who want to be found: who wrote last first, or who is here the shortest time."""
    settings = await site.get(call.ctx)
    if not settings.profile_directory:
        raise NotFound
    limit, offset = min(abs(form.limit), MOST), max(0, form.offset)
    async with call.ctx.db.reading() as db:
        if offset > FARTHEST:
            return listed([])
        found = await discovery.directory(db, call.viewer, form.order, local=form.local, limit=limit, offset=offset)
        return listed(await accounts(call.ctx, db, found))
