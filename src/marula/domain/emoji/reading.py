"""Custom emoji as every process remembers them, and those of other servers."""

from collections.abc import Collection, Mapping

from marula.base.db import Connection
from marula.base.events import Remembered
from marula.domain.context import Context
from marula.domain.emoji import store
from marula.domain.emoji.types import Emoji

LOCAL = Remembered("emoji.local", store.local)


async def all_local(ctx: Context) -> Mapping[str, Emoji]:
    """Our emoji by shortcode. Costs: nothing, or one statement when this process has forgotten them."""
    return (await ctx.memory.get(LOCAL)).at(ctx.files.public)


async def named(ctx: Context, db: Connection, shortcode: str, domain: str | None) -> Emoji | None:
    """The emoji with this shortcode of a server, None for ours; None when it is not known, or is disabled."""
    found = await store.named(db, shortcode, domain)
    return None if found is None or found.emoji.disabled else found.at(ctx.files.public)


async def each_named(ctx: Context, db: Connection, wanted: Collection[tuple[str, str]]) -> list[Emoji]:
    """The emoji of other servers with these domains and shortcodes, those that are known and not disabled."""
    return [one.at(ctx.files.public) for one in await store.each_named(db, wanted)]


async def kept(ctx: Context, db: Connection, *, category: str | None = None) -> list[tuple[Emoji, str]]:
    """Our emoji of a category or of all, also those that are switched off, each with the key of its picture."""
    found = await store.ours(db, category)
    return [(one.at(ctx.files.public), one.key) for one in found if one.key is not None]


async def everything(ctx: Context, db: Connection) -> list[Emoji]:
    """All of our emoji, also those that are switched off, by category and shortcode."""
    return [one.at(ctx.files.public) for one in await store.ours(db, None)]
