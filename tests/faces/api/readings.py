"""Every reading of the API that shows posts or people, with the answer of the oracle: one line each.

A reading of one post whose answer is None must be 404. Those with `signed_in` are not for anonymous viewers.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from tests.faces.api.oracle import Oracle


class Reading(msgspec.Struct, frozen=True):
    """A path, what the oracle says, and how the answer is read to be compared with that."""

    path: str
    says: Callable[..., Any]
    take: Callable[[Any], Any]
    signed_in: bool = False


def ids(posts: list[dict[str, Any]]) -> list[str]:
    return [post["id"] for post in posts]


def id_set(posts: list[dict[str, Any]]) -> set[str]:
    return set(ids(posts))


def names(people: list[dict[str, Any]]) -> set[str]:
    return {person["username"] for person in people}


def rest_of_thread(body: dict[str, Any]) -> set[str]:
    return {*ids(body["ancestors"]), *ids(body["descendants"])}


def written(body: dict[str, Any]) -> str:
    """The words of a post up to its author's name, from its source."""
    return " ".join(body["text"].split()[:2])


def first_version(body: list[dict[str, Any]]) -> str:
    return " ".join(body[0]["content"].removeprefix("<p>").split()[:2]).removesuffix("</p>")


def tally(body: dict[str, Any]) -> tuple[int, bool]:
    return body["voters_count"], body.get("voted", False)


def shown_account(body: dict[str, Any]) -> tuple[int, int, int, bool]:
    counts = (body["followers_count"], body["following_count"], body["statuses_count"])
    return *counts, body.get("suspended", False)


def stands(body: list[dict[str, Any]]) -> tuple[bool, ...]:
    words = ("following", "followed_by", "requested", "requested_by", "blocking", "blocked_by", "muting")
    return tuple(body[0][word] for word in words)


LISTS = [
    Reading("/api/v1/timelines/public?limit=40", Oracle.public, ids),
    Reading("/api/v1/timelines/tag/all?limit=40", Oracle.tagged, ids),
    Reading("/api/v1/bookmarks?limit=40", Oracle.bookmarked, id_set, signed_in=True),
    Reading("/api/v1/favourites?limit=40", Oracle.favourited, id_set, signed_in=True),
    Reading("/api/v1/blocks", Oracle.blocking, names, signed_in=True),
    Reading("/api/v1/mutes", Oracle.muting, names, signed_in=True),
    Reading("/api/v1/follow_requests", Oracle.asking, names, signed_in=True),
]

OF_POSTS = [
    Reading("/api/v1/statuses/{id}/context", Oracle.thread, rest_of_thread),
    Reading("/api/v1/statuses/{id}/favourited_by", Oracle.favouriters, names),
    Reading("/api/v1/statuses/{id}/reblogged_by", Oracle.boosters, names),
    Reading("/api/v1/statuses/{id}/history", Oracle.text, first_version),
    Reading("/api/v1/statuses/{id}/source", Oracle.text, written, signed_in=True),
]

OF_POLLS = [Reading("/api/v1/polls/{poll}", Oracle.poll, tally)]

OF_PEOPLE = [
    Reading("/api/v1/accounts/{id}/statuses?limit=40", Oracle.profile, ids),
    Reading("/api/v1/accounts/{id}/statuses?pinned=true", Oracle.pinned, ids),
    Reading("/api/v1/accounts/{id}/followers", Oracle.followers, names),
    Reading("/api/v1/accounts/{id}/following", Oracle.following, names),
    Reading("/api/v1/accounts/{id}", Oracle.account, shown_account),
    Reading(
        "/api/v1/accounts/relationships?id[]={id}&with_suspended=true", Oracle.relationship, stands, signed_in=True
    ),
]
