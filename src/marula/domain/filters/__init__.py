"""Filters: what a person does not want to see, found in posts by words or by name. Clients decide what to do with it.

Tables owned: filters, filter_keywords, filter_posts.
"""

from marula.domain.filters import rules
from marula.domain.filters.actions import (
    add_keyword,
    add_post,
    create,
    delete,
    delete_keyword,
    delete_post,
    keyword_of,
    own,
    post_of,
    revise,
    revise_keyword,
)
from marula.domain.filters.events import FiltersChanged
from marula.domain.filters.reading import of
from marula.domain.filters.store import filtering, of_account
from marula.domain.filters.types import (
    Filter,
    FilterAction,
    FilterChanges,
    FilterContext,
    FilteredPost,
    Keyword,
    KeywordChange,
    Match,
)

__all__ = [
    "Filter",
    "FilterAction",
    "FilterChanges",
    "FilterContext",
    "FilteredPost",
    "FiltersChanged",
    "Keyword",
    "KeywordChange",
    "Match",
    "add_keyword",
    "add_post",
    "create",
    "delete",
    "delete_keyword",
    "delete_post",
    "filtering",
    "keyword_of",
    "of",
    "of_account",
    "own",
    "post_of",
    "revise",
    "revise_keyword",
    "rules",
]
