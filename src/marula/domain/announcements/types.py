"""The words of announcements."""

from datetime import datetime

import msgspec

from marula.base.kernel.ids import AnnouncementId


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What to tell everybody. `scheduled_at`: when to publish it; None leaves that to whoever writes it."""

    text: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    all_day: bool = False
    scheduled_at: datetime | None = None


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """Something the operators tell everybody. It is published while `published_at` says since when."""

    id: AnnouncementId
    text: str
    starts_at: datetime | None
    ends_at: datetime | None
    all_day: bool
    scheduled_at: datetime | None
    published_at: datetime | None
    created_at: datetime
    updated_at: datetime


class Reaction(msgspec.Struct, frozen=True):
    """An emoji, how many chose it, and whether the viewer is one of them. `name`: a character or a shortcode."""

    name: str
    count: int
    me: bool


class Sighted(msgspec.Struct, frozen=True, kw_only=True):
    """A published announcement as one reader meets it; `read`: they have dismissed it."""

    announcement: Announcement
    published_at: datetime
    read: bool
    reactions: tuple[Reaction, ...]
