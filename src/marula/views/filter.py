"""Filters as their owner sees them.

Spec: Mastodon documentation, entities/Filter and entities/V1_Filter
"""

from marula.domain import filters
from marula.domain.filters import FilteredPost, Keyword
from marula.entities import Filter, FilterKeyword, FilterStatus, V1Filter
from marula.entities.scalars import datetime_text


def whole(one: filters.Filter) -> Filter:
    """A filter with its keywords and posts."""
    entity = plain(one)
    entity.keywords = [keyword(word) for word in one.keywords]
    entity.statuses = [post(named) for named in one.posts]
    return entity


def plain(one: filters.Filter) -> Filter:
    """A filter as it stands in results."""
    return Filter(
        id=str(one.id),
        title=one.title,
        context=list(one.contexts),
        expires_at=None if one.expires_at is None else datetime_text(one.expires_at),
        filter_action=one.action,
    )


def keyword(word: Keyword) -> FilterKeyword:
    """A keyword."""
    return FilterKeyword(id=str(word.id), keyword=word.keyword, whole_word=word.whole_word)


def post(named: FilteredPost) -> FilterStatus:
    """A post in a filter."""
    return FilterStatus(id=str(named.id), status_id=str(named.post_id))


def older(one: filters.Filter, word: Keyword) -> V1Filter:
    """One keyword of a filter, as older clients know it."""
    return V1Filter(
        id=str(word.id),
        phrase=word.keyword,
        context=list(one.contexts),
        whole_word=word.whole_word,
        expires_at=None if one.expires_at is None else datetime_text(one.expires_at),
        irreversible=one.action == "hide",
    )
