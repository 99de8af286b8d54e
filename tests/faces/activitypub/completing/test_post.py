"""A post that somebody reads: its server is asked again what it counts, and whether the post is still so."""

from datetime import timedelta
from typing import Any

import pytest

from tests.faces.activitypub.completing.test_thread import arrived
from tests.faces.activitypub.inbox.sending import Sending
from tests.faces.activitypub.ingest.following import follow
from tests.faces.api.caller import Caller, Crowd
from tests.peer import Document, Somebody
from tests.world import World


@pytest.fixture
def zoe(world: World) -> Somebody:
    return world.internet.server("zeta.example").person("zoe")


async def counts(caller: Caller, post: str) -> tuple[int, int, int]:
    shown = await caller.get(f"/api/v1/statuses/{post}")
    return shown["replies_count"], shown["reblogs_count"], shown["favourites_count"]


def counted(note: Document, **totals: int) -> Document:
    """The same post, with collections that say how much they hold."""
    return note | {
        name: {"id": f"{note['id']}/{name}", "type": "Collection", "totalItems": total}
        for name, total in totals.items()
    }


async def look(world: World, caller: Caller, post: str) -> None:
    await caller.get(f"/api/v1/statuses/{post}/context")
    await world.settle()


async def test_what_a_post_says_of_itself_is_shown_and_an_update_changes_it(
    crowd: Crowd, sending: Sending, zoe: Somebody
) -> None:
    ann, note = await crowd.join("ann"), zoe.note()
    await follow(sending, ann, zoe)
    said = counted(note, likes=12, shares=3, replies=4)
    post = await arrived(sending, ann, zoe, said)
    assert await counts(ann, post) == (4, 3, 12)
    assert await sending.tell(zoe, zoe.activity("Update", counted(note, likes=5))) == ("accepted", None)
    assert await counts(ann, post) == (4, 3, 5)


async def test_what_is_known_here_counts_when_it_is_more(crowd: Crowd, sending: Sending, zoe: Somebody) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await follow(sending, ann, zoe)
    post = await arrived(sending, ann, zoe, zoe.note())
    for who in (ann, bob):
        await who.post(f"/api/v1/statuses/{post}/favourite")
    note = (await ann.get(f"/api/v1/statuses/{post}"))["uri"]
    said = {"id": note, "type": "Note", "attributedTo": zoe.uri, "content": "x", "to": zoe.document["followers"]}
    assert (await sending.tell(zoe, zoe.activity("Update", counted(said, likes=1, shares=0))))[0] == "accepted"
    assert await counts(ann, post) == (0, 0, 2)


async def test_who_likes_or_boosts_it_here_sees_that_counted_at_once(
    crowd: Crowd, sending: Sending, zoe: Somebody
) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, zoe)
    post = await arrived(sending, ann, zoe, counted(zoe.note(), likes=12, shares=3))
    for verb, expected in (("favourite", (0, 3, 13)), ("reblog", (0, 4, 13)), ("unfavourite", (0, 4, 12))):
        await ann.post(f"/api/v1/statuses/{post}/{verb}")
        assert await counts(ann, post) == expected


async def test_whoever_looks_has_it_asked_for_again_but_not_too_often(
    world: World, crowd: Crowd, sending: Sending, zoe: Somebody
) -> None:
    ann, note = await crowd.join("ann"), zoe.note()
    await follow(sending, ann, zoe)
    post = await arrived(sending, ann, zoe, note)
    zoe.server.serve(note["id"], counted(note, likes=7, shares=1))
    await look(world, ann, post)
    assert await counts(ann, post) == (0, 1, 7)
    zoe.server.serve(note["id"], counted(note, likes=9, shares=1))
    await look(world, ann, post)
    assert await counts(ann, post) == (0, 1, 7)
    world.clock.advance(timedelta(minutes=16))
    await look(world, ann, post)
    assert await counts(ann, post) == (0, 1, 9)


async def test_collections_that_the_post_only_names_are_asked_on_its_own_server(
    world: World, crowd: Crowd, sending: Sending, zoe: Somebody
) -> None:
    ann, note = await crowd.join("ann"), zoe.note()
    await follow(sending, ann, zoe)
    other = world.internet.server("eta.example").person("mallory")
    likes, shares = f"{note['id']}/likes", f"{other.uri}/shares"
    zoe.server.serve(likes, {"id": likes, "type": "Collection", "totalItems": 6})
    other.server.serve(shares, {"id": shares, "type": "Collection", "totalItems": 1000})
    said = note | {"likes": likes, "shares": shares}
    zoe.server.serve(note["id"], said)
    post = await arrived(sending, ann, zoe, said)
    await look(world, ann, post)
    assert await counts(ann, post) == (0, 0, 6)


@pytest.mark.parametrize("odd", [-1, 2**40, "7", True, None, [], {"totalItems": 3}])
async def test_numbers_that_are_none_count_nothing(crowd: Crowd, sending: Sending, zoe: Somebody, odd: Any) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, zoe)
    post = await arrived(sending, ann, zoe, zoe.note() | {"likes": {"type": "Collection", "totalItems": odd}})
    assert await counts(ann, post) == (0, 0, 0)


async def test_an_edit_that_did_not_come_is_found_and_so_is_the_end(
    world: World, crowd: Crowd, sending: Sending, zoe: Somebody
) -> None:
    ann, note = await crowd.join("ann"), zoe.note("<p>1</p>")
    await follow(sending, ann, zoe)
    post = await arrived(sending, ann, zoe, note)
    zoe.server.serve(note["id"], note | {"content": "<p>2</p>", "updated": "2026-03-01T11:59:30Z"})
    await look(world, ann, post)
    assert (await ann.get(f"/api/v1/statuses/{post}"))["content"] == "<p>2</p>"
    zoe.server.serve(note["id"], b"", status=410)
    world.clock.advance(timedelta(minutes=16))
    await look(world, ann, post)
    await ann.get(f"/api/v1/statuses/{post}", expect=404)


@pytest.mark.parametrize("status", [403, 404, 503])
async def test_what_cannot_be_had_stays_as_it_is(
    world: World, crowd: Crowd, sending: Sending, zoe: Somebody, status: int
) -> None:
    ann, note = await crowd.join("ann"), counted(zoe.note(), likes=7)
    await follow(sending, ann, zoe)
    post = await arrived(sending, ann, zoe, note)
    zoe.server.serve(note["id"], b"", status=status)
    await look(world, ann, post)
    assert await counts(ann, post) == (0, 0, 7)


async def test_another_post_at_its_address_does_not_take_its_place(
    world: World, crowd: Crowd, sending: Sending, zoe: Somebody
) -> None:
    ann, note = await crowd.join("ann"), zoe.note("<p>Tea</p>")
    await follow(sending, ann, zoe)
    post = await arrived(sending, ann, zoe, note)
    other = zoe.note("<p>Milk</p>", updated="2026-03-01T11:59:30Z")
    zoe.server.serve(note["id"], counted(other, likes=7))
    await look(world, ann, post)
    shown = await ann.get(f"/api/v1/statuses/{post}")
    assert (shown["content"], shown["favourites_count"]) == ("<p>Tea</p>", 0)
    assert note["id"] in [one.url for one in world.internet.requests]
