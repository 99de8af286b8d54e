"""What ends subscriptions."""

from marula.base.events import reacts_to
from marula.domain.apps import TokensRevoked
from marula.domain.context import Context
from marula.domain.push import store


@reacts_to(TokensRevoked, lane="now")
async def forget_revoked(ctx: Context, event: TokensRevoked) -> None:
    """A token that is worth nothing is pushed nothing, and need not be kept."""
    async with ctx.db.transaction("relaxed") as tx:
        await store.delete_of_tokens(tx, event.token_ids)
