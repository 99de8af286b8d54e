"""How many follow somebody elsewhere, whom they follow and how much they wrote: as their server says."""

from datetime import timedelta
from typing import Any

from marula.faces.activitypub import fetching
from tests.faces.api.caller import Caller, Crowd, crowd_in
from tests.peer import Somebody
from tests.world import World


def serve_counts(bob: Somebody, **counts: Any) -> None:
    for name, total in counts.items():
        address = f"{bob.uri}/{name}"
        bob.server.serve(address, {"id": address, "type": "OrderedCollection", "totalItems": total})


async def counts(who: Caller, bob: Somebody) -> tuple[int, int, int]:
    """What the API says of somebody."""
    found = await who.get("/api/v2/search", params={"q": f"@{bob.handle}", "resolve": "true"})
    (shown,) = found["accounts"]
    return shown["followers_count"], shown["following_count"], shown["statuses_count"]


async def joined(crowd: Crowd) -> tuple[Caller, Somebody]:
    return await crowd.join("ann"), crowd.world.internet.server("beta.example").person("bob")


async def test_who_is_asked_for_by_name_is_shown_with_the_counts_of_their_server(world: World) -> None:
    async with crowd_in(world) as crowd:
        ann, bob = await joined(crowd)
        serve_counts(bob, followers=12, following=3, outbox=45)
        assert await counts(ann, bob) == (0, 0, 0)
        await world.settle()
        assert await counts(ann, bob) == (12, 3, 45)


async def test_what_is_hidden_or_odd_stays_as_it_is_known_here(world: World) -> None:
    async with crowd_in(world) as crowd:
        ann, bob = await joined(crowd)
        serve_counts(bob, followers=-4, following="many", outbox=None)
        await counts(ann, bob)
        await world.settle()
        assert await counts(ann, bob) == (0, 0, 0)


async def test_the_collections_of_another_server_are_not_asked(world: World) -> None:
    async with crowd_in(world) as crowd:
        ann = await crowd.join("ann")
        big = world.internet.server("gamma.example")
        there = big.serve("/big", {"id": "https://gamma.example/big", "type": "Collection", "totalItems": 999})
        bob = world.internet.server("beta.example").person("bob", followers=there, following=None, outbox=None)
        await counts(ann, bob)
        await world.settle()
        assert await counts(ann, bob) == (0, 0, 0)
        assert not [one for one in world.internet.requests if one.url == there]


async def test_whoever_becomes_known_is_counted_some_minutes_later(world: World) -> None:
    async with crowd_in(world) as crowd:
        ann, bob = await joined(crowd)
        serve_counts(bob, followers=7, following=0, outbox=1)
        assert await fetching.actor(world.ctx, bob.uri) is not None
        await world.settle()
        assert await counts(ann, bob) == (0, 0, 0)
        world.clock.advance(timedelta(minutes=10))
        await world.settle()
        assert await counts(ann, bob) == (7, 0, 1)
