"""Under what a post is found, and in which order. Pure.

A post is kept as a tsvector of our own lexemes: its words with their places, and marks, which begin with a sign that
no word has. `@7` is the author, `+public` that anybody may find it, `+poll` what it has or is, `+lang:en` its language.
`+d20500`, `+w2928` and `+m683` say in which day, week and month it was written: they let a search look through the
newest posts first, without reading what a frequent word has in all others.

Spec: docs/decisions/0019-search-inside-postgresql.md
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from marula.base.kernel import ids
from marula.base.kernel.ids import AccountId
from marula.base.text import plain_text, scan, words
from marula.domain.discovery.types import Hit, Searchable
from marula.domain.media import Kind
from marula.domain.posts import Visibility

PUBLIC = "+public"

MARKS = {Kind.IMAGE: "+image", Kind.GIFV: "+video", Kind.VIDEO: "+video", Kind.AUDIO: "+audio"}
"""Of the files of a post."""

GAP = 20
"""Places between the parts of a post, so that no phrase reaches from one into the next."""

LONGEST_LINK = 2000
"""Bytes of an address that is kept."""

ERAS = {"d": 1, "w": 7, "m": 30}
"""Days in each era by which the index is read, the shortest first."""

HALF_LIFE = timedelta(days=30)
"""A post counts half as much as one that is this much newer."""


def public(post: Searchable) -> bool:
    """Whether anybody may find a post by its words."""
    return post.visibility is Visibility.PUBLIC and post.indexable


def document(post: Searchable) -> str:
    """All under which a post is found, as the text of a tsvector."""
    places: dict[str, list[int]] = {}
    place = 1
    for part in (post.spoiler_text, body(post), *post.poll_options, *post.descriptions):
        for word in words(part):
            places.setdefault(word, []).append(place)
            place += 1
        place += GAP
    said = [f"{lexeme(word)}:{','.join(map(str, found))}" for word, found in places.items()]
    return " ".join([*said, *(lexeme(mark) for mark in _marks(post))])


def body(post: Searchable) -> str:
    """The text of a post; of one that came as HTML, its plain text."""
    return post.text or plain_text(post.html)


def links(post: Searchable) -> list[str]:
    """The pages of the web that a post links to, each once, without the part that names a place in the page."""
    urls = (token.text.partition("#")[0] for token in scan(body(post)) if token.kind == "url")
    kept = (url for url in urls if url.startswith(("http://", "https://")) and len(url.encode()) <= LONGEST_LINK)
    return list(dict.fromkeys(kept))


def _marks(post: Searchable) -> Iterable[str]:
    yield author(post.account_id)
    yield from (f"+{name}{_era(name, ids.time_of(post.id))}" for name in ERAS)
    if public(post):
        yield PUBLIC
    if post.poll_options:
        yield "+poll"
    if post.media:
        yield "+media"
    yield from dict.fromkeys(MARKS[kind] for kind in post.media if kind in MARKS)
    if links(post):
        yield "+link"
    if post.answers:
        yield "+reply"
    if post.sensitive:
        yield "+sensitive"
    if post.language is not None:
        yield from dict.fromkeys((language(post.language), language(post.language.partition("-")[0])))


def author(account: AccountId) -> str:
    """The mark of an author."""
    return f"@{account}"


def language(code: str) -> str:
    """The mark of a language. A regional one is also found by the language it belongs to."""
    return f"+lang:{code.lower()}"


def lexeme(text: str) -> str:
    """A lexeme as the texts of tsvector and tsquery write it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def era(name: str, moment: datetime) -> str:
    """The tsquery of what was written in the era of a moment and in the one before."""
    number = _era(name, moment)
    return f"({lexeme(f'+{name}{number}')} | {lexeme(f'+{name}{number - 1}')})"


def era_start(name: str, moment: datetime) -> int:
    """The smallest id of what was written in these eras."""
    return ids.at(datetime.fromtimestamp((_era(name, moment) - 1) * 86_400 * ERAS[name], UTC))


def _era(name: str, moment: datetime) -> int:
    return int(moment.timestamp() // (86_400 * ERAS[name]))


def ranked(hits: Sequence[Hit], now: datetime) -> list[Hit]:
    """The best first: how well the words match, halved for each HALF_LIFE that the post is old.

    Where there are no words to match, the newest come first.
    """
    return sorted(hits, key=lambda hit: (-score(hit, now), -hit.post_id))


def score(hit: Hit, now: datetime) -> float:
    """What a hit is worth now. What has a time to come is as new as can be."""
    age = max(timedelta(0), now - ids.time_of(hit.post_id))
    return hit.match * 0.5 ** (age / HALF_LIFE)
