"""Custom emoji as every process remembers them."""

from collections.abc import Mapping

from marula.base.events import Remembered
from marula.domain.context import Context
from marula.domain.emoji import store
from marula.domain.emoji.types import Emoji

LOCAL = Remembered("emoji.local", store.local)


async def all_local(ctx: Context) -> Mapping[str, Emoji]:
    """Our emoji by shortcode. Costs: nothing, or one statement when this process has forgotten them."""
    return await ctx.memory.get(LOCAL)
