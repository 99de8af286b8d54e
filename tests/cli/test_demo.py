"""`marula demo` and its data."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from marula.cli.demo import calendar
from marula.cli.demo.cast import GUIDE, PEOPLE
from marula.cli.demo.threads import THREADS
from marula.cli.demo.words import Say
from tests.cli.conftest import Call, Rows

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def _all(words: Say) -> Iterator[Say]:
    yield words
    for answer in words.answers:
        yield from _all(answer)


def test_forty_people_all_say_something() -> None:
    assert len(PEOPLE) == 40
    assert {words.who for thread in THREADS for words in _all(thread)} == {person.name for person in PEOPLE}


def test_the_plan_is_the_same_each_time_and_never_in_the_future() -> None:
    events = calendar.plan(PEOPLE, THREADS, NOW)
    assert events == calendar.plan(PEOPLE, THREADS, NOW)
    assert events == sorted(events, key=lambda event: event.at)
    assert events[-1].at < NOW


def test_posts_lie_in_the_last_month_and_answers_after_what_they_answer() -> None:
    posted = {event.post: event for event in calendar.plan(PEOPLE, THREADS, NOW) if isinstance(event, calendar.Posted)}
    assert all(NOW - timedelta(days=31) < event.at < NOW for event in posted.values())
    assert all(event.at > posted[event.answers].at for event in posted.values() if event.answers is not None)


def test_an_empty_server_is_filled_once(call: Call, rows: Rows) -> None:
    answer = call("demo")
    assert answer.code == 0
    assert f"Username: {GUIDE}" in answer.out
    assert "Password: " in answer.out
    (found,) = rows(
        """
        select count(*) filter (where reblog_of_id is null) as posts, count(reblog_of_id) as boosts,
               count(distinct language) as languages, max(created_at) < now() as past
        from posts
        """
    )
    assert found["posts"] == sum(1 for thread in THREADS for _ in _all(thread))
    assert found["boosts"] > 50
    assert found["languages"] >= 8
    assert found["past"]
    inverted = "select from posts one join posts other on one.created_at < other.created_at and one.id > other.id"
    assert rows(inverted) == []
    feed = "select count(*) from home_entries h join accounts a on a.id = h.account_id where a.username = $1"
    assert rows(feed, GUIDE)[0][0] > 100
    assert rows("select from notifications n join accounts a on a.id = n.account_id where a.username = $1", GUIDE)
    assert rows("select from jobs where run_at <= now() or dead_at is not null") == []

    again = call("demo")
    assert again.code == 1
    assert "not empty" in again.err
    assert rows("select count(*) from accounts")[0][0] == 40
