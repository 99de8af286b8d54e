"""How long a post is, as people count.

Spec: limits.json, statuses.length_count and statuses.characters_reserved_per_url
"""

import regex

from marula.base.text.tokens import Token, scan

URL_LENGTH = 23
"""What a web link counts, whatever its length."""

_FLAG = r"[\U0001F1E6-\U0001F1FF]{2}[\p{Grapheme_Extend}\p{Mc}\u200D]*+"
_GRAPHEME = regex.compile(rf"{_FLAG}|\X")
# Flags by themselves, because \X counts back over all flags before each one: quadratic in a long row of them.


def count_characters(text: str, spoiler: str = "") -> int:
    """Grapheme clusters of warning and text; a web link counts 23, `@user@host` as `@user`."""
    total = _graphemes(spoiler)
    position = 0
    for token in scan(text):
        total += _graphemes(text[position : token.start]) + _token_length(token)
        position = token.end
    return total + _graphemes(text[position:])


def _token_length(token: Token) -> int:
    if token.kind == "url" and token.text[:4].lower() == "http":
        return URL_LENGTH
    if token.kind == "mention":
        return 1 + len(token.name)
    return _graphemes(token.text)


def _graphemes(text: str) -> int:
    if text.isascii() and "\r" not in text:
        return len(text)
    return sum(1 for _ in _GRAPHEME.finditer(text))
