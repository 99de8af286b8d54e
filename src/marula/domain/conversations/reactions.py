"""How direct threads follow from what happens."""

from marula.base.events import reacts_to
from marula.domain.accounts import AccountDeleted
from marula.domain.context import Context
from marula.domain.conversations import actions, store
from marula.domain.posts import PostDeleted, PostPublished, PostRevised, Visibility
from marula.domain.relationships import AccountBlocked


@reacts_to(PostPublished, lane="notify", when=lambda event: event.visibility is Visibility.DIRECT)
async def deliver(ctx: Context, event: PostPublished) -> None:
    """Bring a direct post to the threads it belongs to."""
    async with ctx.db.transaction("relaxed") as tx:
        await actions.deliver(tx, event.post_id)


@reacts_to(PostRevised, lane="notify")
async def deliver_to_named(ctx: Context, event: PostRevised) -> None:
    """Bring an edited direct post to those whom it names now and did not name before."""
    async with ctx.db.transaction("relaxed") as tx:
        await actions.deliver(tx, event.post_id)


@reacts_to(PostDeleted, lane="notify", when=lambda event: event.visibility is Visibility.DIRECT)
async def go_back(ctx: Context, event: PostDeleted) -> None:
    """Show the post before a deleted one as the newest of its threads."""
    await _go_back(ctx)


@reacts_to(AccountDeleted, lane="notify")
async def go_back_without(ctx: Context, event: AccountDeleted) -> None:
    """The same for all that an account wrote which is gone."""
    await _go_back(ctx)


@reacts_to(AccountBlocked, lane="notify")
async def forget_blocked(ctx: Context, event: AccountBlocked) -> None:
    """Remove the threads with somebody who was blocked."""
    async with ctx.db.transaction("relaxed") as tx:
        await store.forget_blocked(tx, event.account_id, event.target_id)


async def _go_back(ctx: Context) -> None:
    more = True
    while more:
        async with ctx.db.transaction("relaxed") as tx:
            more = await actions.go_back(tx)
