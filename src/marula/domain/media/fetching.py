"""Files of other servers, fetched from there when they are wanted. No transaction is open meanwhile.

Of all processes one fetches a file; whoever wants it meanwhile waits for that one.
"""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Literal, TypeAlias

from marula.base.files import StorageUnreachable, scratch
from marula.base.imaging import TooLarge, Undecodable
from marula.base.kernel.errors import NotFound, Unreachable
from marula.base.kernel.ids import MediaId
from marula.base.net import Limits
from marula.base.observe import logs
from marula.domain import boundaries, storage
from marula.domain.context import Context
from marula.domain.media import processing, store
from marula.domain.media.types import Kind, Remote, State

Part: TypeAlias = Literal["original", "small"]

LIMITS = Limits(size=99 * 1024 * 1024, time=timedelta(seconds=90))
"""Spec: limits.json, media.video_size_limit"""

PICTURES = Limits(size=16 * 1024 * 1024, time=timedelta(seconds=45))
"""Spec: limits.json, media.image_size_limit"""

GIVEN_UP = timedelta(minutes=12)
"""After which a process that said that it fetches a file is taken to be dead."""

ATTEMPTS = 4
"""How often a server is asked for a file that it does not give."""

OURS = 1000
"""The same, where it is not the other server that fails."""

LOOKS, PAUSE = 60, 0.5
"""How often, and how many seconds apart, somebody who waits looks whether another process is done."""

log = logs.logger("media")


async def had(ctx: Context, media: MediaId, part: Part) -> str:
    """The key of a part of a file of another server, fetched if need be.

    Raises: NotFound when there is none to be had, Unreachable when there is none now, StorageFull.
    """
    for _ in range(LOOKS):
        async with ctx.db.reading() as db:
            file = await store.remote(db, media)
        if file is None or file.state in (State.FAILED, State.REJECTED):
            raise NotFound
        key = file.original if part == "original" or not file.has_still else file.small
        if key is not None:
            return key
        async with ctx.db.transaction() as tx:
            claimed = await store.claim(tx, media, GIVEN_UP)
        if claimed:
            await _fetch(ctx, file, still_only=part == "small" and file.preview_url is not None)
        elif file.waits_until is not None and file.waits_until > ctx.clock.now():
            raise Unreachable("The other server does not give this file at the moment")
        else:
            await asyncio.sleep(PAUSE)
    raise Unreachable("The other server takes too long to give this file")


async def pass_on(ctx: Context, media: MediaId, part: Part, path: Path) -> None:
    """Write a part of a file of another server into a file, and keep nothing. Raises: as `had`."""
    async with ctx.db.reading() as db:
        file = await store.remote(db, media)
    if file is None or file.state is State.REJECTED:
        raise NotFound
    whole = part == "original" or (file.preview_url is None and file.kind is Kind.IMAGE)
    url = file.url if whole else file.preview_url
    if url is None:
        raise NotFound
    await _download(ctx, file, url, path, LIMITS if whole and file.kind is not Kind.IMAGE else PICTURES)


async def _download(ctx: Context, file: Remote, url: str, path: Path, limits: Limits) -> None:
    await boundaries.download(ctx, url, path, domain=file.domain, most=limits.size, time=limits.time)


async def _fetch(ctx: Context, file: Remote, *, still_only: bool) -> None:
    """Fetch a file that this process has claimed, and write how that went. Raises: Unreachable, StorageFull."""
    try:
        async with scratch(ctx.config.incoming_dir) as folder:
            await _take(ctx, file, folder / "source", still_only=still_only)
    except (NotFound, Undecodable, TooLarge) as error:
        log.info("a file of another server cannot be kept", url=file.url, reason=str(error))
        async with ctx.db.transaction() as tx:
            await store.give_up(tx, file.id, still=still_only)
    except BaseException as error:
        theirs = isinstance(error, Unreachable) and not isinstance(error, StorageUnreachable)
        async with ctx.db.transaction() as tx:
            await store.postpone(tx, file.id, pause(file.attempts), ATTEMPTS if theirs else OURS)
        raise


async def _take(ctx: Context, file: Remote, path: Path, *, still_only: bool) -> None:
    if still_only:
        assert file.preview_url is not None
        await _download(ctx, file, file.preview_url, path, PICTURES)
        still = await processing.make_thumbnail(ctx, path, remote=True)
        async with ctx.db.transaction() as tx:
            if await store.keep_still(tx, file.id, still):
                await storage.keep(tx, [still.small_id])
        return
    await _download(ctx, file, file.url, path, PICTURES if file.kind is Kind.IMAGE else LIMITS)
    made = await processing.make(ctx, path, remote=True)
    async with ctx.db.transaction() as tx:
        if await store.keep_remote(tx, file.id, made):
            await storage.keep(tx, [one for one in (made.original_id, made.small_id) if one is not None])


def pause(attempts: int) -> timedelta:
    """How long a file is left alone after so many failures before."""
    return timedelta(minutes=5 * 6 ** min(attempts, 4))
