"""The facts of timelines."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId, ListId


class FeedWanted(Fact, frozen=True, kw_only=True):
    """Somebody came back whose home feed is not kept."""

    account_id: AccountId


class ListFeedWanted(Fact, frozen=True, kw_only=True):
    """Somebody came back to a list whose feed is not kept."""

    list_id: ListId
