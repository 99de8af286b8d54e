"""When everything happens: a plan of the last month, the same for the same moment, in the order of time. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

import msgspec

from marula.cli.demo.cast import GUIDE
from marula.cli.demo.words import Person, Say

MONTH = timedelta(days=30)
SOON = timedelta(minutes=2)
"""The newest thing is at least this old, so that nothing lies in the future."""

SEED = 1886


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that somebody does at a moment. `post` is a number of this plan, not an id."""

    at: datetime
    who: str


class Joined(Event, frozen=True, kw_only=True):
    """Somebody signs up."""


class Followed(Event, frozen=True, kw_only=True):
    """Somebody follows, or asks somebody to let them."""

    whom: str


class Granted(Event, frozen=True, kw_only=True):
    """Somebody lets follow who asked."""

    whom: str


class Posted(Event, frozen=True, kw_only=True):
    """Somebody posts."""

    post: int
    words: Say
    answers: int | None


class Favourited(Event, frozen=True, kw_only=True):
    """Somebody likes a post."""

    post: int


class Boosted(Event, frozen=True, kw_only=True):
    """Somebody shares a post."""

    post: int


class Bookmarked(Event, frozen=True, kw_only=True):
    """Somebody keeps a post."""

    post: int


class Voted(Event, frozen=True, kw_only=True):
    """Somebody votes."""

    post: int
    choices: tuple[int, ...]


def plan(people: Sequence[Person], threads: Sequence[Say], now: datetime) -> list[Event]:
    """All that happens up to `now`, oldest first."""
    random = Random(SEED)  # noqa: S311 - a community, not a secret
    begin = now - MONTH
    posted = list(_posted(random, threads, begin, now))
    events: list[Event] = [*_arrivals(random, people, begin), *_follows(random, people, threads, begin), *posted]
    names = [person.name for person in people if not person.bot]
    for post in posted:
        events += _echo(random, post, names, now)
    return sorted(events, key=lambda event: event.at)


def _arrivals(random: Random, people: Sequence[Person], begin: datetime) -> Iterator[Joined]:
    for person in people:
        yield Joined(at=begin - timedelta(days=random.uniform(10, 300)), who=person.name)


def _follows(random: Random, people: Sequence[Person], threads: Sequence[Say], begin: datetime) -> Iterator[Event]:
    """Who talks with whom follows them, mostly, and everybody follows a few others besides."""
    names = [person.name for person in people]
    circles, locked = _circles(threads), {person.name: person.locked for person in people}
    for person in people:
        if person.bot:
            continue
        likely = sorted(circles.get(person.name, set()))
        wanted = {other for other in likely if random.random() < 0.85}
        wanted |= set(random.sample(names, 24 if person.name == GUIDE else 6)) - {person.name}
        for other in sorted(wanted):
            at = begin - timedelta(days=random.uniform(0, 9))
            yield Followed(at=at, who=person.name, whom=other)
            if locked[other] and random.random() < 0.85:
                yield Granted(at=at + timedelta(minutes=random.uniform(5, 300)), who=other, whom=person.name)


def _circles(threads: Sequence[Say]) -> dict[str, set[str]]:
    """For each person, those they answered."""
    circles: dict[str, set[str]] = {}

    def note(words: Say) -> None:
        for answer in words.answers:
            if answer.who != words.who:
                circles.setdefault(answer.who, set()).add(words.who)
            note(answer)

    for thread in threads:
        note(thread)
    return circles


def _posted(random: Random, threads: Sequence[Say], begin: datetime, now: datetime) -> Iterator[Posted]:
    """Threads begin all month long, in no order of theirs, polls rather late, so that some are open.

    One that would go on too long began earlier.
    """
    shuffled = sorted(threads, key=lambda thread: random.random() ** (0.4 if thread.poll else 1))
    step = (now - begin) / len(shuffled)
    number = 0
    for place, thread in enumerate(shuffled):
        told = _told(random, thread, begin + (place + random.random()) * step, number, None)
        late = max(post.at for post in told) - (now - SOON)
        shift = late + timedelta(minutes=random.uniform(0, 20)) if late > timedelta() else timedelta()
        number += len(told)
        for post in told:
            yield msgspec.structs.replace(post, at=post.at - shift)


def _told(random: Random, words: Say, at: datetime, number: int, answers: int | None) -> list[Posted]:
    """A post and its answers, each some minutes after what is before it."""
    told = [Posted(at=at, who=words.who, post=number, words=words, answers=answers)]
    moment = at
    for answer in words.answers:
        moment += timedelta(minutes=2 + random.expovariate(1 / 35))
        told += _told(random, answer, moment, number + len(told), number)
    return told


def _echo(random: Random, post: Posted, names: Sequence[str], now: datetime) -> Iterator[Event]:
    """What others do with a post in the hours after it."""
    others = [name for name in names if name != post.who]

    def some(most: int, mean: float) -> list[str]:
        return random.sample(others, min(most, int(random.expovariate(1 / mean))))

    def later(hours: float) -> datetime:
        return min(post.at + timedelta(hours=random.expovariate(1 / hours), seconds=30), now - SOON / 2)

    begins = post.answers is None
    for name in some(16, 5 if begins else 1.4):
        yield Favourited(at=later(4), who=name, post=post.post)
    for name in some(5, 1.1) if begins else []:
        yield Boosted(at=later(3), who=name, post=post.post)
    for name in some(2, 0.5):
        yield Bookmarked(at=later(6), who=name, post=post.post)
    if post.words.poll is not None:
        options = range(len(post.words.poll.options))
        ends = post.at + timedelta(days=post.words.poll.days)
        for name in random.sample(others, random.randint(9, 24)):
            chosen = random.sample(options, random.randint(1, 2) if post.words.poll.multiple else 1)
            yield Voted(at=min(later(5), ends - SOON), who=name, post=post.post, choices=tuple(chosen))
