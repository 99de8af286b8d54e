"""The facts of lists."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId, ListId


class ListCreated(Fact, frozen=True, kw_only=True):
    """Somebody made a list."""

    list_id: ListId
    account_id: AccountId


class ListRevised(Fact, frozen=True, kw_only=True):
    """Title, replies policy or exclusiveness of a list were changed."""

    list_id: ListId
    account_id: AccountId
    replies_policy_changed: bool
    exclusive_changed: bool


class ListDeleted(Fact, frozen=True, kw_only=True):
    """A list is gone. `members`: who was on it, which can no longer be read, when it was exclusive."""

    list_id: ListId
    account_id: AccountId
    members: tuple[AccountId, ...] = ()


class ListMembersAdded(Fact, frozen=True, kw_only=True):
    """Accounts were put on a list."""

    list_id: ListId
    account_id: AccountId
    exclusive: bool
    members: tuple[AccountId, ...]


class ListMembersRemoved(Fact, frozen=True, kw_only=True):
    """Accounts were taken off a list."""

    list_id: ListId
    account_id: AccountId
    exclusive: bool
    members: tuple[AccountId, ...]
