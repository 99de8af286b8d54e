"""Rate limits: so many in each window, for each key."""

from datetime import UTC, datetime, timedelta

import pytest

from marula.base.kernel.errors import TooMany
from marula.faces.http.limits import Count, Limit, Limiter
from marula.faces.http.request import Request

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)
TWO = Limit("two", 2, FIVE_MINUTES)
ONE = Limit("one", 1, FIVE_MINUTES)


def test_the_rest_counts_down_and_then_it_is_too_many() -> None:
    limiter = Limiter(on=True)
    moment = NOON + timedelta(minutes=1)
    assert limiter.take(TWO, "a", moment) == Count(2, 1, NOON + FIVE_MINUTES)
    assert limiter.take(TWO, "a", moment) == Count(2, 0, NOON + FIVE_MINUTES)
    with pytest.raises(TooMany) as caught:
        limiter.take(TWO, "a", moment)
    assert caught.value.until == NOON + FIVE_MINUTES


def test_windows_are_aligned_to_the_clock_and_each_starts_anew() -> None:
    limiter = Limiter(on=True)
    limiter.take(ONE, "a", NOON + timedelta(minutes=4, seconds=59))
    assert limiter.take(ONE, "a", NOON + FIVE_MINUTES) == Count(1, 0, NOON + 2 * FIVE_MINUTES)


def test_keys_and_limits_do_not_count_for_each_other() -> None:
    limiter = Limiter(on=True)
    limiter.take(ONE, "a", NOON)
    assert limiter.take(ONE, "b", NOON)
    assert limiter.take(TWO, "a", NOON) == Count(2, 1, NOON + FIVE_MINUTES)


def test_limits_that_are_off_count_nothing() -> None:
    limiter = Limiter(on=False)
    assert [limiter.take(ONE, "a", NOON) for _ in range(5)] == [None] * 5


def test_headers_tell_the_limit_the_rest_and_the_reset_as_a_time() -> None:
    assert Count(300, 299, NOON).headers() == [
        (b"x-ratelimit-limit", b"300"),
        (b"x-ratelimit-remaining", b"299"),
        (b"x-ratelimit-reset", b"2026-03-01T12:00:00.000000Z"),
    ]


async def nothing() -> dict[str, object]:
    """No body."""
    return {}


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("nonsense:", "nonsense:"),
    ],
)
def test_addresses_of_one_ipv6_network_count_together(address: str, network: str) -> None:
    assert Request({"client": (address, 0)}, nothing).network == network
