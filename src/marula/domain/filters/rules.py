"""What a filter may be, and what it meets. Pure.

Spec: Mastodon documentation, entities/Filter; limits.json, filters
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
import regex

from marula.base.kernel.errors import Invalid, Problem
from marula.base.kernel.ids import PostId
from marula.domain.filters.types import Filter, FilterChanges, FilterContext, Keyword, KeywordChange, Match

TITLE_MAX, KEYWORD_MAX = 256, 512
NO_CONTEXT = "None or invalid context supplied"
MOST_FILTERS, MOST_KEYWORDS, MOST_POSTS = 200, 200, 1000
CONTEXTS: tuple[FilterContext, ...] = ("home", "notifications", "public", "thread", "account")

EDGE = "\0"
"""Where a word begins or ends. No text holds it: PostgreSQL has none, and what people send with it is refused."""

_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}_]+")
_DOTTED = str.maketrans({"İ": "i"})


class Needle(NamedTuple):
    """A keyword as it is searched for. `whole`: its words begin and end where those of the text do."""

    text: str
    whole: bool


class Compiled(msgspec.Struct, frozen=True):
    """A filter with what it searches for."""

    filter: Filter
    needles: tuple[Needle, ...]
    posts: frozenset[PostId]


class Haystack(NamedTuple):
    """A text as it is searched: without case, and the same with an `EDGE` at both ends of each word.

    `origins`: for each letter without case, which letter of the text it comes from; some become two.
    """

    text: str
    folded: str
    marked: str
    origins: Sequence[int]


def compiled(filters: Sequence[Filter]) -> tuple[Compiled, ...]:
    """Filters, ready to be compared with posts."""
    return tuple(
        Compiled(
            one,
            tuple(_needle(keyword) for keyword in one.keywords),
            frozenset(post.post_id for post in one.posts),
        )
        for one in filters
    )


def matches(filters: Sequence[Compiled], post: PostId, text: str, now: datetime) -> list[Match]:
    """The filters that a post meets; those that are over meet nothing.

    Costs: one search for each keyword, in time that grows with the text and with nothing else: people choose both.
    """
    found: list[Match] = []
    haystack = _haystack(text)
    for one in filters:
        if one.filter.expires_at is not None and one.filter.expires_at <= now:
            continue
        words = _first(one.needles, haystack)
        named = post in one.posts
        if words is not None or named:
            found.append(Match(filter=one.filter, words=words, named=named))
    return found


def check(changes: FilterChanges) -> None:
    """Raises Invalid with every problem of a filter that is made or changed."""
    problems: list[Problem] = []
    if isinstance(changes.title, str):
        if not changes.title.strip():
            problems.append(Problem("can't be blank", "title", "ERR_BLANK"))
        if len(changes.title) > TITLE_MAX:
            problems.append(Problem(f"is too long (maximum is {TITLE_MAX} characters)", "title", "ERR_TOO_LONG"))
    if changes.contexts == ():
        problems.append(Problem("can't be blank", "context", "ERR_BLANK"))
        problems.append(Problem(NO_CONTEXT, "context"))
    for keyword in changes.keywords:
        problems += keyword_problems(keyword)
    if problems:
        raise Invalid(*problems)


def keyword_problems(change: KeywordChange) -> list[Problem]:
    """What is wrong with a keyword."""
    if change.ends:
        return []
    text = change.keyword
    if (change.id is None and not isinstance(text, str)) or (isinstance(text, str) and not text.strip()):
        return [Problem("can't be blank", "keyword", "ERR_BLANK")]
    if isinstance(text, str) and len(text) > KEYWORD_MAX:
        return [Problem(f"is too long (maximum is {KEYWORD_MAX} characters)", "keyword", "ERR_TOO_LONG")]
    return []


def _needle(keyword: Keyword) -> Needle:
    words = _folded(keyword.keyword.strip())
    return Needle(_marked(words) if keyword.whole_word else words, keyword.whole_word)


def _haystack(text: str) -> Haystack:
    folded = _folded(text)
    same = len(folded) == len(text)
    origins = range(len(text)) if same else [place for place, one in enumerate(text) for _ in _folded(one)]
    return Haystack(text, folded, _marked(folded), origins)


def _first(needles: Sequence[Needle], haystack: Haystack) -> str | None:
    """The words of the text that are met first, as they are written there."""
    begin, size = len(haystack.folded), 0
    for needle in needles:
        place = (haystack.marked if needle.whole else haystack.folded).find(needle.text)
        if place < 0:
            continue
        if needle.whole:
            place -= haystack.marked.count(EDGE, 0, place)
        if place < begin:
            begin, size = place, len(needle.text) - needle.text.count(EDGE)
    if size == 0:
        return None
    return haystack.text[haystack.origins[begin] : haystack.origins[begin + size - 1] + 1]


def _folded(text: str) -> str:
    """A text without case. The large dotted i of Turkish, which would become two letters, is an i."""
    return text.translate(_DOTTED).casefold()


def _marked(folded: str) -> str:
    return _WORDS.sub(rf"{EDGE}\g<0>{EDGE}", folded)
