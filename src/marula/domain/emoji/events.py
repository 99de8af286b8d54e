"""The facts of custom emoji."""

from marula.base.events import Fact
from marula.base.kernel.ids import EmojiId


class EmojiAdded(Fact, frozen=True, kw_only=True):
    """People of this server have one emoji more, or one of them has another picture."""

    emoji_id: EmojiId


class EmojiChanged(Fact, frozen=True, kw_only=True):
    """An emoji has another name, category or state."""

    emoji_id: EmojiId


class EmojiRemoved(Fact, frozen=True, kw_only=True):
    """An emoji is gone; its name can no longer be read, so it is told here."""

    shortcode: str
    domain: str | None
