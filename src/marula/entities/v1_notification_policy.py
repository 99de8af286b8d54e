"""Whose notifications one wants, as older clients know it."""

from marula.entities.entity import Entity
from marula.entities.notification_policy import NotificationPolicySummary


class V1NotificationPolicy(Entity, kw_only=True):
    """Whose notifications are filtered.

    Spec: Mastodon documentation, entities/V1_NotificationPolicy
    """

    filter_not_following: bool
    filter_not_followers: bool
    filter_new_accounts: bool
    filter_private_mentions: bool
    filter_bots: bool
    summary: NotificationPolicySummary
