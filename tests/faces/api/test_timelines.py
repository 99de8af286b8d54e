"""Timelines and paging through the API."""

import pytest

from marula.domain.timelines import actions
from tests.faces.api.caller import Caller, Crowd


def ids(posts: list[dict[str, str]]) -> list[str]:
    return [post["id"] for post in posts]


async def some(author: Caller, number: int) -> list[str]:
    """Posts of somebody, newest first."""
    return [(await author.write(f"post {count}"))["id"] for count in range(number)][::-1]


async def test_home_shows_those_one_follows_and_oneself(crowd: Crowd) -> None:
    ann, bob, cat = await crowd.join("ann"), await crowd.join("bob"), await crowd.join("cat")
    await crowd.follow(ann, bob)
    theirs, own = await bob.write("from bob"), await ann.write("from me")
    await cat.write("from a stranger")
    await crowd.world.settle()
    assert ids(await ann.get("/api/v1/timelines/home")) == [own["id"], theirs["id"]]


async def test_home_pages_in_both_directions(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    written = await some(ann, 7)
    await crowd.world.settle()
    assert ids(await ann.get("/api/v1/timelines/home?limit=3")) == written[:3]
    assert ids(await ann.get(f"/api/v1/timelines/home?limit=3&max_id={written[2]}")) == written[3:6]
    assert ids(await ann.get(f"/api/v1/timelines/home?limit=2&min_id={written[5]}")) == written[3:5]
    assert ids(await ann.get(f"/api/v1/timelines/home?limit=2&since_id={written[5]}")) == written[:2]
    assert await ann.get("/api/v1/timelines/home?limit=0") == []
    assert len(await ann.get("/api/v1/timelines/home?limit=-3")) == 3
    assert len(await ann.get("/api/v1/timelines/home?limit=99999999999999999999")) == 7


async def test_links_lead_to_the_next_and_the_previous_page(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    written = await some(ann, 3)
    await crowd.world.settle()
    answer = await ann.call("GET", "/api/v1/timelines/home?limit=2")
    links = answer.links
    assert links["next"]["url"] == f"https://marula.example/api/v1/timelines/home?limit=2&max_id={written[1]}"
    assert links["prev"]["url"] == f"https://marula.example/api/v1/timelines/home?limit=2&min_id={written[0]}"
    assert "link" not in (await ann.call("GET", f"/api/v1/timelines/home?min_id={written[0]}")).headers


async def test_profiles_drop_next_when_the_page_is_short(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await some(ann, 2)
    short = await ann.call("GET", f"/api/v1/accounts/{ann.account}/statuses")
    assert set(short.links) == {"prev"}
    full = await ann.call("GET", f"/api/v1/accounts/{ann.account}/statuses?limit=2&exclude_replies=true")
    assert set(full.links) == {"next", "prev"}
    assert "exclude_replies=true" in full.links["next"]["url"]


async def test_the_public_timeline_has_no_answers_boosts_or_unlisted_posts(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    open_post = await ann.write("open")
    await ann.write("quiet", visibility="unlisted")
    await bob.write("@ann answer", in_reply_to_id=open_post["id"])
    await bob.post(f"/api/v1/statuses/{open_post['id']}/reblog")
    assert ids(await crowd.nobody.get("/api/v1/timelines/public")) == [open_post["id"]]


async def test_the_public_timeline_leaves_out_whom_one_mutes_or_blocks(crowd: Crowd) -> None:
    ann, bob, cat = await crowd.join("ann"), await crowd.join("bob"), await crowd.join("cat")
    await bob.write("muted")
    await cat.write("blocked")
    own = await ann.write("mine")
    await ann.post(f"/api/v1/accounts/{bob.account}/mute")
    await ann.post(f"/api/v1/accounts/{cat.account}/block")
    assert ids(await ann.get("/api/v1/timelines/public?local=true")) == [own["id"]]
    assert len(await crowd.nobody.get("/api/v1/timelines/public")) == 3


async def test_hashtags_are_found_in_any_case(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("I like #Marula and #Beer")
    for path in ("marula", "MARULA", "beer?all[]=marula", "other?any[]=marula"):
        assert ids(await crowd.nobody.get(f"/api/v1/timelines/tag/{path}")) == [post["id"]]
    for path in ("never", "marula?none[]=beer", "marula?all[]=wine"):
        assert await crowd.nobody.get(f"/api/v1/timelines/tag/{path}") == []


async def test_a_post_that_loses_its_readers_leaves_their_feeds(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await crowd.follow(ann, bob)
    post = await bob.write("soon gone")
    await crowd.world.settle()
    assert ids(await ann.get("/api/v1/timelines/home")) == [post["id"]]
    await ann.post(f"/api/v1/accounts/{bob.account}/mute")
    assert await ann.get("/api/v1/timelines/home") == []


async def test_lists_of_accounts_know_no_min_id(crowd: Crowd) -> None:
    """Spec: GOTCHAS, Pagination"""
    ann = await crowd.join("ann")
    for name in ("bob", "cat", "dan"):
        await crowd.follow(await crowd.join(name), ann)
    path = f"/api/v1/accounts/{ann.account}/followers?limit=1"
    first = await ann.call("GET", path)
    cursor = first.links["next"]["url"].rpartition("max_id=")[2]
    assert (await ann.get(f"{path}&min_id={cursor}")) == first.json()
    assert await ann.get(f"{path}&min_id={'9' * 18}") == first.json()
    assert await ann.get(f"{path}&since_id={'9' * 18}") == []


async def test_home_says_how_far_it_is_while_it_is_built(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spec: Mastodon documentation, methods/async_refreshes"""
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await crowd.follow(ann, bob)
    post = await bob.write("hello")
    await crowd.world.settle()
    refresh = f"/api/v1_alpha/async_refreshes/home-{ann.account}"
    await bob.get(refresh, expect=404)
    async with crowd.world.ctx.db.transaction() as tx:
        await tx.run("delete from home_entries where account_id = $1", ann.account)
        await tx.run("delete from home_feeds where account_id = $1", ann.account)
    await ann.get(refresh, expect=404)
    monkeypatch.setattr(actions, "FEW", 0)
    building = await ann.call("GET", "/api/v1/timelines/home", expect=206)
    assert building.headers["mastodon-async-refresh"] == f'id="home-{ann.account}", retry=2'
    assert (await ann.get(refresh))["async_refresh"]["status"] == "running"
    await crowd.world.settle()
    assert (await ann.get(refresh))["async_refresh"]["status"] == "finished"
    built = await ann.call("GET", "/api/v1/timelines/home")
    assert ids(built.json()) == [post["id"]]
    assert "mastodon-async-refresh" not in built.headers
