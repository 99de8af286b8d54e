"""What a courier knows of the servers it sends to: how much is under way, and which have a rest."""

import asyncio
from datetime import datetime, timedelta

PER_HOST = 4
"""Lines, and requests, that one courier carries to one server at a time."""

BREAKS_AFTER = 10
"""Failures in a row after which a server has a rest. Spec: as Mastodon."""

REST = timedelta(seconds=60)

KEPT = timedelta(minutes=10)
"""How long a courier remembers a server that it met."""


class Host:
    """One server."""

    __slots__ = ("failed", "failures", "hurried_at", "lines", "noted_at", "rests_until", "seen_at", "slots")

    def __init__(self) -> None:
        self.lines = 0
        self.failures = 0
        self.failed = False
        self.hurried_at: datetime | None = None
        self.rests_until: datetime | None = None
        self.noted_at: datetime | None = None
        self.seen_at: datetime | None = None
        self.slots = asyncio.Semaphore(PER_HOST)


class Hosts:
    """The servers of one courier. Those of which there is nothing to know are forgotten."""

    def __init__(self, rest: timedelta = REST) -> None:
        self._rest = rest
        self._known: dict[str, Host] = {}

    def of(self, name: str) -> Host:
        """What is known of a server."""
        return self._known.setdefault(name, Host())

    def busy(self, now: datetime) -> dict[str, int]:
        """How many lines go to each server; to those that have a rest, as many as may."""
        return {
            name: PER_HOST if host.rests_until is not None and host.rests_until > now else host.lines
            for name, host in self._known.items()
            if host.lines or host.rests_until is not None
        }

    def took(self, name: str, now: datetime) -> bool:
        """A server took something. Says whether it is back: it failed before, and what waits for it may leave at once.

        One that comes and goes is not said to be back again and again: that would use up the tries of what it lacks.
        """
        host = self.of(name)
        back = host.failed and (host.hurried_at is None or host.hurried_at <= now - KEPT)
        if back:
            host.hurried_at = now
        host.seen_at = now
        host.failed = False
        host.failures = 0
        host.rests_until = None
        return back

    def failed_before(self, name: str) -> None:
        """Something that failed at this server is tried again."""
        self.of(name).failed = True

    def failed(self, name: str, now: datetime, wait: timedelta | None) -> None:
        """A server failed, or asks to wait: after ten failures in a row it has a rest."""
        host = self.of(name)
        host.seen_at = now
        host.failed = True
        host.failures += 1
        if wait is None and host.failures >= BREAKS_AFTER:
            wait = self._rest
            host.failures = 0
        if wait is not None:
            host.rests_until = max(host.rests_until or now, now + wait)

    def next_end(self, now: datetime) -> datetime | None:
        """When the next rest ends."""
        ends = [host.rests_until for host in self._known.values() if host.rests_until and host.rests_until > now]
        return min(ends, default=None)

    def forget(self, now: datetime) -> None:
        """Forget servers that nothing is sent to and that have not been met for a while."""
        self._known = {
            name: host
            for name, host in self._known.items()
            if host.lines
            or (host.seen_at is not None and host.seen_at > now - KEPT)
            or (host.rests_until is not None and host.rests_until > now)
        }
