"""Pages of the web as text, in whatever encoding they were written."""

import codecs
import re
from collections.abc import Callable

HEAD = 4096
"""Bytes at the start of a page in which it may say its encoding."""

SAMPLE = 64 * 1024
"""Bytes by which an encoding is guessed that nobody says."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_RUN = re.compile(rb"[\x80-\xff]{3,}")
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)

_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
}
"""What browsers read where a page says the left. Spec: WHATWG Encoding, 4.2 Names and labels"""

_OF_PAGES = (
    *(
        "utf-8",
        "utf-16",
        "ascii",
        "iso8859",
        "cp125",
        "cp866",
        "cp874",
        "tis-620",
        "koi8",
        "mac-",
        "cp932",
        "shift_jis",
    ),
    *("euc", "iso2022_jp", "cp949", "gb", "big5"),
)
"""What the names of encodings begin with in which pages are written. Spec: WHATWG Encoding, 4.2 Names and labels"""

_LABELS = {
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "windows-949": "cp949",
}


def decode_page(body: bytes, content_type: str = "") -> str:
    """A page as text: by its byte order mark, else what was said of it, else what it says, else by its letters.

    Never fails: what cannot be read becomes U+FFFD. Takes: the whole Content-Type header.
    Spec: HTML standard, 13.2.3 The input byte stream
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    said = _PARAMETER.search(content_type)
    declared = _DECLARED.search(body[:HEAD])
    for label in (said and said[1], declared and declared[1].decode("ascii", "replace")):
        known = _codec(label) if label else None
        if known is not None:
            return body.decode(known, "replace")
    return body.decode(_guessed(body[:SAMPLE]), "replace")


def _codec(label: str) -> str | None:
    """The codec of a label, if pages are written in it. A page that can say UTF-16 is not in UTF-16."""
    try:
        name = codecs.lookup(_LABELS.get(label.lower(), label)).name
    except LookupError:
        return None
    if not name.startswith(_OF_PAGES):
        return None
    return "utf-8" if name.startswith("utf-16") else _WIDER.get(name, name)


def _guessed(sample: bytes) -> str:
    """The encoding in which these bytes make the most sense."""
    if _readable(sample, "utf-8") is not None:
        return "utf-8"
    foreign = sum(letter > 0x7F for letter in sample)
    if 2 * sum(map(len, _RUN.findall(sample))) < foreign:
        return "cp1252"  # letters here and there between those of ASCII
    scored = [(_score(sample, name, fits, typical), name) for name, fits, typical in _GUESSES]
    best, name = max(scored, key=lambda one: one[0])
    return name if best > 0 else "cp1252"


def _readable(sample: bytes, name: str) -> str | None:
    """The text, when at most the end of it is cut off; None when these bytes are something else."""
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(sample)
    except UnicodeDecodeError:
        return None


def _score(sample: bytes, name: str, fits: Callable[[str], bool], typical: Callable[[str], bool]) -> float:
    """The share of the letters beyond ASCII that belong to the script of this encoding; 0 without enough typical."""
    text = _readable(sample, name)
    foreign = [letter for letter in text or "" if letter > "\x7f"]
    if not foreign or 8 * sum(map(typical, foreign)) < len(foreign):
        return 0
    return sum(map(fits, foreign)) / len(foreign)


def _kana(letter: str) -> bool:
    return "\u3040" <= letter <= "\u30ff"


def _japanese(letter: str) -> bool:
    return "\u3001" <= letter <= "\u30ff" or _han(letter)


def _hangul(letter: str) -> bool:
    return "\uac00" <= letter <= "\ud7a3"


def _han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff" or letter in "，。、：；！？《》（）"


def _small_cyrillic(letter: str) -> bool:
    return "а" <= letter <= "я" or letter in "ёіїєў"


_GUESSES: tuple[tuple[str, Callable[[str], bool], Callable[[str], bool]], ...] = (
    ("cp932", _japanese, _kana),
    ("euc_jp", _japanese, _kana),
    ("cp949", _hangul, _hangul),
    ("gb18030", _han, _han),
    ("cp1251", _small_cyrillic, _small_cyrillic),
    ("koi8_r", _small_cyrillic, _small_cyrillic),
)
"""Encodings, the letters that fit, and those of which there must be some. Of equals the first one counts."""
