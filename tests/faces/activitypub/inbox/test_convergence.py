"""Pairs of activities lead to one state, in whichever order they come and however often.

Spec: federation practice, convergence matrix
"""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import pytest

from tests.faces.activitypub.inbox.sending import Sending, uri
from tests.faces.activitypub.inbox.test_follows import ask
from tests.faces.api.caller import Crowd
from tests.peer import PUBLIC, Document, Somebody
from tests.world import World

Pair: TypeAlias = tuple[Document, Document]
Story: TypeAlias = Callable[[Crowd, Sending, Somebody], Awaitable[Pair]]

TABLES = ("follows", "follow_requests", "blocks", "favourites", "posts where not local")


async def like(crowd: Crowd, sending: Sending, bob: Somebody) -> Pair:
    post = await (await crowd.join("ann")).write("Hello")
    done = bob.activity("Like", post["uri"])
    return done, bob.activity("Undo", done)


async def like_by_name(crowd: Crowd, sending: Sending, bob: Somebody) -> Pair:
    done, undo = await like(crowd, sending, bob)
    return done, undo | {"object": done["id"]}


async def follow(crowd: Crowd, sending: Sending, bob: Somebody) -> Pair:
    done = bob.activity("Follow", uri(await crowd.join("ann")))
    return done, bob.activity("Undo", done)


async def ask_to_follow(crowd: Crowd, sending: Sending, bob: Somebody) -> Pair:
    done = bob.activity("Follow", uri(await crowd.join("ann", locked=True)))
    return done, bob.activity("Undo", done)


async def block(crowd: Crowd, sending: Sending, bob: Somebody) -> Pair:
    done = bob.activity("Block", uri(await crowd.join("ann")))
    return done, bob.activity("Undo", done)


async def follow_and_block(crowd: Crowd, sending: Sending, bob: Somebody) -> Pair:
    ann = uri(await crowd.join("ann"))
    return bob.activity("Follow", ann), bob.activity("Block", ann)


async def accept_and_reject(crowd: Crowd, sending: Sending, bob: Somebody) -> Pair:
    asked = await ask(sending, await crowd.join("ann"), bob)
    return bob.activity("Accept", asked), bob.activity("Reject", asked)


async def create_and_delete(crowd: Crowd, sending: Sending, bob: Somebody) -> Pair:
    note = bob.note(to=[uri(await crowd.join("ann"))], cc=[])
    return bob.activity("Create", note), bob.activity("Delete", {"id": note["id"], "type": "Tombstone"})


async def update_and_delete(crowd: Crowd, sending: Sending, bob: Somebody) -> Pair:
    note = bob.note(to=[uri(await crowd.join("ann"))], cc=[])
    await sending.tell(bob, bob.activity("Create", note))
    changed = note | {"content": "<p>Later</p>", "updated": "2026-03-01T11:59:30Z"}
    return bob.activity("Update", changed), bob.activity("Delete", note["id"])


async def announce(crowd: Crowd, sending: Sending, bob: Somebody) -> Pair:
    post = await (await crowd.join("ann")).write("Hello")
    done = bob.activity("Announce", post["uri"], to=[PUBLIC])
    return done, bob.activity("Undo", done)


async def announce_by_name(crowd: Crowd, sending: Sending, bob: Somebody) -> Pair:
    done, undo = await announce(crowd, sending, bob)
    return done, undo | {"object": done["id"]}


MATRIX: dict[Story, tuple[str, ...]] = {
    like: (),
    like_by_name: (),
    follow: (),
    ask_to_follow: (),
    block: (),
    follow_and_block: ("blocks",),
    accept_and_reject: (),
    create_and_delete: (),
    update_and_delete: (),
    announce: (),
    announce_by_name: (),
}
"""Of each pair the tables in which there is a row at the end."""

ORDERS = ((0, 1), (1, 0), (0, 0, 1, 1), (1, 1, 0, 0), (0, 1, 0, 1), (1, 0, 1, 0))


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("story", MATRIX, ids=lambda story: story.__name__)
async def test_pairs_lead_to_one_state_in_any_order(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, story: Story, order: tuple[int, ...]
) -> None:
    pair = await story(crowd, sending, bob)
    for place in order:
        await sending.tell(bob, pair[place])
    left = [table for table in TABLES if await world.rows(f"select from {table}")]
    assert tuple(left) == MATRIX[story]
    (counts,) = await world.rows("select coalesce(sum(favourites_count), 0) as likes from post_stats")
    assert counts["likes"] == 0
    (counts,) = await world.rows(
        "select coalesce(sum(followers_count + following_count), 0) as follows from account_stats"
    )
    assert counts["follows"] == 0
    assert {state for state, _ in await sending.outcomes()} <= {"accepted", "ignored", "rejected"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=str)
async def test_a_later_follow_with_another_id_works(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, order: tuple[int, ...]
) -> None:
    ann = await crowd.join("ann")
    done = bob.activity("Follow", uri(ann))
    pair = (done, bob.activity("Undo", done))
    for place in order:
        await sending.tell(bob, pair[place])
    await sending.tell(bob, bob.activity("Follow", uri(ann)))
    assert len(await world.rows("select from follows")) == 1


async def test_all_that_comes_after_a_farewell_is_taken_and_does_nothing(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    post = await (await crowd.join("ann")).write("Hello")
    late = bob.activity("Like", post["uri"])
    await sending.tell(bob, bob.activity("Arrive", "https://beta.example/"))
    await sending.post(bob, bob.activity("Delete", bob.uri))
    await sending.post(bob, late)
    await sending.work()
    assert await world.rows("select from favourites") == []
    assert await world.rows("select from accounts where uri = $1", bob.uri) == []
