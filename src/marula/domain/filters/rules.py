"""What a filter may be, and what it meets. Pure.

Spec: Mastodon documentation, entities/Filter; limits.json, filters
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec
import regex

from marula.base.kernel.errors import Invalid, Problem
from marula.base.kernel.ids import PostId
from marula.domain.filters.types import Filter, FilterChanges, FilterContext, Keyword, KeywordChange, Match

TITLE_MAX, KEYWORD_MAX = 256, 512
MOST_FILTERS, MOST_KEYWORDS, MOST_POSTS = 200, 200, 1000
CONTEXTS: tuple[FilterContext, ...] = ("home", "notifications", "public", "thread", "account")


class Compiled(msgspec.Struct, frozen=True):
    """A filter with its keywords as one pattern."""

    filter: Filter
    pattern: "regex.Pattern[str] | None"
    posts: frozenset[PostId]


def compiled(filters: Sequence[Filter]) -> tuple[Compiled, ...]:
    """Filters, ready to be compared with posts."""
    return tuple(Compiled(one, pattern(one.keywords), frozenset(post.post_id for post in one.posts)) for one in filters)


def pattern(keywords: Sequence[Keyword]) -> "regex.Pattern[str] | None":
    """What finds any of these keywords, in any case. A whole word has no letter or digit beside it."""
    if not keywords:
        return None
    return regex.compile("|".join(_one(keyword) for keyword in keywords), regex.IGNORECASE | regex.UNICODE)


def matches(filters: Sequence[Compiled], post: PostId, text: str, now: datetime) -> list[Match]:
    """The filters that a post meets; those that are over meet nothing."""
    found: list[Match] = []
    for one in filters:
        if one.filter.expires_at is not None and one.filter.expires_at <= now:
            continue
        hit = None if one.pattern is None else one.pattern.search(text)
        named = post in one.posts
        if hit is not None or named:
            found.append(Match(filter=one.filter, words=None if hit is None else hit[0], named=named))
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


def _one(keyword: Keyword) -> str:
    words = keyword.keyword.strip()
    found = regex.escape(words, literal_spaces=True)
    if not keyword.whole_word:
        return found
    before = r"(?<![\p{L}\p{M}\p{N}_])" if _is_word(words[:1]) else ""
    after = r"(?![\p{L}\p{M}\p{N}_])" if _is_word(words[-1:]) else ""
    return f"{before}{found}{after}"


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
