"""How notifications are grouped. Pure.

Spec: Mastodon documentation, methods/grouped_notifications; limits.json, notifications.group_key
"""

from datetime import datetime

from marula.base.kernel.ids import NotificationId

GROUP_SPAN = 12
"""Hours for which a group stays open: what comes later opens another."""


def hour(moment: datetime) -> int:
    """The hour that a group opened at this moment is named after."""
    return int(moment.timestamp()) // 3600


def ungrouped(notification: NotificationId) -> str:
    """The group key of a notification that stands alone."""
    return f"ungrouped-{notification}"
