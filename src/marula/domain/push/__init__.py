"""Web Push: programs that want to be woken when their people are told of something.

`subscribe` keeps where and of what, `wake` says in the transaction that tells people whom to wake; the courier
`faces/couriers/push.py` then asks `due` for each and sends.

Tables owned: push_subscriptions.
"""

from marula.domain.push import reactions
from marula.domain.push.actions import drop, revise, subscribe, unsubscribe, wake
from marula.domain.push.drafting import draft
from marula.domain.push.events import PushesWanted, PushSubscriptionChanged
from marula.domain.push.reading import due
from marula.domain.push.store import of_token
from marula.domain.push.types import LIFETIME, Due, NewSubscription, Policy, Subscription, Wake, Wishes

__all__ = [
    "LIFETIME",
    "Due",
    "NewSubscription",
    "Policy",
    "PushSubscriptionChanged",
    "PushesWanted",
    "Subscription",
    "Wake",
    "Wishes",
    "draft",
    "drop",
    "due",
    "of_token",
    "reactions",
    "revise",
    "subscribe",
    "unsubscribe",
    "wake",
]
