"""What an announcement may be, and when it is over. Pure.

Spec: limits.json, announcements.reactions_distinct_max
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from marula.base.kernel.errors import Invalid
from marula.domain.announcements.types import Announcement, Draft

TEXT_MAX = 10_000
REACTIONS_MAX = 8
"""Different emoji under one announcement."""


def check(draft: Draft) -> None:
    """Raises Invalid when this cannot be announced."""
    if not draft.text.strip():
        raise Invalid.field("text", "can't be blank", "ERR_BLANK")
    if len(draft.text) > TEXT_MAX:
        raise Invalid.field("text", f"is too long (maximum is {TEXT_MAX} characters)", "ERR_TOO_LONG")
    if (draft.starts_at is None) != (draft.ends_at is None):
        missing = "starts_at" if draft.starts_at is None else "ends_at"
        raise Invalid.field(missing, "can't be blank", "ERR_BLANK")
    if draft.starts_at is not None and draft.ends_at is not None and draft.ends_at < draft.starts_at:
        raise Invalid.field("ends_at", "must not be before the start")
    if draft.all_day and draft.starts_at is None:
        raise Invalid.field("all_day", "needs a start and an end")


def over(draft: Draft | Announcement) -> datetime | None:
    """When it stops being news: at its end; when only days are meant, with the end of the last one. None for never."""
    if draft.ends_at is None:
        return None
    if not draft.all_day:
        return draft.ends_at
    return draft.ends_at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def check_reaction(name: str, present: Collection[str]) -> None:
    """Raises Invalid when one more emoji would be too many."""
    if name not in present and len(present) >= REACTIONS_MAX:
        raise Invalid.because("Limit of different reactions reached")
