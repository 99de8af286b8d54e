"""What happened to somebody."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from marula.entities.account import Account
from marula.entities.account_warning import AccountWarning
from marula.entities.collection import Collection
from marula.entities.entity import Entity
from marula.entities.notification_fallback import NotificationFallback
from marula.entities.relationship_severance_event import RelationshipSeveranceEvent
from marula.entities.report import Report
from marula.entities.scalars import Datetime, Id
from marula.entities.status import Status

NotificationType = Literal[
    "mention",
    "status",
    "reblog",
    "follow",
    "follow_request",
    "favourite",
    "poll",
    "update",
    "admin.sign_up",
    "admin.report",
    "severed_relationships",
    "moderation_warning",
    "quote",
    "quoted_update",
    "added_to_collection",
    "collection_update",
    "annual_report",
]


class Notification(Entity, kw_only=True):
    """One notification; which of the optional parts it has depends on its type.

    Spec: Mastodon documentation, entities/Notification
    """

    id: Id
    type: NotificationType
    group_key: Annotated[str, Meta(description="ungrouped- and the id where it stands alone.")]
    created_at: Datetime
    account: Account
    status: Status | UnsetType | None = UNSET
    report: Report | UnsetType = UNSET
    event: RelationshipSeveranceEvent | UnsetType = UNSET
    moderation_warning: AccountWarning | UnsetType = UNSET
    collection: Collection | UnsetType = UNSET
    fallback: NotificationFallback | UnsetType = UNSET
    filtered: Annotated[bool | UnsetType, Meta(description="Only when true.")] = UNSET


class UnreadCount(Entity, kw_only=True):
    """How many notifications nobody has looked at.

    Spec: Mastodon documentation, methods/notifications (unread_count)
    """

    count: Annotated[int, Meta(description="Stops at the limit that was asked for.")]
