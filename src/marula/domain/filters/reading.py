"""The filters of a person, as every process remembers them."""

from marula.base.db import Connection
from marula.base.events import RememberedEach
from marula.base.kernel.ids import AccountId
from marula.domain.context import Context
from marula.domain.filters import rules, store
from marula.domain.filters.rules import Compiled

FILTERS: RememberedEach[int, tuple[Compiled, ...]] = RememberedEach("filters", seconds=60)


async def of(ctx: Context, db: Connection, who: AccountId) -> tuple[Compiled, ...]:
    """The filters of somebody, ready to be compared with posts. Costs: nothing, or one statement now and then."""
    known = ctx.memory.recall(FILTERS, who)
    if known is not None:
        return known

    async def load() -> tuple[Compiled, ...]:
        return rules.compiled(await store.of_account(db, who))

    return await ctx.memory.learn(FILTERS, who, load) or ()
