"""What happened lately, by key: kept for a time in this process only, the newest few thousand."""

import time
from collections import OrderedDict
from collections.abc import Callable


class Recent:
    """Words by key that are forgotten after some seconds."""

    def __init__(self, *, seconds: float, most: int, now: Callable[[], float] = time.monotonic) -> None:
        """`now`: a clock, in seconds."""
        self._seconds = seconds
        self._most = most
        self._now = now
        self._kept: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def note(self, key: str, words: str) -> None:
        """Remember this of a key."""
        self._kept[key] = (self._now() + self._seconds, words)
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def told(self, key: str) -> str | None:
        """What is remembered of a key."""
        until, words = self._kept.get(key, (0.0, ""))
        return words if until > self._now() else None
