"""When a post may be published later, and how many may wait. Pure.

Spec: Mastodon documentation, methods/statuses (create) and methods/scheduled_statuses
"""

from datetime import UTC, datetime, timedelta

from marula.base.kernel.errors import Invalid

MIN_AHEAD = timedelta(minutes=5)
MAX_WAITING = 300
MAX_A_DAY = 25


def check_time(moment: datetime, now: datetime) -> None:
    """Raises Invalid when this is too soon."""
    if moment < now + MIN_AHEAD:
        raise Invalid.field("scheduled_at", "must be at least 5 minutes ahead")


def check_room(waiting: int, that_day: int) -> None:
    """Raises Invalid when so many others wait already, in all or for the same day."""
    if waiting >= MAX_WAITING:
        raise Invalid.because(f"You cannot have more than {MAX_WAITING} scheduled posts")
    if that_day >= MAX_A_DAY:
        raise Invalid.because(f"You cannot schedule more than {MAX_A_DAY} posts for one day")


def day_of(moment: datetime) -> tuple[datetime, datetime]:
    """Where the day of this moment begins and ends, in UTC."""
    midnight = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight, midnight + timedelta(days=1)
