"""Announcements: what the operators tell everybody, who has read it, and the emoji under it.

Tables owned: announcements, announcement_dismissals, announcement_reactions.
"""

from marula.domain.announcements import reactions
from marula.domain.announcements.actions import create, delete, dismiss, publish, react, revise, unpublish, unreact
from marula.domain.announcements.drafting import draft_reaction
from marula.domain.announcements.events import (
    AnnouncementPublished,
    AnnouncementReactionsChanged,
    AnnouncementWithdrawn,
)
from marula.domain.announcements.store import by_id, listed, sighted
from marula.domain.announcements.types import Announcement, Draft, Reaction, Sighted

__all__ = [
    "Announcement",
    "AnnouncementPublished",
    "AnnouncementReactionsChanged",
    "AnnouncementWithdrawn",
    "Draft",
    "Reaction",
    "Sighted",
    "by_id",
    "create",
    "delete",
    "dismiss",
    "draft_reaction",
    "listed",
    "publish",
    "react",
    "reactions",
    "revise",
    "sighted",
    "unpublish",
    "unreact",
]
