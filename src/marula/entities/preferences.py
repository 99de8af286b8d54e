"""How somebody likes to read and write."""

from typing import Literal

from msgspec import field

from marula.entities.entity import Entity
from marula.entities.scalars import QuotePolicy, Visibility


class Preferences(Entity, kw_only=True):
    """The preferences that clients should share.

    Spec: Mastodon documentation, entities/Preferences
    """

    posting_visibility: Visibility = field(name="posting:default:visibility")
    posting_sensitive: bool = field(name="posting:default:sensitive")
    posting_language: str | None = field(name="posting:default:language")
    posting_quote_policy: QuotePolicy = field(name="posting:default:quote_policy")
    reading_media: Literal["default", "show_all", "hide_all"] = field(name="reading:expand:media")
    reading_spoilers: bool = field(name="reading:expand:spoilers")
    reading_autoplay_gifs: bool = field(name="reading:autoplay:gifs")
