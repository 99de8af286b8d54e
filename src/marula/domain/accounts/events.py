"""The facts of accounts."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId


class AccountCreated(Fact, frozen=True, kw_only=True):
    """Somebody is known from now on: signed up here, or met on another server."""

    account_id: AccountId
    local: bool


class ProfileRevised(Fact, frozen=True, kw_only=True):
    """Something that a profile shows was changed."""

    account_id: AccountId
    local: bool


class AccountDeleted(Fact, frozen=True, kw_only=True):
    """An account and all that was its is gone for good; its name can no longer be read, so it is told here."""

    account_id: AccountId
    username: str
    domain: str | None
