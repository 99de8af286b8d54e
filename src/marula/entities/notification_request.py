"""Notifications held back, account by account."""

from typing import Annotated

from msgspec import Meta

from marula.entities.account import Account
from marula.entities.entity import Entity
from marula.entities.scalars import Datetime, Id
from marula.entities.status import Status


class NotificationRequest(Entity, kw_only=True):
    """An account whose notifications were filtered.

    Spec: Mastodon documentation, entities/NotificationRequest
    """

    id: Id
    created_at: Datetime
    updated_at: Datetime
    account: Account
    notifications_count: Annotated[str, Meta(description="A number in a string.")]
    last_status: Status | None


class NotificationRequestsMerged(Entity, kw_only=True):
    """Whether all accepted requests have reached the list of notifications.

    Spec: Mastodon documentation, methods/notifications (requests/merged)
    """

    merged: bool
