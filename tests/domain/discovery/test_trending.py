"""When something trends."""

from datetime import UTC, datetime, timedelta

import pytest

from marula.domain.discovery.trending import LINKS, TAGS, post_score, scored, surprise
from marula.domain.discovery.types import Peak, Uses

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def uses(today: int, yesterday: int = 0, peak: Peak | None = None) -> Uses:
    return Uses(id=1, today=today, yesterday=yesterday, peak=peak)


@pytest.mark.parametrize(
    ("today", "yesterday", "score"), [(4, 0, 0), (5, 0, 16), (6, 1, 25), (20, 10, 10), (10, 10, 0), (9, 20, 0)]
)
def test_it_is_scored_by_how_many_more_use_it_than_yesterday(today: int, yesterday: int, score: float) -> None:
    assert surprise(uses(today, yesterday), TAGS) == score


def test_the_best_score_is_halved_with_each_half_life() -> None:
    peak = Peak(64, NOW - timedelta(hours=8))
    assert scored(uses(0, 0, peak), TAGS, NOW).score == 16
    assert scored(uses(0, 0, peak), LINKS, NOW).score == 32
    assert scored(uses(0, 0, peak), TAGS, NOW).peak == peak


def test_a_better_score_is_the_peak_from_then_on() -> None:
    found = scored(uses(12, 1, Peak(64, NOW - timedelta(hours=8))), TAGS, NOW)
    assert (found.score, found.peak) == (121, Peak(121, NOW))


def test_what_is_worth_too_little_does_not_trend() -> None:
    assert scored(uses(0, 0, Peak(15, NOW - timedelta(hours=16))), TAGS, NOW).score == 0


def test_a_peak_is_forgotten_after_two_days() -> None:
    assert scored(uses(5, 0, Peak(10**9, NOW - timedelta(hours=49))), TAGS, NOW).score == 16


def test_a_post_is_halved_with_each_hour() -> None:
    assert post_score(4, NOW, NOW) == 0
    assert post_score(5, NOW, NOW) == 5
    assert post_score(8, NOW - timedelta(hours=2), NOW) == 2
    assert post_score(8, NOW - timedelta(hours=5), NOW) == 0
    assert post_score(8, NOW + timedelta(hours=5), NOW) == 8
