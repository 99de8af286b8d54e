"""Reactions with emoji, as clients of Pleroma give and read them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from marula.base.db import statements_run
from marula.domain import interactions
from tests.faces.api.caller import Caller, Crowd, crowd_in
from tests.world import World


@pytest.fixture
async def crowd(world: World) -> AsyncIterator[Crowd]:
    async with crowd_in(world) as made:
        yield made


def path(post: dict[str, Any], emoji: str = "") -> str:
    return f"/api/v1/pleroma/statuses/{post['id']}/reactions" + (f"/{emoji}" if emoji else "")


async def statements(caller: Caller, timeline: str) -> int:
    """The statements of reading a timeline that was read before."""
    await caller.get(timeline)
    with statements_run() as count:
        await caller.get(timeline)
    return count()


async def react(who: Caller, post: dict[str, Any], emoji: str, *, expect: int = 200) -> Any:
    return (await who.call("PUT", path(post, emoji), expect=expect)).json()


async def test_a_post_shows_who_reacted_with_what(world: World, crowd: Crowd) -> None:
    ann, bob, cat = [await crowd.join(name) for name in ("ann", "bob", "cat")]
    post = await ann.write("Hello")
    await react(bob, post, "🐝")
    await react(ann, post, "❤")
    answer = await react(cat, post, "🐝")
    assert answer["reactions"] == [
        {"name": "🐝", "count": 2, "me": True},
        {"name": "❤️", "count": 1, "me": False},
    ]
    assert (answer["favourited"], answer["favourites_count"]) == (True, 3)
    listed = await crowd.nobody.get(path(post))
    assert [(one["name"], [who["acct"] for who in one["accounts"]]) for one in listed] == [
        ("🐝", ["bob", "cat"]),
        ("❤️", ["ann"]),
    ]
    assert [one["name"] for one in await ann.get(path(post, "❤️"))] == ["❤️"]
    assert await ann.get(path(post, "🥭")) == []
    assert await ann.get(path(post, "mango")) == []
    await world.settle()
    assert {told["type"] for told in await ann.get("/api/v1/notifications")} == {"favourite"}


async def test_a_boost_shows_the_reactions_of_what_it_boosts(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    post = await ann.write("Hello")
    boost = await bob.post(f"/api/v1/statuses/{post['id']}/reblog")
    assert (await react(ann, boost, "🐝"))["id"] == post["id"]
    seen = await crowd.nobody.get(f"/api/v1/statuses/{boost['id']}")
    assert seen["reblog"]["reactions"] == [{"name": "🐝", "count": 1}]
    (mine,) = (await ann.get(f"/api/v1/statuses/{boost['id']}"))["reblog"]["reactions"]
    assert mine["me"] is True


async def test_a_reaction_is_taken_back_and_a_favourite_stays(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    await react(ann, post, "🐝")
    gone = (await ann.call("DELETE", path(post, "🐝"))).json()
    assert ("reactions" in gone, gone["favourited"], gone["favourites_count"]) == (False, False, 0)
    await ann.call("DELETE", path(post, "🐝"))
    await ann.post(f"/api/v1/statuses/{post['id']}/favourite")
    await react(ann, post, "🐝")
    gone = (await ann.call("DELETE", path(post, "🐝"))).json()
    assert (gone["favourited"], gone["favourites_count"]) == (True, 1)
    await react(ann, post, "🐝")
    await ann.post(f"/api/v1/statuses/{post['id']}/favourite")
    gone = await ann.post(f"/api/v1/statuses/{post['id']}/unfavourite")
    assert ("reactions" in gone, gone["favourites_count"]) == (False, 0)


@pytest.mark.parametrize("emoji", ["mango", "ab", "🐝🐝", "a", "blob@beta.example", "1", "%20"])
async def test_what_is_no_emoji_is_refused(crowd: Crowd, emoji: str) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    assert "not a recognized emoji" in (await react(ann, post, emoji, expect=422))["error"]


async def test_nobody_reacts_to_what_they_may_not_read(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    hidden = await ann.write("For few", visibility="private")
    await react(ann, hidden, "🐝")
    await react(bob, hidden, "🐝", expect=404)
    await bob.get(path(hidden), expect=404)
    await crowd.nobody.get(path(hidden), expect=404)
    post = await ann.write("For all")
    await react(crowd.nobody, post, "🐝", expect=401)
    await ann.post(f"/api/v1/accounts/{bob.account}/block")
    await react(bob, post, "🐝", expect=404)
    reader = await crowd.join("cat", scopes="read")
    await react(reader, post, "🐝", expect=403)
    assert (await react(ann, {"id": "7"}, "🐝", expect=404))["error"]


async def test_those_who_are_blocked_are_not_listed(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    post = await ann.write("Hello")
    await react(bob, post, "🐝")
    cat = await crowd.join("cat")
    await cat.post(f"/api/v1/accounts/{bob.account}/mute")
    (one,) = await cat.get(path(post))
    assert (one["count"], one["accounts"]) == (1, [])


async def test_somebody_gone_leaves_no_reactions(world: World, crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    post = await ann.write("Hello")
    await react(bob, post, "🐝")
    await react(bob, post, "🥭")
    async with world.ctx.db.transaction() as tx:
        assert bob.account is not None
        assert not await interactions.withdraw(tx, bob.account, batch=10)
    seen = await ann.get(f"/api/v1/statuses/{post['id']}")
    assert ("reactions" in seen, seen["favourites_count"]) == (False, 0)
    assert await world.rows("select from post_stats where reactions_count <> 0") == []


async def test_reactions_cost_one_statement_however_many_posts_have_some(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    written = [await ann.write(f"Hello {number}") for number in range(6)]
    timeline = f"/api/v1/accounts/{ann.account}/statuses"
    plain = await statements(bob, timeline)
    await react(bob, written[0], "🐝")
    one = await statements(bob, timeline)
    for post in written:
        await react(bob, post, "🐝")
    assert await statements(bob, timeline) == one == plain + 1
