"""Copies of the emoji of other servers, made when somebody first looks at them; once, by one process."""

from datetime import timedelta
from pathlib import Path

from marula.base.files import scratch
from marula.base.imaging import EMOJI, TooLarge, Undecodable
from marula.base.kernel.config import Config
from marula.base.kernel.errors import NotFound, Unreachable
from marula.base.kernel.ids import EmojiId
from marula.base.observe import logs
from marula.domain import boundaries, storage
from marula.domain.context import Context
from marula.domain.emoji import store
from marula.domain.emoji.picturing import make
from marula.domain.emoji.types import Kept

AGAIN = timedelta(minutes=30)
"""After which a server that did not answer, or a process that died meanwhile, has had its time."""

GIVEN_UP = timedelta(days=7)
"""After which a picture that is not there, or cannot be read, is asked for again."""

log = logs.logger("emoji")


def address(config: Config, emoji: EmojiId, url: str, *, still: bool) -> str:
    """Where the picture is to be had through this server that another one has at `url`."""
    part = "static" if still else "original"
    return f"{config.web_url}/media/emoji/{emoji}/{boundaries.mark(config, f'emoji {emoji}', url)}/{part}"


async def had(ctx: Context, emoji: EmojiId, mark: str) -> tuple[str, str]:
    """The keys of a copy of a picture and of its first frame; the copy is made if need be.

    Raises: NotFound when there is none to be had, Unreachable when there is none now, StorageFull.
    """
    found = await _wanted(ctx, emoji, mark)
    if found.key is None:
        async with ctx.db.transaction() as tx:
            if not await store.claim(tx, emoji, tx.now + AGAIN):
                raise Unreachable
        await _copy(ctx, found)
        found = await _wanted(ctx, emoji, mark)
        if found.key is None:
            raise NotFound
    return found.key, found.static_key or found.key


async def pass_on(ctx: Context, emoji: EmojiId, mark: str, path: Path) -> None:
    """Write a picture into a file, and keep nothing. Raises: NotFound, Unreachable."""
    found = (await _wanted(ctx, emoji, mark)).emoji
    await boundaries.download(ctx, found.url, path, domain=found.domain, most=EMOJI.picture_bytes)


async def _wanted(ctx: Context, emoji: EmojiId, mark: str) -> Kept:
    async with ctx.db.reading() as db:
        found = await store.by_id(db, emoji)
    if found is None or found.emoji.domain is None or found.emoji.disabled:
        raise NotFound
    if not boundaries.marked(ctx.config, f"emoji {emoji}", found.emoji.url, mark):
        raise NotFound
    return found


async def _copy(ctx: Context, found: Kept) -> None:
    url = found.emoji.url
    try:
        async with scratch(ctx.config.incoming_dir) as folder:
            source = folder / "source"
            await boundaries.download(ctx, url, source, domain=found.emoji.domain, most=EMOJI.picture_bytes)
            picture = await make(ctx, source, remote=True)
    except (NotFound, Undecodable, TooLarge) as error:
        log.info("an emoji of another server cannot be kept", url=url, reason=str(error))
        async with ctx.db.transaction() as tx:
            await store.postpone(tx, found.emoji.id, tx.now + GIVEN_UP)
        raise NotFound from error
    async with ctx.db.transaction() as tx:
        if await store.keep_copy(tx, found.emoji.id, url, picture):
            await storage.keep(tx, [picture.original_id, picture.static_id])
