"""When a delivery is tried again."""

from datetime import timedelta


def pause(failures: int, luck: float) -> timedelta:
    """How long a line rests after so many failures in a row; `luck`, from 0 to 1, spreads those that fail together.

    Spec: as Mastodon: 15 s and the fourth power, and up to half of that power more
    """
    power = min(failures, 16) ** 4
    return timedelta(seconds=15 + power * (1 + luck / 2))
