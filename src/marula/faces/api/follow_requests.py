"""Who asks to follow one.

Spec: Mastodon documentation, methods/follow_requests
"""

from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain import relationships
from marula.entities import Account, Relationship
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.views import Rendered, listed
from marula.views.account import accounts
from marula.views.relationship import relationship

WRITE = ("follow", "write", "write:follows")


@route("GET", "/api/v1/follow_requests", scopes=("follow", "read", "read:follows"), paging=(40, 80), since_only=True)
async def index(call: Call, page: Page) -> Rendered[list[Account]]:
    """Who asks to follow one, the latest first."""
    async with call.ctx.db.reading() as db:
        found = await relationships.requests(db, call.me, page)
        call.link(page, [entry.cursor for entry in found], prev="since_id")
        return listed(await accounts(call.ctx, db, [entry.account_id for entry in found]))


@route("POST", "/api/v1/follow_requests/{account_id}/authorize", scopes=WRITE)
async def authorize(call: Call, account_id: AccountId) -> Relationship:
    """Let somebody follow one."""
    async with call.ctx.db.transaction() as tx:
        await relationships.authorize_request(tx, call.me, account_id)
    return await _standing(call, account_id)


@route("POST", "/api/v1/follow_requests/{account_id}/reject", scopes=WRITE)
async def reject(call: Call, account_id: AccountId) -> Relationship:
    """Refuse somebody."""
    async with call.ctx.db.transaction() as tx:
        await relationships.reject_request(tx, call.me, account_id)
    return await _standing(call, account_id)


async def _standing(call: Call, account_id: AccountId) -> Relationship:
    async with call.ctx.db.reading() as db:
        return relationship((await relationships.relationships(db, call.me, [account_id]))[0])
