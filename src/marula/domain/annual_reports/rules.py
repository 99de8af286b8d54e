"""When reports are made, for whom, and what kind of writer somebody was. Pure.

Spec: Mastodon documentation, methods/annual_reports and entities/AnnualReport
"""

from datetime import UTC, datetime

from marula.domain.annual_reports.types import Archetype, Counts, Report, State

DECEMBER = 12
FIRST_DAY = 10
"""Of December: from then until its end reports of the year are made."""

BUSY = 113
"""Posts, answers and boosts in a year below which somebody mostly reads."""

MUCH_MORE = 2
MANY_POLLS = 0.1


def campaign(now: datetime) -> int | None:
    """The year whose reports are made at this moment."""
    today = now.astimezone(UTC)
    return today.year if today.month == DECEMBER and today.day >= FIRST_DAY else None


def span(year: int) -> tuple[datetime, datetime]:
    """The first moment of a year and of the next one."""
    return datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)


def eligible(counts: Counts) -> bool:
    """Whether there is something to tell: somebody wrote for all, and used a hashtag."""
    return counts.open > 0 and counts.tagged > 0


def archetype(counts: Counts) -> Archetype:
    """What kind of writer somebody was."""
    if counts.standalone + counts.replies + counts.boosts < BUSY:
        return "lurker"
    if counts.boosts > counts.standalone * MUCH_MORE:
        return "booster"
    if counts.polls > counts.standalone * MANY_POLLS:
        return "pollster"
    if counts.replies > counts.standalone * MUCH_MORE:
        return "replier"
    return "oracle"


def known_state(report: Report | None) -> State | None:
    """The state of a report that was asked for; None when it was not."""
    if report is None:
        return None
    return "generating" if report.figures is None else "available"
