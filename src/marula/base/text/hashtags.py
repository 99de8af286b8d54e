"""Names of hashtags.

Spec: limits.json, hashtag.rule and hashtag.normalize
"""

import unicodedata

import regex

_VALID = regex.compile(r"[\p{L}\p{M}\p{N}\p{Pc}\u00B7\u30FB\u200C]{1,200}")
_LETTER = regex.compile(r"[\p{L}\p{M}]")


def normalise_hashtag(name: str) -> str:
    """The form under which hashtags are the same: NFKC, lower case, Latin letters without accents."""
    folded = unicodedata.normalize("NFKC", name).lower()
    if folded.isascii():
        return folded
    return unicodedata.normalize("NFC", "".join(_base(character) for character in folded))


def valid_hashtag(name: str) -> bool:
    """Whether a name, without the sign, can be a hashtag: word characters, not digits alone."""
    return _VALID.fullmatch(name) is not None and _LETTER.search(name) is not None


def _base(character: str) -> str:
    """A Latin letter without its accent; other scripts keep theirs."""
    if "\u00c0" <= character <= "\u024f" or "\u1e00" <= character <= "\u1eff":
        plain = unicodedata.normalize("NFKD", character)
        return "".join(part for part in plain if not unicodedata.combining(part))
    return character
