"""How long a post is, as people count.

Spec: limits.json, statuses.length_count
"""

import regex

from marula.base.text.tokens import scan

URL_LENGTH = 23

_GRAPHEME = regex.compile(r"\X")


def count_characters(text: str, spoiler: str = "") -> int:
    """Grapheme clusters of warning and text; a link counts 23, `@user@host` as `@user`."""
    total = _graphemes(spoiler)
    position = 0
    for token in scan(text):
        total += _graphemes(text[position : token.start])
        if token.kind == "url":
            total += URL_LENGTH
        elif token.kind == "mention":
            total += 1 + len(token.name)
        else:
            total += _graphemes(token.text)
        position = token.end
    return total + _graphemes(text[position:])


def _graphemes(text: str) -> int:
    return len(text) if text.isascii() and "\r" not in text else sum(1 for _ in _GRAPHEME.finditer(text))
