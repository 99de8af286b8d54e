"""The jobs of upkeep."""

from datetime import timedelta

from marula.base.jobs import every, job
from marula.domain.context import Context
from marula.domain.upkeep import store

FACTS_KEPT = timedelta(days=30)
BATCH = 10_000


@every(timedelta(hours=1))
@job(lane="upkeep")
async def forget_facts(ctx: Context) -> None:
    """Keep the log of facts to a month."""
    removed = BATCH
    while removed == BATCH:
        async with ctx.db.transaction("relaxed") as tx:
            removed = await store.forget_facts(tx, FACTS_KEPT, BATCH)
