"""The words of pushes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal, TypeAlias

import msgspec

from marula.base.crypto.web_push import Receiver
from marula.base.kernel.ids import AccountId, NotificationId, PushSubscriptionId, TokenId

Policy: TypeAlias = Literal["all", "followed", "follower", "none"]
"""Of whose doing somebody wants to be woken: everybody's, of those they follow, of their followers, nobody's."""

LIFETIME = timedelta(hours=48)
"""How long a push is worth sending. Spec: limits.json, push.ttl"""


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """Which kinds of notifications to push, as far as the program spoke of them, and of whom."""

    alerts: Mapping[str, bool] = {}
    policy: Policy = "all"


class NewSubscription(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription that can be kept. `standard`: encrypt by RFC 8291, not by the draft before it."""

    endpoint: str
    receiver: Receiver
    standard: bool
    wishes: Wishes


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """Where a program wants to be told of what, through a push service that wakes it."""

    id: PushSubscriptionId
    token_id: TokenId
    account_id: AccountId
    endpoint: str
    receiver: Receiver
    standard: bool
    wishes: Wishes


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription that is to be told of something now. `token`: the text of the program's access token."""

    subscription: Subscription
    token: str
    locale: str | None


class Wake(msgspec.Struct, frozen=True, array_like=True):
    """That a subscription is to be told of a notification of its account."""

    subscription_id: PushSubscriptionId
    account_id: AccountId
    notification_id: NotificationId
