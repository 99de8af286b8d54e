"""Who calls, as every process remembers it."""

from marula.base.crypto.tokens import digest
from marula.domain import accounts
from marula.domain.apps import store
from marula.domain.apps.types import Bearer
from marula.domain.context import Context


async def caller(ctx: Context, token: str) -> Bearer | None:
    """Who calls with this token: all that a request needs, also when the token is revoked or expired.

    Costs: nothing, or one statement every few seconds.
    """
    key = digest(token)
    known: Bearer | None = ctx.memory.recall(accounts.CALLERS, key)
    if known is not None and not known.unnoted(ctx.clock.now()):
        return known

    async def load() -> Bearer | None:
        async with ctx.db.reading() as db:
            return await store.token_holder(db, key)

    return await ctx.memory.learn(accounts.CALLERS, key, load)
