"""The words of hashtags."""

from datetime import datetime

import msgspec

from marula.base.kernel.ids import AccountId, FeaturedTagId, TagId


class Tag(msgspec.Struct, frozen=True, kw_only=True):
    """A hashtag: the normalised name that tells it from others, and the name as it was first written."""

    id: TagId
    name: str
    display_name: str
    created_at: datetime


class FollowedTag(msgspec.Struct, frozen=True):
    """A hashtag that somebody follows, and the cursor of the entry, which the client does not see."""

    cursor: int
    tag: Tag


class FeaturedTag(msgspec.Struct, frozen=True, kw_only=True):
    """A hashtag on a profile, as its owner spells it, and how much they wrote with it for all to see.

    `username` and `domain`: whose profile it is.
    """

    id: FeaturedTagId
    account_id: AccountId
    username: str
    domain: str | None
    tag_id: TagId
    name: str
    display_name: str
    statuses_count: int
    last_status_at: datetime | None
