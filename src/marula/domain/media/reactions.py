"""The jobs of media."""

import contextlib
from datetime import timedelta
from pathlib import Path

from marula.base.events import reacts_to, record
from marula.base.files import scratch
from marula.base.imaging import TooLarge, Undecodable
from marula.base.jobs import every, job, later_each
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, MediaId, PostId
from marula.domain import accounts, boundaries, relationships, storage
from marula.domain.boundaries import BoundaryMoved
from marula.domain.context import Context
from marula.domain.media import fetching, processing, store
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


@job(lane="media", attempts=1)
async def fetch_followed(ctx: Context, post: PostId) -> None:
    """Fetch the files of a post that somebody here follows the author of, so that they are there when it is looked at.

    Files of others are fetched when somebody looks at them.
    """
    if ctx.config.remote_media != "cache":
        return
    async with ctx.db.reading() as db:
        found = await store.fetchable(db, post)
        if found is None or not await relationships.local_followers(db, found[0], AccountId(0), 1):
            return
    async with ctx.db.transaction() as tx:
        await later_each(tx, fetch, found[1])


@job(lane="media", attempts=5)
async def fetch(ctx: Context, media: MediaId) -> None:
    """Keep a file of another server here, until room is needed."""
    if ctx.config.remote_media != "cache":
        return
    with contextlib.suppress(NotFound):
        await fetching.had(ctx, media, "original")


@reacts_to(BoundaryMoved, lane="upkeep")
async def heed_boundary(ctx: Context, event: BoundaryMoved) -> None:
    """Let the files of each server that is known and concerned go, or be fetched again, as was decided."""
    async with ctx.db.reading() as db:
        known = await accounts.domains(db)
    async with ctx.db.transaction() as tx:
        await later_each(tx, heed, [name for name in known if boundaries.covers(event.domain, name)])


@job(lane="upkeep")
async def heed(ctx: Context, domain: str) -> None:
    """Keep no files of a server, or have them again, as it is decided now."""
    rejected = (await boundaries.stance(ctx, domain)).reject_media
    changed = BATCH
    while changed == BATCH:
        async with ctx.db.transaction() as tx:
            changed = await (store.reject if rejected else store.welcome)(tx, domain, BATCH)


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
