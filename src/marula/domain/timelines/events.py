"""The facts of timelines."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId


class FeedWanted(Fact, frozen=True, kw_only=True):
    """Somebody came back whose home feed is not kept."""

    account_id: AccountId
