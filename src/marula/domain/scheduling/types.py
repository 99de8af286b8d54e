"""The words of scheduling."""

from datetime import datetime

import msgspec

from marula.base.kernel.ids import AccountId, ScheduledId
from marula.domain.posts import Asked


class Scheduled(msgspec.Struct, frozen=True, kw_only=True):
    """A post to come: what was asked, and when it is to be published. `failure`: why it could not be."""

    id: ScheduledId
    account_id: AccountId
    asked: Asked
    scheduled_at: datetime
    failure: str | None
