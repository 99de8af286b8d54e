"""The facts of the people who may sign in."""

from datetime import datetime

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId, RoleId, SessionId, UserId


class UserRegistered(Fact, frozen=True, kw_only=True):
    """Somebody signed up, or was registered by an operator."""

    user_id: UserId
    account_id: AccountId
    confirmed: bool
    approved: bool


class ConfirmationAsked(Fact, frozen=True, kw_only=True):
    """Somebody is to confirm an e-mail address: again, or a new one."""

    user_id: UserId
    asked_at: datetime


class UserConfirmed(Fact, frozen=True, kw_only=True):
    """Somebody opened the link that was sent to their first e-mail address, or an operator vouched for it."""

    user_id: UserId
    account_id: AccountId
    approved: bool


class UserApproved(Fact, frozen=True, kw_only=True):
    """A sign-up that waited was let in."""

    user_id: UserId
    account_id: AccountId


class UserRejected(Fact, frozen=True, kw_only=True):
    """A sign-up that waited was turned away, and its account removed."""

    username: str


class UserDisabled(Fact, frozen=True, kw_only=True):
    """Somebody may not act until they are enabled again."""

    user_id: UserId
    account_id: AccountId


class UserEnabled(Fact, frozen=True, kw_only=True):
    """Somebody may act again."""

    user_id: UserId
    account_id: AccountId


class PasswordChanged(Fact, frozen=True, kw_only=True):
    """Somebody has another password."""

    user_id: UserId


class EmailChanged(Fact, frozen=True, kw_only=True):
    """Somebody has another e-mail address."""

    user_id: UserId


class RoleChanged(Fact, frozen=True, kw_only=True):
    """Somebody was given a role, or none."""

    user_id: UserId
    account_id: AccountId
    role_id: RoleId | None


class SessionsEnded(Fact, frozen=True, kw_only=True):
    """People are no longer signed in where these sessions were; what was given to them is worth nothing."""

    session_ids: tuple[SessionId, ...]
