"""How storage is kept clean, and below its bounds."""

import sys
from datetime import timedelta

from marula.base.files import StorageUnreachable
from marula.base.jobs import every, job
from marula.base.observe import logs
from marula.domain import site
from marula.domain.context import Context
from marula.domain.storage import reading, room, rules, store
from marula.domain.storage.cleaning import clean

log = logs.logger("storage")


@every(timedelta(minutes=5))
@job(lane="upkeep")
async def sweep(ctx: Context) -> None:
    """Let blobs go that nothing refers to."""
    await clean(ctx)


@every(timedelta(hours=1))
@job(lane="upkeep")
async def keep_room(ctx: Context) -> None:
    """Let copies of others' files go that are too old, above the ceiling, or in the way on a disk that fills."""
    days = (await site.get(ctx)).media_cache_retention_period
    if days:
        await room.evict(ctx, sys.maxsize, unseen_since=ctx.clock.now() - timedelta(days=days))
    most = await room.ceiling(ctx)
    async with ctx.db.reading() as db:
        over = await store.total(db, remote=True) - most
    lacking = rules.lacking(await ctx.files.room())
    if max(over, lacking) > 0:
        await room.evict(ctx, max(over, lacking))


@every(timedelta(hours=6))
@job(lane="upkeep")
async def watch_disk(ctx: Context) -> None:
    """Write down how much is kept, and warn the owner long before the disk is full.

    Raises StorageUnreachable, to be tried again: a day without figures would spoil what is foretold.
    """
    usage = await reading.usage(ctx)
    if not usage.reachable:
        raise StorageUnreachable(usage.warning)
    async with ctx.db.transaction("relaxed") as tx:
        await store.note_day(tx, usage.today)
    if usage.warning:
        log.warning(usage.warning)
