"""Whom one shows on one's profile.

Spec: Mastodon documentation, methods/endorsements
"""

from marula.base.kernel.paging import Page
from marula.domain import relationships
from marula.entities import Account
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.views import Rendered, listed
from marula.views.account import accounts


@route("GET", "/api/v1/endorsements", scopes=("read", "read:accounts"), paging=(40, 80), since_only=True)
async def index(call: Call, page: Page) -> Rendered[list[Account]]:
    """Whom one shows on one's profile. A limit of 0 means everybody."""
    async with call.ctx.db.reading() as db:
        found = await relationships.endorsed(db, call.me, page)
        if page.limit:
            call.link(page, found, prev="since_id")
        return listed(await accounts(call.ctx, db, found))
