"""From the emoji that somebody sent to the one they can react with. Opens no transaction."""

from marula.base.kernel.errors import Invalid
from marula.base.text import is_emoji
from marula.domain import emoji
from marula.domain.context import Context


async def draft_reaction(ctx: Context, name: str) -> str:
    """The name of a reaction: one emoji character, or the shortcode of one of our custom emoji. Raises Invalid."""
    if is_emoji(name) or name in await emoji.all_local(ctx):
        return name
    raise Invalid.field("name", "is not a recognized emoji")
