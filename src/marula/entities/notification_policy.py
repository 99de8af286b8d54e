"""Whose notifications one wants."""

from typing import Literal

from marula.entities.entity import Entity

Treatment = Literal["accept", "filter", "drop"]


class NotificationPolicySummary(Entity, kw_only=True):
    """How much waits behind the policy.

    Spec: Mastodon documentation, entities/NotificationPolicy (summary)
    """

    pending_requests_count: int
    pending_notifications_count: int


class NotificationPolicy(Entity, kw_only=True):
    """What to do with notifications of those one may not want to hear from.

    Spec: Mastodon documentation, entities/NotificationPolicy
    """

    for_not_following: Treatment
    for_not_followers: Treatment
    for_new_accounts: Treatment
    for_private_mentions: Treatment
    for_limited_accounts: Treatment
    for_bots: Treatment
    summary: NotificationPolicySummary
