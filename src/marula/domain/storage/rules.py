"""How much room there must be. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

from marula.base.files import Room
from marula.domain.storage.types import Day

FULL = 95
"""The percentage of a disk that may be in use before nothing more is taken."""

TIGHT = 90
"""From this percentage on copies of others' files go, to keep the rest for people here."""

WARNED = timedelta(days=30)
"""How long before the disk is full its owner is told."""

LEAST_SPAN = timedelta(days=2)
"""Days that must lie between two looks before anything can be said of what is to come."""


def full(room: Room | None) -> bool:
    """Whether nothing more may be written."""
    return room is not None and room.free < _reserve(room.total, FULL)


def lacking(room: Room | None) -> int:
    """The bytes that ought to become free on a disk that is nearly full."""
    return 0 if room is None else max(0, _reserve(room.total, TIGHT) - room.free)


def spare_room(ceiling: int) -> int:
    """What is freed beyond what is needed, so that not every file makes others go."""
    return min(ceiling // 100, 64 * 1024 * 1024)


def full_on(days: Sequence[Day]) -> date | None:
    """The day on which the disk will be full, if it fills as it did; None when it does not, or nobody can say."""
    seen = [(day.day, day.total, day.free) for day in days if day.total is not None and day.free is not None]
    if not seen:
        return None
    (first, _, before), (last, total, free) = seen[0], seen[-1]
    if last - first < LEAST_SPAN or free >= before:
        return None
    daily = (before - free) / (last - first).days
    return last + timedelta(days=min(36_500, max(0, int((free - _reserve(total, FULL)) / daily))))


def _reserve(total: int, percentage: int) -> int:
    """The bytes that are free when so much is in use."""
    return total * (100 - percentage) // 100
