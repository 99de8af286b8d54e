"""How notifications are grouped. Pure.

Spec: Mastodon documentation, methods/grouped_notifications; limits.json, notifications.group_key
"""

from datetime import datetime

from marula.base.kernel.ids import LARGEST, NotificationId

GROUP_SPAN = 12
"""Hours for which a group stays open: what comes later opens another."""


SAMPLE = 8
"""Accounts that are named of a group."""


NEW_ACCOUNT = 30 * 86_400
"""Seconds for which an account counts as new. Spec: limits.json, notifications.new_account_age"""

NEW_FOLLOWER = 3 * 86_400
"""Seconds for which a follow does not make a follower yet. Spec: limits.json, notifications.new_follower_age"""

MOST_COUNTED = 100
"""Where counts of what is held back stop. Spec: limits.json, notifications.policy_count_cap"""


def hour(moment: datetime) -> int:
    """The hour that a group opened at this moment is named after."""
    return int(moment.timestamp()) // 3600


def ungrouped(notification: NotificationId) -> str:
    """The group key of a notification that stands alone."""
    return f"ungrouped-{notification}"


def alone(key: str) -> NotificationId | None:
    """The notification that a group key names, when it stands alone; 0 when it names none."""
    prefix, _, rest = key.partition("-")
    if prefix != "ungrouped":
        return None
    number = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 20 else 0
    return NotificationId(number if number <= LARGEST else 0)
