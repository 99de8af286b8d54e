"""The words of annual reports."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from marula.base.kernel.ids import AccountId, PostId

Archetype: TypeAlias = Literal["lurker", "booster", "pollster", "replier", "oracle"]
State: TypeAlias = Literal["available", "generating", "eligible", "ineligible"]


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody did in a year. `standalone`: posts that answer nobody else, those with polls too.

    `open`: posts that anybody may read. `tagged`: uses of hashtags.
    """

    posts: int
    standalone: int
    replies: int
    boosts: int
    polls: int
    open: int
    tagged: int
    followers: int


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What a report tells: the counts, the post that was shared most, the hashtag used most and how often."""

    archetype: Archetype
    posts: int
    followers: int
    top_post: PostId | None
    top_hashtag: tuple[str, int] | None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's year. Without figures it is being made."""

    account_id: AccountId
    year: int
    figures: Figures | None
    viewed_at: datetime | None
