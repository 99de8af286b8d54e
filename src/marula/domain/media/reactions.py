"""The jobs of media."""

from datetime import timedelta
from pathlib import Path

from marula.base.events import record
from marula.base.files import scratch
from marula.base.imaging import TooLarge, Undecodable
from marula.base.jobs import every, job
from marula.base.kernel.ids import MediaId
from marula.domain import storage
from marula.domain.context import Context
from marula.domain.media import processing, store
from marula.domain.media.events import MediaProcessed

LOOSE = timedelta(days=1)
"""How long a file may hang on nothing. Spec: limits.json, media.unattached_lifetime"""

BATCH = 200


@job(lane="media", attempts=6)
async def process(ctx: Context, media: MediaId) -> None:
    """Make what is shown of an upload. Stopped in between, it begins again: until the end nothing refers to the parts.

    Records: MediaProcessed, once.
    """
    async with ctx.db.reading() as db:
        waiting = await store.source(db, media)
    if waiting is None:
        return
    _, key = waiting
    try:
        async with scratch(ctx.config.incoming_dir) as folder:
            source = folder / "source"
            await _copy(ctx, key, source)
            made = await processing.make(ctx, source)
    except (Undecodable, TooLarge):
        async with ctx.db.transaction() as tx:
            whose = await store.fail(tx, media)
            if whose is not None:
                await record(tx, MediaProcessed(media_id=media, account_id=whose, readable=False))
        return
    async with ctx.db.transaction() as tx:
        whose = await store.finish(tx, media, made)
        if whose is not None:
            await storage.keep(tx, [one for one in (made.original_id, made.small_id) if one is not None])
            await record(tx, MediaProcessed(media_id=media, account_id=whose, readable=True))


@every(timedelta(hours=1))
@job(lane="upkeep")
async def sweep(ctx: Context) -> None:
    """Remove uploads that nobody posted."""
    removed = BATCH
    while removed == BATCH:
        async with ctx.db.transaction("relaxed") as tx:
            removed = await store.sweep(tx, tx.now - LOOSE, BATCH)


async def _copy(ctx: Context, key: str, path: Path) -> None:
    with path.open("wb") as file:
        async for piece in ctx.files.read(key):
            file.write(piece)
