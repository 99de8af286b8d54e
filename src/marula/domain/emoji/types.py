"""The words of custom emoji."""

from datetime import datetime

import msgspec

from marula.base.kernel.ids import EmojiId


class Emoji(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that stands for `:shortcode:` in texts of one server; `domain` is None for ours."""

    id: EmojiId
    shortcode: str
    domain: str | None
    url: str
    static_url: str
    category: str | None
    visible_in_picker: bool
    created_at: datetime
