"""Which hashtags one follows.

Spec: Mastodon documentation, methods/followed_tags
"""

from marula.base.kernel.paging import Page
from marula.domain import tags
from marula.entities import Tag
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.views.tag import tags as render_tags


@route("GET", "/api/v1/followed_tags", scopes=("follow", "read", "read:follows"), paging=(100, 200))
async def index(call: Call, page: Page) -> list[Tag]:
    """Which hashtags one follows, the latest first."""
    async with call.ctx.db.reading() as db:
        found = await tags.followed(db, call.me, page)
        call.link(page, [entry.cursor for entry in found], prev="since_id")
        return await render_tags(call.ctx, db, call.viewer, [entry.tag for entry in found])
