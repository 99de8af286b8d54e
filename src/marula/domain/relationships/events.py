"""The facts of relationships."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId, FollowId, SeveranceId


class AccountFollowed(Fact, frozen=True, kw_only=True):
    """`account_id` follows `target_id` from now on, asked for directly or granted after a request.

    `again`: it ended with a blocked server and came back with it; nobody needs to be told.
    """

    follow_id: FollowId
    account_id: AccountId
    target_id: AccountId
    again: bool = False


class AccountUnfollowed(Fact, frozen=True, kw_only=True):
    """A follow ended: taken back by the follower, or the follower was removed. `ended_by`: which of the two did it."""

    follow_id: FollowId
    account_id: AccountId
    target_id: AccountId
    ended_by: AccountId


class FollowRequested(Fact, frozen=True, kw_only=True):
    """A locked account was asked."""

    request_id: FollowId
    account_id: AccountId
    target_id: AccountId


class FollowRequestEnded(Fact, frozen=True, kw_only=True):
    """A request was granted, refused or taken back. `ended_by`: which of the two did it.

    A follow that was granted keeps the id of its request.
    """

    request_id: FollowId
    account_id: AccountId
    target_id: AccountId
    granted: bool
    ended_by: AccountId


class AccountBlocked(Fact, frozen=True, kw_only=True):
    """`account_id` wants nothing to do with `target_id`; follows in both directions ended with it."""

    block_id: int
    account_id: AccountId
    target_id: AccountId


class AccountUnblocked(Fact, frozen=True, kw_only=True):
    """A block was lifted."""

    block_id: int
    account_id: AccountId
    target_id: AccountId


class AccountMuted(Fact, frozen=True, kw_only=True):
    """`account_id` does not want to read `target_id`."""

    account_id: AccountId
    target_id: AccountId


class AccountUnmuted(Fact, frozen=True, kw_only=True):
    """A mute was lifted or ran out."""

    account_id: AccountId
    target_id: AccountId


class AccountEndorsed(Fact, frozen=True, kw_only=True):
    """Somebody shows an account they follow on their profile."""

    account_id: AccountId
    target_id: AccountId


class AccountUnendorsed(Fact, frozen=True, kw_only=True):
    """It is taken off again. When a follow ends, the endorsement ends with it and only that is said."""

    account_id: AccountId
    target_id: AccountId


class DomainHidden(Fact, frozen=True, kw_only=True):
    """Somebody wants nothing of a server and of those who are there; follows in both directions end because of it."""

    account_id: AccountId
    domain: str


class DomainUnhidden(Fact, frozen=True, kw_only=True):
    """Somebody hides a server no longer. What ended stays ended."""

    account_id: AccountId
    domain: str


class RelationshipsSevered(Fact, frozen=True, kw_only=True):
    """All follows that ended because somebody hid a server have ended, and there were some."""

    severance_id: SeveranceId
    account_id: AccountId
