"""The words of filters."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from marula.base.kernel.ids import AccountId, FilteredPostId, FilterId, KeywordId, PostId

FilterContext: TypeAlias = Literal["home", "notifications", "public", "thread", "account"]
FilterAction: TypeAlias = Literal["warn", "hide", "blur"]


class Keyword(msgspec.Struct, frozen=True, kw_only=True):
    """A word or phrase that a filter looks for."""

    id: KeywordId
    keyword: str
    whole_word: bool


class FilteredPost(msgspec.Struct, frozen=True, kw_only=True):
    """A single post that a filter meets."""

    id: FilteredPostId
    post_id: PostId


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody does not want to see, where, and what is to be done with it."""

    id: FilterId
    account_id: AccountId
    title: str
    contexts: tuple[FilterContext, ...]
    action: FilterAction
    expires_at: datetime | None
    keywords: tuple[Keyword, ...] = ()
    posts: tuple[FilteredPost, ...] = ()


class KeywordChange(msgspec.Struct, frozen=True, kw_only=True):
    """One keyword of a filter that is made or changed: a new one without an id, a known one with it, or its end."""

    id: KeywordId | None = None
    keyword: str | UnsetType = UNSET
    whole_word: bool | UnsetType = UNSET
    ends: bool = False


class FilterChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of a filter; what is unset stays. `expires_at` None: it never ends."""

    title: str | UnsetType = UNSET
    contexts: tuple[FilterContext, ...] | UnsetType = UNSET
    action: FilterAction | UnsetType = UNSET
    expires_at: datetime | UnsetType | None = UNSET
    keywords: tuple[KeywordChange, ...] = ()


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """That a post meets a filter: by these words of its text, or because it is named."""

    filter: Filter
    words: str | None
    named: bool
