"""What the operators tell everyone on their server."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from marula.entities.custom_emoji import CustomEmoji
from marula.entities.entity import Entity
from marula.entities.reaction import Reaction
from marula.entities.scalars import Datetime, Html, Id, Url
from marula.entities.status import Status, StatusTag


class AnnouncementAccount(Entity, kw_only=True):
    """Somebody named in an announcement.

    Spec: Mastodon documentation, entities/Announcement (Account)
    """

    id: Id
    username: str
    url: Url
    acct: str


class Announcement(Entity, kw_only=True):
    """A notice at the top of everyone's timeline.

    Spec: Mastodon documentation, entities/Announcement
    """

    id: Id
    content: Html
    starts_at: Datetime | None
    ends_at: Datetime | None
    all_day: bool
    published_at: Datetime
    updated_at: Datetime
    read: Annotated[bool | UnsetType, Meta(description="Absent without a signed-in user.")] = UNSET
    mentions: list[AnnouncementAccount]
    statuses: Annotated[list[Status], Meta(description="Whole statuses, although the page promises id and url only.")]
    tags: list[StatusTag]
    emojis: list[CustomEmoji]
    reactions: list[Reaction]


class AnnouncementReactionEvent(Entity, kw_only=True):
    """The new count of one reaction, as streamed.

    Spec: Mastodon documentation, methods/streaming (announcement.reaction)
    """

    announcement_id: Id
    name: str
    count: int
