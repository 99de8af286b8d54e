"""Notifications: what a person of this server is told, of which kinds, and what they did with it.

They follow from facts: `kinds` says which, `store/audiences.py` who is told. Nothing else in the program writes them.

Tables owned: notifications, notification_policies, notification_permissions, notification_requests.
"""

from marula.domain.notifications import reactions
from marula.domain.notifications.actions import (
    TOLD,
    accept_requests,
    change_policy,
    clear,
    dismiss,
    dismiss_group,
    dismiss_requests,
    notify,
)
from marula.domain.notifications.events import NotificationsMerged
from marula.domain.notifications.kinds import GROUPABLE, KINDS, Kind
from marula.domain.notifications.sentences import SENTENCES, sentence
from marula.domain.notifications.store.grouping import group, members, page_of_groups, unread_groups
from marula.domain.notifications.store.policies import policy, waiting
from marula.domain.notifications.store.reading import one, page_of, unread_count
from marula.domain.notifications.store.requests import merged, page_of_requests, request
from marula.domain.notifications.types import (
    EVERYTHING,
    Group,
    Notification,
    Policy,
    PolicyChanges,
    Request,
    Treatment,
    Waiting,
    Wanted,
)

__all__ = [
    "EVERYTHING",
    "GROUPABLE",
    "KINDS",
    "SENTENCES",
    "TOLD",
    "Group",
    "Kind",
    "Notification",
    "NotificationsMerged",
    "Policy",
    "PolicyChanges",
    "Request",
    "Treatment",
    "Waiting",
    "Wanted",
    "accept_requests",
    "change_policy",
    "clear",
    "dismiss",
    "dismiss_group",
    "dismiss_requests",
    "group",
    "members",
    "merged",
    "notify",
    "one",
    "page_of",
    "page_of_groups",
    "page_of_requests",
    "policy",
    "reactions",
    "request",
    "sentence",
    "unread_count",
    "unread_groups",
    "waiting",
]
