"""Custom emoji, ours and theirs.

Tables owned: custom_emojis.
"""

from marula.domain import storage
from marula.domain.emoji import copies, packs, rules, store
from marula.domain.emoji.actions import add, change, learn, purge, remove
from marula.domain.emoji.events import EmojiAdded, EmojiChanged, EmojiRemoved
from marula.domain.emoji.packs import Entry
from marula.domain.emoji.picturing import make
from marula.domain.emoji.reading import LOCAL, all_local, each_named, everything, kept, named, shown_at
from marula.domain.emoji.types import Changes, Emoji, Picture
from marula.domain.storage import Purpose

__all__ = [
    "LOCAL",
    "Changes",
    "Emoji",
    "EmojiAdded",
    "EmojiChanged",
    "EmojiRemoved",
    "Entry",
    "Picture",
    "add",
    "all_local",
    "change",
    "copies",
    "each_named",
    "everything",
    "kept",
    "learn",
    "make",
    "named",
    "packs",
    "purge",
    "remove",
    "rules",
    "shown_at",
]

storage.refers("custom_emojis", "original_id", "static_id")
storage.yields(Purpose.EMOJI, store.give_up)
