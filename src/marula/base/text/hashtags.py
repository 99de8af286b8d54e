"""Names of hashtags.

Spec: limits.json, hashtag.rule and hashtag.normalize; FEP-eb48
"""

import unicodedata

import regex

JOINERS = "\u00b7\u30fb\u200c"
"""Middle dot, katakana middle dot and zero-width non-joiner: they join the parts of one name."""

MAX_LENGTH = 200

_WORD = r"\p{L}\p{M}\p{N}\p{Pc}"
NAME = rf"[{_WORD}][{_WORD}{JOINERS}]*+"
"""The pattern of a name as it stands in a text, before joiners at its end are left out."""

_NAME = regex.compile(NAME)
_LETTER = regex.compile(r"[\p{L}\p{M}]")
_FOREIGN = regex.compile(rf"[^{_WORD}{JOINERS}]+")
_ACCENTED = regex.compile(r"(?<=[a-z])\u0307|[\u00c0-\u024f\u1e00-\u1eff]")
_UNDIVIDED = {"đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ĸ": "k", "ł": "l", "ŋ": "n", "ø": "o", "ŧ": "t"}
"""Latin letters whose stroke is not an accent to Unicode, but to people who type without it."""


def normalise_hashtag(name: str) -> str:
    """The form under which hashtags are the same: NFKC, lower case, Latin letters without accents."""
    folded = unicodedata.normalize("NFKC", name).lower()
    if not folded.isascii():
        folded = _ACCENTED.sub(_plain, folded)
    return _FOREIGN.sub("", folded)


def valid_hashtag(name: str) -> bool:
    """Whether a name, without the sign, can be a hashtag: word characters, not digits alone."""
    fits = len(name) <= MAX_LENGTH and _NAME.fullmatch(name) is not None and name[-1] not in JOINERS
    return fits and _LETTER.search(name) is not None


def display_hashtag(name: str) -> str:
    """The form in which a hashtag is shown: as its author wrote it, without what cannot be part of a name."""
    return _FOREIGN.sub("", unicodedata.normalize("NFKC", name)).strip(JOINERS)


def _plain(match: regex.Match[str]) -> str:
    letter = match[0]
    parts = unicodedata.normalize("NFD", _UNDIVIDED.get(letter, letter))
    return "".join(part for part in parts if not unicodedata.combining(part))
