"""Reading what somebody typed: words, phrases, and operators such as `from:me` or `has:poll`. Pure.

Spec: Mastodon documentation, methods/search; the help on search in Mastodon's interface names the operators
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import regex

from marula.base.kernel import ids
from marula.base.text import Wanted, wanted_words
from marula.domain.discovery import rules
from marula.domain.discovery.types import Query, Scope

MOST = 30
"""Words, phrases and operators that are read; what follows is left out."""

_PART = regex.compile(r'(?P<sign>[-+]?)(?:(?P<name>[a-z]{2,8}):(?="|\S))?+(?:"(?P<phrase>[^"]*+)"?|(?P<word>\S++))')
_SCOPES: dict[str, Scope] = {"all": "all", "library": "library", "public": "public"}
_MARK = regex.compile(r"[a-z0-9-]{1,20}")


class _Reading:
    """A query as far as it is read."""

    def __init__(self) -> None:
        self.all_of: list[str] = []
        self.words: list[str] = []
        self.authors: list[tuple[str, bool]] = []
        self.scope: Scope = "all"
        self.above = 0
        self.below = ids.LARGEST


def read(typed: str) -> Query:
    """The query that these words make. An operator that cannot be understood is read as words."""
    reading = _Reading()
    for part in islice(_PART.finditer(typed), MOST):
        wanted = part["sign"] != "-"
        value = part["word"] if part["phrase"] is None else part["phrase"]
        operator = None if part["name"] is None else _OPERATORS.get(part["name"])
        if operator is None or not operator(reading, value.lower(), wanted):
            _words(reading, value if part["name"] is None else f"{part['name']} {value}", wanted)
    return Query(
        all_of=(*reading.all_of, *reading.words),
        words=" & ".join(reading.words),
        authors=tuple(reading.authors),
        scope=reading.scope,
        above=reading.above,
        below=reading.below,
    )


def phrase(wanted: list[Wanted]) -> str:
    """The tsquery of words that stand one right after the other."""
    return "(" + " <-> ".join(rules.lexeme(one.word) + (":*" if one.beginning else "") for one in wanted) + ")"


def _words(reading: _Reading, value: str, wanted: bool) -> None:
    found = wanted_words(value)
    if found and wanted:
        reading.words.append(phrase(found))
    elif found:
        reading.all_of.append(f"!{phrase(found)}")


def _author(reading: _Reading, value: str, wanted: bool) -> bool:
    reading.authors.append((value.removeprefix("@"), wanted))
    return True


def _mark(reading: _Reading, value: str, wanted: bool) -> bool:
    if _MARK.fullmatch(value) is None:
        return False
    reading.all_of.append(("" if wanted else "!") + rules.lexeme(f"+{value}"))
    return True


def _language(reading: _Reading, value: str, wanted: bool) -> bool:
    reading.all_of.append(("" if wanted else "!") + rules.lexeme(rules.language(value)))
    return True


def _scope(reading: _Reading, value: str, wanted: bool) -> bool:
    scope = _SCOPES.get(value)
    if scope is None or not wanted:
        return False
    reading.scope = scope
    return True


def _within(reading: _Reading, first: date | None, last: date | None) -> None:
    if first is not None:
        reading.above = max(reading.above, min(ids.LARGEST, ids.at(_midnight(first)) - 1))
    if last is not None:
        reading.below = min(reading.below, ids.at(_midnight(last)))


def _before(reading: _Reading, value: str, wanted: bool) -> bool:
    span = _span(value)
    if span is None:
        return False
    _within(reading, None, span[0]) if wanted else _within(reading, span[0], None)
    return True


def _after(reading: _Reading, value: str, wanted: bool) -> bool:
    span = _span(value)
    if span is None:
        return False
    _within(reading, span[1], None) if wanted else _within(reading, None, span[1])
    return True


def _during(reading: _Reading, value: str, wanted: bool) -> bool:
    span = _span(value)
    if span is None or not wanted:
        return False
    _within(reading, *span)
    return True


_OPERATORS: dict[str, Callable[[_Reading, str, bool], bool]] = {
    "from": _author,
    "has": _mark,
    "is": _mark,
    "in": _scope,
    "language": _language,
    "before": _before,
    "after": _after,
    "during": _during,
}


def _span(text: str) -> tuple[date, date] | None:
    """The first day of a day, month or year, and the first day after it; days are those of UTC."""
    parts = text.split("-")
    if len(parts) > 3 or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    year, month, day = (*map(int, parts), *(1,) * (3 - len(parts)))
    try:
        first = date(year, month, day)
        if len(parts) == 3:
            return first, first + timedelta(days=1)
        if len(parts) == 2:
            return first, date(year + month // 12, month % 12 + 1, 1)
        return first, date(year + 1, 1, 1)
    except (ValueError, OverflowError):
        return None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
