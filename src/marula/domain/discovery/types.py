"""The words of discovery."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from marula.base.kernel.ids import AccountId, LinkId, PostId
from marula.domain.media import Kind
from marula.domain.posts import Visibility

DirectoryOrder: TypeAlias = Literal["active", "new"]
"""Who comes first in the directory: who wrote last, or who is here the shortest time."""

Scope: TypeAlias = Literal["all", "library", "public"]
"""Where to look: everywhere, among one's own posts and those one had to do with, or among what anybody may find."""


class Searchable(msgspec.Struct, frozen=True, kw_only=True):
    """What a search wants to know of a post. `indexable`: its author lets anybody find it. `kept`: in a library."""

    id: PostId
    account_id: AccountId
    local: bool
    visibility: Visibility
    text: str
    html: str
    spoiler_text: str
    sensitive: bool
    language: str | None
    answers: bool
    poll_options: tuple[str, ...]
    media: tuple[Kind, ...]
    descriptions: tuple[str, ...]
    """Of its files."""
    indexable: bool
    kept: bool


class Hit(msgspec.Struct, frozen=True):
    """A post that was found, and how well its words match; 1 when none were asked for."""

    post_id: PostId
    match: float


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to find.

    `all_of`: texts of tsqueries that must all match. `words`: the one by which the match is measured, empty without
    words. `authors`: handles with whether posts by them are wanted (True) or not. `above`, `below`: ids.
    """

    all_of: tuple[str, ...] = ()
    words: str = ""
    authors: tuple[tuple[str, bool], ...] = ()
    scope: Scope = "all"
    above: int = 0
    below: int


class Peak(msgspec.Struct, frozen=True):
    """The best score that something has had, and when."""

    score: float
    at: datetime


class Uses(msgspec.Struct, frozen=True, kw_only=True):
    """How many people used a hashtag or a link today and yesterday, and its peak as far as it is remembered."""

    id: int
    today: int
    yesterday: int
    peak: Peak | None = None


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """What a hashtag or a link is worth now. `score` 0: it does not trend."""

    id: int
    score: float
    peak: Peak


class Popular(msgspec.Struct, frozen=True):
    """Something popular as moderators see it. `trendable`: what they said of it, None when nobody did."""

    id: int
    shown: str
    score: float
    trendable: bool | None


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A link that trends."""

    id: LinkId
    url: str


SuggestionSource: TypeAlias = Literal[
    "featured", "most_followed", "most_interactions", "similar_to_recently_followed", "friends_of_friends"
]
"""Why somebody is suggested. Spec: Mastodon documentation, entities/Suggestion#sources"""


class Suggested(msgspec.Struct, frozen=True):
    """An account that somebody could follow, and why."""

    account_id: AccountId
    sources: tuple[SuggestionSource, ...]


Trending: TypeAlias = Literal["tags", "links", "posts"]
"""What trends."""
