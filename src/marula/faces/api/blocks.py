"""Whom one blocks.

Spec: Mastodon documentation, methods/blocks
"""

from marula.base.kernel.paging import Page
from marula.domain import relationships
from marula.entities import Account
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.views import Rendered, listed
from marula.views.account import accounts


@route("GET", "/api/v1/blocks", scopes=("follow", "read", "read:blocks"), paging=(40, 80), since_only=True)
async def index(call: Call, page: Page) -> Rendered[list[Account]]:
    """Whom one blocks, the latest first."""
    async with call.ctx.db.reading() as db:
        found = await relationships.blocked(db, call.me, page)
        call.link(page, [entry.cursor for entry in found], prev="since_id")
        return listed(await accounts(call.ctx, db, [entry.account_id for entry in found]))
