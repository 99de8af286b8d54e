"""What one marked as favourite.

Spec: Mastodon documentation, methods/favourites
"""

from marula.base.kernel.paging import Page
from marula.domain import interactions
from marula.entities import Status
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.views import Rendered, listed
from marula.views.status import statuses


@route("GET", "/api/v1/favourites", scopes=("read", "read:favourites"), paging=(20, 40))
async def index(call: Call, page: Page) -> Rendered[list[Status]]:
    """What one marked as favourite, the latest mark first."""
    async with call.ctx.db.reading() as db:
        marks = await interactions.favourites(db, call.me, page)
        call.link(page, [mark.cursor for mark in marks])
        return listed(await statuses(call.ctx, db, call.viewer, [mark.post_id for mark in marks], listed=False))
