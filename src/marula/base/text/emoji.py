"""Emoji that are characters.

Spec: Unicode Technical Standard 51, 1.4.9 (EBNF and regular expression)
"""

import regex

_LONGEST = 32

_TAGS = r"[\U000E0020-\U000E007E]+\U000E007F"
_ONE = rf"(?:\p{{Emoji_Modifier_Base}}\p{{Emoji_Modifier}}|\p{{Emoji}}\uFE0F?\u20E3?)(?:{_TAGS})?"
_EMOJI = regex.compile(rf"\p{{RI}}\p{{RI}}|{_ONE}(?:\u200D{_ONE})*")
_PLAIN = regex.compile(r"[0-9#*]\uFE0F?|\p{RI}")
"""Characters that are emoji only together with others: digits before a key-cap, halves of a flag."""

_PICTURE = regex.compile(r"\p{Emoji_Presentation}")


def is_emoji(text: str) -> bool:
    """Whether a text is one emoji and nothing else."""
    return len(text) <= _LONGEST and bool(_EMOJI.fullmatch(text)) and not _PLAIN.fullmatch(text)


def one_emoji(text: str) -> str:
    """The one way in which an emoji is written that has several: with the sign for a picture only where it needs it."""
    bare = text.removesuffix("\ufe0f")
    return f"{bare}\ufe0f" if len(bare) == 1 and not _PICTURE.fullmatch(bare) else bare
