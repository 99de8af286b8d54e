"""The facts of direct threads."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId, DirectThreadId


class ConversationUpdated(Fact, frozen=True, kw_only=True):
    """A direct thread of somebody has another newest post, or was read, or marked as unread."""

    thread_id: DirectThreadId
    account_id: AccountId


class ConversationRemoved(Fact, frozen=True, kw_only=True):
    """Somebody took a direct thread off their list. The others keep theirs."""

    thread_id: DirectThreadId
    account_id: AccountId
