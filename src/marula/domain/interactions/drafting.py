"""From the emoji that somebody sent to the one that a post can be reacted to with. Opens no transaction."""

from marula.base.kernel.errors import Invalid
from marula.base.text import is_emoji, normalise_domain, one_emoji
from marula.domain import emoji
from marula.domain.context import Context
from marula.domain.interactions.rules import LONGEST_SHORTCODE, SHORTCODE
from marula.domain.interactions.types import Chosen


async def draft_reaction(ctx: Context, name: str) -> Chosen:
    """What somebody here reacts with: a character, one of our custom emoji, or `shortcode@domain` of another server.

    Raises: Invalid when it is no emoji. Whether the other server has it is seen when it is written.
    """
    bare = name.strip(":")
    chosen = readable_reaction(bare, "")
    if chosen is None or (not chosen.domain and not is_emoji(bare) and bare not in await emoji.all_local(ctx)):
        raise Invalid.field("emoji", "is not a recognized emoji")
    if chosen.domain == ctx.config.local_domain:
        return await draft_reaction(ctx, chosen.name)
    return chosen


def readable_reaction(content: str, domain: str) -> Chosen | None:
    """The emoji in a text: a character, or `:shortcode:` of `domain` or of where it says; None for other texts."""
    if is_emoji(content):
        return Chosen(one_emoji(content))
    shortcode, _, host = content.strip(":").partition("@")
    if len(shortcode) > LONGEST_SHORTCODE or not SHORTCODE.fullmatch(shortcode):
        return None
    if host in ("", "."):
        return Chosen(shortcode, domain)
    named = normalise_domain(host)
    return None if named is None else Chosen(shortcode, named)
