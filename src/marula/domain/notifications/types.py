"""The words of notifications."""

from datetime import datetime

import msgspec

from marula.base.kernel.ids import AccountId, NotificationId, PostId


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
