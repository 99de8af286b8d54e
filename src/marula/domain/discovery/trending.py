"""When something trends. Pure.

A hashtag or a link is scored by how many people use it today, against yesterday: `(today - yesterday)² / yesterday`,
where no yesterday counts as one, and fewer people than the threshold as nothing. It keeps its best score of two days,
halved with each half-life since. A post is scored by its boosts and favourites, halved with each hour of its age. What
falls under the smallest score does not trend.

Spec: limits.json, trends.*
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from marula.domain.discovery.types import Peak, Trend, Uses

REVIEWED = 3
"""The best so many of what nobody has reviewed are put before moderators."""


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How a kind of thing comes and goes. `threshold`: people a day. `least`: the smallest score."""

    threshold: int
    half_life: timedelta
    least: float
    kept: timedelta


TAGS = Pace(threshold=5, half_life=timedelta(hours=4), least=1, kept=timedelta(days=2))
LINKS = Pace(threshold=5, half_life=timedelta(hours=8), least=1, kept=timedelta(days=2))

POST_THRESHOLD = 5
POST_HALF_LIFE = timedelta(hours=1)
POST_LEAST = 0.3
POST_MOST_AGE = timedelta(days=1)
"""A day halves 24 times: five million boosts would be needed to trend for longer."""


def scored(uses: Uses, pace: Pace, now: datetime) -> Trend:
    """What a hashtag or link is worth now, with its peak from now on."""
    peak = uses.peak
    if peak is None or now - peak.at > pace.kept:
        peak = Peak(0, now)
    fresh = surprise(uses, pace)
    if fresh > peak.score:
        peak = Peak(fresh, now)
    worth = peak.score * 0.5 ** ((now - peak.at) / pace.half_life)
    return Trend(id=uses.id, score=worth if worth >= pace.least else 0, peak=peak)


def surprise(uses: Uses, pace: Pace) -> float:
    """How much more it is used today than yesterday lets one expect."""
    expected = max(1, uses.yesterday)
    if uses.today < pace.threshold or uses.today <= expected:
        return 0
    return (uses.today - expected) ** 2 / expected


def post_score(marks: int, written: datetime, now: datetime) -> float:
    """What a post with so many boosts and favourites is worth now; 0 when it does not trend."""
    if marks < POST_THRESHOLD:
        return 0
    worth = marks * 0.5 ** (max(timedelta(0), now - written) / POST_HALF_LIFE)
    return worth if worth >= POST_LEAST else 0


def all_scored(uses: Iterable[Uses], pace: Pace, now: datetime) -> list[Trend]:
    """All of them scored."""
    return [scored(one, pace, now) for one in uses]
