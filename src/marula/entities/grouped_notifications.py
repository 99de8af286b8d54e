"""Notifications of one kind about one thing, told as one."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from marula.entities.account import Account, PartialAccountWithAvatar
from marula.entities.account_warning import AccountWarning
from marula.entities.annual_report import AnnualReportEvent
from marula.entities.collection import Collection
from marula.entities.entity import Entity
from marula.entities.notification import NotificationType
from marula.entities.notification_fallback import NotificationFallback
from marula.entities.relationship_severance_event import RelationshipSeveranceEvent
from marula.entities.report import Report
from marula.entities.scalars import Datetime, Id
from marula.entities.status import Status


class NotificationGroup(Entity, kw_only=True):
    """One row of the grouped list.

    Spec: Mastodon documentation, methods/grouped_notifications (NotificationGroup)
    """

    group_key: Annotated[str, Meta(description="ungrouped- and the id where nothing was grouped.")]
    notifications_count: int
    type: NotificationType
    most_recent_notification_id: Annotated[int, Meta(description="A JSON number, although the page says string.")]
    page_min_id: Id | UnsetType = UNSET
    page_max_id: Id | UnsetType = UNSET
    latest_page_notification_at: Datetime | UnsetType = UNSET
    sample_account_ids: Annotated[list[Id], Meta(description="The newest, at most 8.")]
    status_id: Id | UnsetType | None = UNSET
    report: Report | UnsetType = UNSET
    event: RelationshipSeveranceEvent | UnsetType = UNSET
    moderation_warning: AccountWarning | UnsetType = UNSET
    annual_report: AnnualReportEvent | UnsetType = UNSET
    collection: Collection | UnsetType = UNSET
    fallback: NotificationFallback | UnsetType = UNSET


class GroupedNotificationsResults(Entity, kw_only=True):
    """A page of groups, with every account and status they name, once each.

    Spec: Mastodon documentation, methods/grouped_notifications (GroupedNotificationsResults)
    """

    accounts: list[Account]
    partial_accounts: Annotated[
        list[PartialAccountWithAvatar] | UnsetType, Meta(description="Only when asked for with expand_accounts.")
    ] = UNSET
    statuses: list[Status]
    notification_groups: list[NotificationGroup]
