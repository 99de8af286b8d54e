"""Which translations are made, and how a text is packed so that what is no word stays as it is."""

import re
from html import escape

from marula.base.text import plain_text, sanitise_post
from marula.domain.translation.types import UNKNOWN, Pair, Pairs

MAX_LENGTH = 100_000
"""Characters in all; the services take 128 KiB. Spec: DeepL API documentation, "Translate text\""""

_SCRIPTS = {"zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant"}
"""The script that is written in a place, which is what services tell apart."""

_TAG = re.compile(r"(<[^>]*>)")
_HASHTAG = re.compile(r'(<a [^>]*class="mention hashtag")')
_EMOJI = re.compile(r":[a-zA-Z0-9_]{2,}:")
_KEPT_EMOJI = re.compile(r'<span translate="no">(:[a-zA-Z0-9_]{2,}:)</span>')


def code(text: str) -> str:
    """A language code as it is usually written: en, pt-BR, zh-Hans."""
    first, *rest = text.strip().replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def pair(pairs: Pairs, source: str | None, wanted: str) -> Pair | None:
    """The translation to make; None when there is none, or when the text is in that language already.

    A language of a country counts as the language as a whole where the service does not tell them apart.
    """
    given, asked = code(source or UNKNOWN), code(wanted)
    known = next((one for one in _spellings(given) if one in pairs), None)
    if known is None or given == asked:
        return None
    target = next((one for one in _spellings(asked) if one in pairs[known] and one != known), None)
    return None if target is None else Pair(known, target)


def packed(html: str) -> str:
    """HTML in which hashtags and the names of emoji are marked as no words. Links and mentions of ours are already."""
    parts = _TAG.split(_HASHTAG.sub(r'\1 translate="no"', html))
    for position in range(0, len(parts), 2):
        parts[position] = _EMOJI.sub(r'<span translate="no">\g<0></span>', parts[position])
    return "".join(parts)


def packed_text(text: str) -> str:
    """Plain text as HTML, likewise."""
    return packed(escape(text, quote=False))


def unpacked(html: str) -> str:
    """Translated HTML, safe to show."""
    return sanitise_post(_KEPT_EMOJI.sub(r"\1", html))


def unpacked_text(html: str) -> str:
    """Translated plain text: words on one line."""
    return " ".join(plain_text(html).split())


def _spellings(language: str) -> list[str]:
    """A code and what else it may be called, the most exact first."""
    return list(dict.fromkeys((language, _SCRIPTS.get(language, language), language.partition("-")[0])))
