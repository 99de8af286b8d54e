"""The words of a text as a search compares them.

Words are folded: compatibility forms and case are one, accents are left out (also for those who type `o` for `ø`).
There is no stemming: it helps some languages and harms others. Scripts that put no spaces between words are cut into
overlapping pairs of letters, so that a word inside a sentence is found: 東京都 becomes 東京, 京都 and, at its end, 都.
So is Korean, which has spaces, but puts what other languages say with small words at the end of long ones.

Spec: Unicode Standard Annex 15 (normalisation) and 29 (word boundaries, and the scripts that need a dictionary)
"""

import unicodedata
from itertools import pairwise

import msgspec
import regex

LONGEST = 60
"""Letters of a word that count: longer words are the same when they begin alike."""

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u30FC\u3005"
_RUN = regex.compile(rf"(?P<unspaced>[{_UNSPACED}]++)|[[\p{{L}}\p{{M}}\p{{N}}_]--[{_UNSPACED}]]++", regex.VERSION1)
_ACCENT = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Hebrew}\p{Arabic}]\p{Mn}++")
_UNDIVIDED = str.maketrans(
    {"đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ĸ": "k", "ł": "l", "ŋ": "n", "ø": "o", "ŧ": "t", "æ": "ae", "œ": "oe"}
)
"""Latin letters that are not an accented letter to Unicode, but are to people who type without them."""


class Wanted(msgspec.Struct, frozen=True):
    """A word to look for. `beginning`: any word that begins like this will do."""

    word: str
    beginning: bool = False


def fold(text: str) -> str:
    """A text as it is compared: NFKC, without case, and without the accents of the scripts that may leave them out."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFKC", _ACCENT.sub(lambda found: found[0][0], apart)).translate(_UNDIVIDED)


def words(text: str) -> list[str]:
    """The words under which a text is found, in their order, each as often as it occurs."""
    found: list[str] = []
    for run in _RUN.finditer(fold(text)):
        if run["unspaced"] is None:
            found.append(run[0][:LONGEST])
        else:
            found += (one + next for one, next in pairwise(run[0]))
            found.append(run[0][-1])
    return found


def wanted_words(text: str) -> list[Wanted]:
    """What to look for, in this order and each right after the one before, to find where a text occurs in others.

    One letter of a script without spaces is the beginning of a pair, or stands at the end.
    """
    found: list[Wanted] = []
    for run in _RUN.finditer(fold(text)):
        if run["unspaced"] is None:
            found.append(Wanted(run[0][:LONGEST]))
        elif len(run[0]) == 1:
            found.append(Wanted(run[0], beginning=True))
        else:
            found += (Wanted(one + next) for one, next in pairwise(run[0]))
    return found
