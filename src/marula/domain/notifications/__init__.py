"""Notifications: what a person of this server is told, of which kinds, and what they did with it.

They follow from facts: `kinds` says which, `store/audiences.py` who is told. Nothing else in the program writes them.

Tables owned: notifications.
"""

from marula.domain.notifications import reactions
from marula.domain.notifications.actions import TOLD, clear, dismiss, notify
from marula.domain.notifications.kinds import KINDS, Kind
from marula.domain.notifications.store.reading import one, page_of, unread_count
from marula.domain.notifications.types import EVERYTHING, Notification, Wanted

__all__ = [
    "EVERYTHING",
    "KINDS",
    "TOLD",
    "Kind",
    "Notification",
    "Wanted",
    "clear",
    "dismiss",
    "notify",
    "one",
    "page_of",
    "reactions",
    "unread_count",
]
