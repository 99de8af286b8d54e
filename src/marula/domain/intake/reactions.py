"""How intake is kept short."""

from datetime import timedelta

from marula.base.jobs import every, job
from marula.domain.context import Context
from marula.domain.intake.store import deeds, ledger, refusals
from marula.domain.intake.types import REMEMBERED

BATCH = 1000


@every(timedelta(hours=1))
@job(lane="upkeep")
async def forget(ctx: Context) -> None:
    """Forget what came long ago, as the settings say, what was turned away, and what was taken back and never came."""
    now = ctx.clock.now()
    removed = BATCH
    while removed == BATCH:
        async with ctx.db.transaction("relaxed") as tx:
            removed = await ledger.forget(tx, now - timedelta(days=ctx.config.arrivals_kept), BATCH)
    removed = BATCH
    while removed == BATCH:
        async with ctx.db.transaction("relaxed") as tx:
            removed = await deeds.forget(tx, now - REMEMBERED, BATCH)
    async with ctx.db.transaction("relaxed") as tx:
        await refusals.forget(tx)
