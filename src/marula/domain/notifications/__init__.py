"""Notifications: what a person of this server is told, of which kinds, and what they did with it.

They follow from facts: `kinds` says which, `store/audiences.py` who is told. Nothing else in the program writes them.

Tables owned: notifications.
"""

from marula.domain.notifications import reactions
from marula.domain.notifications.actions import TOLD, clear, dismiss, dismiss_group, notify
from marula.domain.notifications.kinds import GROUPABLE, KINDS, Kind
from marula.domain.notifications.store.grouping import group, members, page_of_groups, unread_groups
from marula.domain.notifications.store.reading import one, page_of, unread_count
from marula.domain.notifications.types import EVERYTHING, Group, Notification, Wanted

__all__ = [
    "EVERYTHING",
    "GROUPABLE",
    "KINDS",
    "TOLD",
    "Group",
    "Kind",
    "Notification",
    "Wanted",
    "clear",
    "dismiss",
    "dismiss_group",
    "group",
    "members",
    "notify",
    "one",
    "page_of",
    "page_of_groups",
    "reactions",
    "unread_count",
    "unread_groups",
]
