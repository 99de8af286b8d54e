"""The facts of notifications."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId


class NotificationPolicyChanged(Fact, frozen=True, kw_only=True):
    """Somebody wants other notifications held back or dropped than before."""

    account_id: AccountId


class NotificationRequestAccepted(Fact, frozen=True, kw_only=True):
    """Somebody wants to hear from an account whose notifications were held back."""

    account_id: AccountId
    from_id: AccountId


class NotificationRequestDismissed(Fact, frozen=True, kw_only=True):
    """Somebody does not want what was held back of an account; `upto` is the newest of it."""

    account_id: AccountId
    from_id: AccountId
    upto: int


class NotificationsMerged(Fact, frozen=True, kw_only=True):
    """All that was held back of the accounts that somebody accepted is among their notifications."""

    account_id: AccountId
