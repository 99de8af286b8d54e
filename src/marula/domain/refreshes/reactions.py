"""The upkeep of refreshes."""

from datetime import timedelta

from marula.base.jobs import every, job
from marula.domain.context import Context
from marula.domain.refreshes import store

KEPT = timedelta(days=30)
BATCH = 5000


@every(timedelta(days=1))
@job(lane="upkeep")
async def forget_refreshes(ctx: Context) -> None:
    """Forget what nobody looked at for a month."""
    removed = BATCH
    while removed == BATCH:
        async with ctx.db.transaction("relaxed") as tx:
            removed = await store.forget(tx, tx.now - KEPT, BATCH)
