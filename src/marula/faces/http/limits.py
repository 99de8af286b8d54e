"""Rate limits: fixed windows aligned to the epoch, counted in the memory of this process.

Spec: limits.json, rate_limits. Counting in memory costs nothing on the hot path; with several web processes each
counts for itself, so that a limit is at most as many times larger as there are processes.
"""

from datetime import UTC, datetime, timedelta

import msgspec

from marula.base.kernel.errors import TooMany


class Limit(msgspec.Struct, frozen=True):
    """At most `most` requests in each window of `period`, for each key."""

    name: str
    most: int
    period: timedelta


class Count(msgspec.Struct, frozen=True):
    """Where somebody stands with a limit."""

    limit: int
    remaining: int
    resets_at: datetime

    def headers(self) -> list[tuple[bytes, bytes]]:
        """The X-RateLimit headers; the reset is an ISO time."""
        return [
            (b"x-ratelimit-limit", b"%d" % self.limit),
            (b"x-ratelimit-remaining", b"%d" % self.remaining),
            (b"x-ratelimit-reset", self.resets_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ").encode()),
        ]


class Limiter:
    """The counters of one process."""

    def __init__(self, *, on: bool) -> None:
        self._on = on
        self._windows: dict[Limit, tuple[int, dict[str, int]]] = {}

    def take(self, limit: Limit, key: str, now: datetime) -> Count | None:
        """Count one request. None when limits are off. Raises TooMany when none is left."""
        if not self._on:
            return None
        span = limit.period.total_seconds()
        number = int(now.timestamp() // span)
        current, counts = self._windows.get(limit, (number, {}))
        if current != number or limit not in self._windows:
            counts = {}
            self._windows[limit] = (number, counts)
        resets_at = datetime.fromtimestamp((number + 1) * span, UTC)
        used = counts.get(key, 0)
        if used >= limit.most:
            raise TooMany(resets_at)
        counts[key] = used + 1
        return Count(limit.most, limit.most - used - 1, resets_at)
