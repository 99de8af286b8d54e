"""What deliveries do when servers come back, and how the ledger is kept short."""

from datetime import timedelta

from marula.base.events import reacts_to
from marula.base.jobs import every, job
from marula.domain.context import Context
from marula.domain.deliveries import store
from marula.domain.deliveries.types import PATIENCE
from marula.domain.servers import ServerRevived

BATCH = 50
"""Parcels that are forgotten at a time: each has as many deliveries as it had inboxes."""

SHED = 1000
"""Parcels whose bytes are forgotten at a time."""

SHED_WITHIN = timedelta(days=1)
"""For so long it is looked, each hour, whether a parcel arrived everywhere by now."""


@reacts_to(ServerRevived, lane="federation")
async def hurry(ctx: Context, event: ServerRevived) -> None:
    """Send at once what waits for a server that is back."""
    async with ctx.db.transaction() as tx:
        await store.hurry(tx, [event.host])


@every(timedelta(hours=1))
@job(lane="upkeep")
async def forget(ctx: Context) -> None:
    """Keep the ledger for as long as the settings say, and what was sent no longer than somebody may still need it."""
    now = ctx.clock.now()
    arrived, done = now - PATIENCE, False
    while not done:
        async with ctx.db.transaction("relaxed") as tx:
            shed = await store.shed(tx, arrived - SHED_WITHIN, arrived, SHED)
            removed = await store.forget(tx, now - timedelta(days=ctx.config.deliveries_kept), BATCH)
        done = shed < SHED and removed < BATCH
