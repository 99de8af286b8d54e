"""Ids: time-ordered 64-bit integers, strings in JSON.

The upper 48 bits are milliseconds since 1970, the lower 16 come from one database sequence
(`marula_id()` in the schema), so ids sort by time and never collide between processes.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NewType, TypeVar

AccountId = NewType("AccountId", int)
AnnouncementId = NewType("AnnouncementId", int)
AppId = NewType("AppId", int)
BlobId = NewType("BlobId", int)
CollectionId = NewType("CollectionId", int)
CollectionItemId = NewType("CollectionItemId", int)
ConversationId = NewType("ConversationId", int)
DirectThreadId = NewType("DirectThreadId", int)
EmojiId = NewType("EmojiId", int)
FeaturedTagId = NewType("FeaturedTagId", int)
FilterId = NewType("FilterId", int)
FilteredPostId = NewType("FilteredPostId", int)
FollowId = NewType("FollowId", int)
JobId = NewType("JobId", int)
LinkId = NewType("LinkId", int)
KeywordId = NewType("KeywordId", int)
ListId = NewType("ListId", int)
MailId = NewType("MailId", int)
MediaId = NewType("MediaId", int)
NotificationId = NewType("NotificationId", int)
NotificationRequestId = NewType("NotificationRequestId", int)
PollId = NewType("PollId", int)
PostId = NewType("PostId", int)
PushSubscriptionId = NewType("PushSubscriptionId", int)
QuoteId = NewType("QuoteId", int)
ReportId = NewType("ReportId", int)
RoleId = NewType("RoleId", int)
RuleId = NewType("RuleId", int)
ScheduledId = NewType("ScheduledId", int)
SessionId = NewType("SessionId", int)
SeveranceId = NewType("SeveranceId", int)
TagId = NewType("TagId", int)
TokenId = NewType("TokenId", int)
UserId = NewType("UserId", int)

LARGEST = 2**63 - 1

Kind = TypeVar("Kind", bound=int)


def parse(kind: Callable[[int], Kind], text: str) -> Kind | None:
    """An id from the text a client sent, or None when it cannot be one."""
    if not text.isascii() or not text.isdigit() or len(text) > 19:
        return None
    number = int(text)
    return kind(number) if number <= LARGEST else None


def at(moment: datetime) -> int:
    """The smallest id that a thing made at `moment` could have."""
    return max(0, int(moment.timestamp() * 1000)) << 16


def time_of(identifier: int) -> datetime:
    """When the thing with this id was made, to the millisecond."""
    return datetime.fromtimestamp((identifier >> 16) / 1000, UTC)
