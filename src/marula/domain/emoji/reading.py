"""Custom emoji as every process remembers them, and those of other servers."""

from collections.abc import Collection, Mapping

import msgspec

from marula.base.db import Connection
from marula.base.events import Remembered
from marula.base.kernel.ids import EmojiId
from marula.domain.context import Context
from marula.domain.emoji import copies, store
from marula.domain.emoji.types import Emoji, Kept

LOCAL = Remembered("emoji.local", store.local)


async def all_local(ctx: Context) -> Mapping[str, Emoji]:
    """Our emoji by shortcode. Costs: nothing, or one statement when this process has forgotten them."""
    return (await ctx.memory.get(LOCAL)).at(ctx.files.public)


def shown_at(
    ctx: Context, emoji: EmojiId, *, urls: tuple[str | None, str | None], keys: tuple[str | None, str | None]
) -> tuple[str, str] | None:
    """Where the picture of an emoji is to be had, and its first frame. None for one that has none.

    Takes: `urls`, where another server has them; `keys`, those of what is kept here.
    """
    (url, static_url), (key, static_key) = urls, keys
    if key is not None:
        return f"{ctx.files.public}{key}", f"{ctx.files.public}{static_key or key}"
    if not url:
        return None
    if ctx.config.remote_media == "link":
        return url, static_url or url
    return copies.address(ctx.config, emoji, url, still=False), copies.address(ctx.config, emoji, url, still=True)


def _shown(ctx: Context, one: Kept) -> Emoji:
    if one.emoji.domain is None:
        return one.at(ctx.files.public)
    found = shown_at(ctx, one.emoji.id, urls=(one.emoji.url, one.emoji.static_url), keys=(one.key, one.static_key))
    return one.emoji if found is None else msgspec.structs.replace(one.emoji, url=found[0], static_url=found[1])


async def named(ctx: Context, db: Connection, shortcode: str, domain: str | None) -> Emoji | None:
    """The emoji with this shortcode of a server, None for ours; None when it is not known, or is disabled.

    One of another server has its picture there, as other servers are to be told.
    """
    found = await store.named(db, shortcode, domain)
    if found is None or found.emoji.disabled:
        return None
    return found.at(ctx.files.public) if domain is None else found.emoji


async def each_named(ctx: Context, db: Connection, wanted: Collection[tuple[str, str]]) -> list[Emoji]:
    """The emoji of other servers with these domains and shortcodes, those that are known and not disabled."""
    return [_shown(ctx, one) for one in await store.each_named(db, wanted)]


async def kept(ctx: Context, db: Connection, *, category: str | None = None) -> list[tuple[Emoji, str]]:
    """Our emoji of a category or of all, also those that are switched off, each with the key of its picture."""
    found = await store.ours(db, category)
    return [(one.at(ctx.files.public), one.key) for one in found if one.key is not None]


async def everything(ctx: Context, db: Connection) -> list[Emoji]:
    """All of our emoji, also those that are switched off, by category and shortcode."""
    return [one.at(ctx.files.public) for one in await store.ours(db, None)]
