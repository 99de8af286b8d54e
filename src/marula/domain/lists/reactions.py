"""What follows for lists from what happens."""

from marula.base.events import reacts_to
from marula.domain.context import Context
from marula.domain.lists import actions
from marula.domain.relationships import AccountUnfollowed, FollowRequestEnded


@reacts_to(AccountUnfollowed)
async def drop_unfollowed(ctx: Context, event: AccountUnfollowed) -> None:
    """Take somebody off the lists of an account that no longer follows them."""
    async with ctx.db.transaction() as tx:
        await actions.remove_unfollowed(tx, event.account_id, event.target_id)


@reacts_to(FollowRequestEnded, when=lambda event: not event.granted)
async def drop_refused(ctx: Context, event: FollowRequestEnded) -> None:
    """Take somebody off the lists of an account whose request they refused, or who took it back."""
    async with ctx.db.transaction() as tx:
        await actions.remove_unfollowed(tx, event.account_id, event.target_id)
