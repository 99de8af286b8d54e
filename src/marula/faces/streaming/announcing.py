"""What the streams are told of as it is committed: facts, which each process makes messages of.

What comes into feeds and who was notified is announced by those who write it (timelines, notifications).
"""

from marula.base.events import Fact, broadcast
from marula.domain.accounts import AccountDeleted
from marula.domain.announcements import AnnouncementPublished, AnnouncementReactionsChanged, AnnouncementWithdrawn
from marula.domain.apps import TokensRevoked
from marula.domain.conversations import ConversationUpdated
from marula.domain.filters import FiltersChanged
from marula.domain.notifications import NotificationsMerged
from marula.domain.posts import BoostsDeleted, PostDeleted, PostPublished, PostRevised, Visibility
from marula.domain.users import UserDisabled

TOLD: tuple[type[Fact], ...] = (
    PostRevised,
    PostDeleted,
    BoostsDeleted,
    ConversationUpdated,
    FiltersChanged,
    NotificationsMerged,
    AnnouncementPublished,
    AnnouncementWithdrawn,
    AnnouncementReactionsChanged,
    TokensRevoked,
    UserDisabled,
    AccountDeleted,
)

broadcast(
    PostPublished,
    when=lambda event: event.live and event.visibility is Visibility.PUBLIC and event.reblog_of_id is None,
)  # others come into feeds only
for kind in TOLD:
    broadcast(kind)
