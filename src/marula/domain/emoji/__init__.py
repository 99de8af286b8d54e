"""Custom emoji, ours and theirs.

Tables owned: custom_emojis.
"""

from marula.domain.emoji.actions import learn
from marula.domain.emoji.reading import LOCAL, all_local
from marula.domain.emoji.store import each_named, named
from marula.domain.emoji.types import Emoji

__all__ = ["LOCAL", "Emoji", "all_local", "each_named", "learn", "named"]
