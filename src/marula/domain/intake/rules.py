"""When an arrival is tried again. Pure."""

from datetime import timedelta


def pause(attempts: int, luck: float) -> timedelta:
    """How long to wait after so many failures: a minute, then three times as long each time, to a day at most.

    `luck`, from 0 to 1, spreads those that fail together.
    """
    return min(timedelta(minutes=1) * 3 ** min(attempts - 1, 10), timedelta(days=1)) * (1 + luck / 4)
