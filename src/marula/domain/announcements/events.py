"""The facts of announcements."""

from marula.base.events import Fact
from marula.base.kernel.ids import AnnouncementId


class AnnouncementPublished(Fact, frozen=True, kw_only=True):
    """Everybody can read it from now on; or they could already, and it says something else."""

    announcement_id: AnnouncementId


class AnnouncementWithdrawn(Fact, frozen=True, kw_only=True):
    """Nobody can read it any more: it is over, taken back or deleted."""

    announcement_id: AnnouncementId


class AnnouncementReactionsChanged(Fact, frozen=True, kw_only=True):
    """Somebody reacted with this emoji, or took that back."""

    announcement_id: AnnouncementId
    name: str
