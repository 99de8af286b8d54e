"""The facts of scheduling."""

from datetime import datetime

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId, ScheduledId


class PostScheduled(Fact, frozen=True, kw_only=True):
    """Somebody wants a post to be published at this time: a new one, or one that had another time."""

    scheduled_id: ScheduledId
    account_id: AccountId
    scheduled_at: datetime


class ScheduleCancelled(Fact, frozen=True, kw_only=True):
    """Somebody no longer wants a post to be published."""

    scheduled_id: ScheduledId
    account_id: AccountId


class ScheduledPostFailed(Fact, frozen=True, kw_only=True):
    """The time of a post came, and it could not be published."""

    scheduled_id: ScheduledId
    account_id: AccountId
    scheduled_at: datetime
