"""What follows for collections from what happens."""

from marula.base.events import reacts_to
from marula.domain.collections import actions, store
from marula.domain.context import Context
from marula.domain.relationships import AccountBlocked


@reacts_to(AccountBlocked)
async def part_blocked(ctx: Context, event: AccountBlocked) -> None:
    """Who blocks, or is blocked by, the owner of a collection leaves it. Records: AccountNoLongerFeatured for each."""
    async with ctx.db.transaction() as tx:
        for item in await store.between(tx, event.account_id, event.target_id):
            owner = event.target_id if item.account_id == event.account_id else event.account_id
            await actions.revoke(tx, item, owner)
