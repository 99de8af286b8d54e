"""The words of custom emoji."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType

from marula.base.kernel.ids import BlobId, EmojiId


class Emoji(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that stands for `:shortcode:` in texts of one server; `domain` is None for ours.

    `url`, `static_url`: where the picture is, and its first frame. `updated_at`: when the picture was last another one.
    """

    id: EmojiId
    shortcode: str
    domain: str | None
    url: str
    static_url: str
    category: str | None
    visible_in_picker: bool
    disabled: bool
    created_at: datetime
    updated_at: datetime


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An emoji as it is written down: with the keys of its pictures where they are kept here."""

    emoji: Emoji
    key: str | None
    static_key: str | None

    def at(self, public: str) -> Emoji:
        """The emoji with the addresses of its pictures. `public`: what stands before a key in its address."""
        if self.key is None:
            return self.emoji
        url = f"{public}{self.key}"
        return msgspec.structs.replace(
            self.emoji, url=url, static_url=url if self.static_key is None else f"{public}{self.static_key}"
        )


class Catalogue:
    """The emoji of this server, as a process remembers them."""

    def __init__(self, kept: Sequence[Kept]) -> None:
        self._kept = kept
        self._at: dict[str, dict[str, Emoji]] = {}

    def at(self, public: str) -> Mapping[str, Emoji]:
        """They by shortcode, with the addresses of their pictures."""
        if public not in self._at:
            self._at[public] = {one.emoji.shortcode: one.at(public) for one in self._kept}
        return self._at[public]


class Picture(msgspec.Struct, frozen=True):
    """A picture for an emoji that was brought into storage, and its first frame."""

    original_id: BlobId
    static_id: BlobId


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of an emoji; what is unset stays."""

    shortcode: str | UnsetType = UNSET
    category: str | UnsetType | None = UNSET
    visible_in_picker: bool | UnsetType = UNSET
    disabled: bool | UnsetType = UNSET
