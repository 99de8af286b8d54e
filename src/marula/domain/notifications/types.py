"""The words of notifications."""

from datetime import datetime
from enum import IntEnum
from typing import Literal, cast

import msgspec

from marula.base.kernel.ids import AccountId, NotificationId, NotificationRequestId, PostId


class Notification(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody was told of something: of what kind, by whom it was done, and to which post.

    `cause`: what makes it the only one of its kind, such as the follow or the item of a collection.
    """

    id: NotificationId
    account_id: AccountId
    kind: str
    from_id: AccountId
    post_id: PostId | None
    cause: int
    group_key: str
    filtered: bool
    created_at: datetime


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Notifications of one kind about one thing, shown as one.

    `first`: the one in whose place it stands. `newest`, `oldest`, `latest`: of those on the page. `count`: all up to
    the page. `sample`: who did the newest of them.
    """

    first: Notification
    key: str
    count: int
    newest: NotificationId
    oldest: NotificationId
    latest: datetime
    sample: tuple[AccountId, ...]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which notifications of somebody are wanted: of these kinds (None for all), not of those, from one account."""

    types: tuple[str, ...] | None = None
    exclude_types: tuple[str, ...] = ()
    from_account: AccountId | None = None
    include_filtered: bool = False


EVERYTHING = Wanted()


class Treatment(IntEnum):
    """What a policy does with a notification. The numbers stand in the database; the sternest is the largest.

    Spec: permissions.json, notification_policy_values
    """

    ACCEPT = 0
    FILTER = 1
    DROP = 2

    @property
    def word(self) -> Literal["accept", "filter", "drop"]:
        """As clients call it."""
        return cast(Literal["accept", "filter", "drop"], self.name.lower())


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody does with notifications of those they may not want to hear from; the defaults are the usual one.

    Spec: Mastodon documentation, entities/NotificationPolicy
    """

    for_not_following: Treatment = Treatment.ACCEPT
    for_not_followers: Treatment = Treatment.ACCEPT
    for_new_accounts: Treatment = Treatment.ACCEPT
    for_private_mentions: Treatment = Treatment.FILTER
    for_limited_accounts: Treatment = Treatment.FILTER
    for_bots: Treatment = Treatment.ACCEPT


class PolicyChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is to change of a policy; None stays."""

    for_not_following: Treatment | None = None
    for_not_followers: Treatment | None = None
    for_new_accounts: Treatment | None = None
    for_private_mentions: Treatment | None = None
    for_limited_accounts: Treatment | None = None
    for_bots: Treatment | None = None

    def applied_to(self, policy: Policy) -> Policy:
        """The policy as it is to be."""
        given = {name: value for name, value in msgspec.structs.asdict(self).items() if value is not None}
        return msgspec.structs.replace(policy, **given)


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """How many requests wait for somebody, and how many notifications are in them."""

    requests: int
    notifications: int


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """An account whose notifications are held back, how many they are, and its last post among them."""

    id: NotificationRequestId
    account_id: AccountId
    from_id: AccountId
    last_post_id: PostId | None
    created_at: datetime
    updated_at: datetime
    count: int
