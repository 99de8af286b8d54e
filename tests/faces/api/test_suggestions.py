"""Suggestions through the API."""

from typing import Any

from marula.domain import discovery, site
from tests.faces.api.caller import Caller, Crowd


async def join(crowd: Crowd, *names: str) -> list[Caller]:
    """People who want to be found."""
    made = [await crowd.join(name) for name in names]
    for one in made:
        await one.call("PATCH", "/api/v1/accounts/update_credentials", json={"discoverable": True})
    return made


async def refresh(crowd: Crowd) -> None:
    """The suggestions as the timer leaves them."""
    await crowd.world.settle()
    for _ in range(2):
        await discovery.reactions.refresh_suggestions(crowd.world.ctx)


async def suggested(who: Caller, query: str = "") -> dict[str, list[str]]:
    """The names that somebody is suggested, with the reasons."""
    found: list[dict[str, Any]] = await who.get(f"/api/v2/suggestions{query}")
    assert [one["acct"] for one in await who.get(f"/api/v1/suggestions{query}")] == [
        one["account"]["acct"] for one in found
    ]
    return {one["account"]["acct"]: one["sources"] for one in found}


async def test_who_is_followed_most_is_suggested_to_those_who_do_not_follow_them(crowd: Crowd) -> None:
    ann, bob, cat, dan = await join(crowd, "ann", "bob", "cat", "dan")
    for fan in (bob, cat):
        await crowd.follow(fan, ann)
    await crowd.follow(cat, bob)
    await refresh(crowd)
    assert await suggested(dan) == {"ann": ["most_followed"], "bob": ["most_followed"]}
    assert list(await suggested(dan, "?limit=1&offset=1")) == ["bob"]
    assert await suggested(cat) == {}
    assert await suggested(ann) == {"bob": ["most_followed"]}


async def test_whose_posts_are_liked_is_suggested(crowd: Crowd) -> None:
    ann, bob = await join(crowd, "ann", "bob")
    post = await ann.write("hello")
    await bob.post(f"/api/v1/statuses/{post['id']}/favourite")
    await refresh(crowd)
    assert await suggested(bob) == {"ann": ["most_interactions"]}
    (found,) = await bob.get("/api/v2/suggestions")
    assert found["source"] == "global"


async def test_friends_of_several_friends_are_suggested(crowd: Crowd) -> None:
    ann, bob, cat, dan, eve = await join(crowd, "ann", "bob", "cat", "dan", "eve")
    for friend in (bob, cat):
        await crowd.follow(ann, friend)
        await crowd.follow(friend, dan)
    await crowd.follow(bob, eve)
    assert await suggested(ann) == {"dan": ["friends_of_friends"]}
    await cat.call("PATCH", "/api/v1/accounts/update_credentials", json={"hide_collections": True})
    assert await suggested(ann) == {}


async def test_whom_others_follow_who_follow_the_same_person_is_suggested(crowd: Crowd) -> None:
    ann, bob, cat, dan, eve = await join(crowd, "ann", "bob", "cat", "dan", "eve")
    for fan in (ann, cat, dan):
        await crowd.follow(fan, bob)
    for fan in (cat, dan):
        await crowd.follow(fan, eve)
    assert await suggested(ann) == {"eve": ["similar_to_recently_followed"]}


async def test_whom_the_site_features_comes_first(crowd: Crowd) -> None:
    ann, bob, cat = await join(crowd, "ann", "bob", "cat")
    await crowd.follow(ann, bob)
    await refresh(crowd)
    async with crowd.world.ctx.db.transaction() as tx:
        await site.change(tx, "bootstrap_timeline_accounts", "@ann, bob@marula.example,nobody")
    assert await suggested(cat) == {"ann": ["featured"], "bob": ["featured", "most_followed"]}
    assert [one["source"] for one in await cat.get("/api/v2/suggestions")] == ["staff", "staff"]


async def test_a_dismissed_suggestion_never_comes_back(crowd: Crowd) -> None:
    ann, bob, cat = await join(crowd, "ann", "bob", "cat")
    await crowd.follow(ann, bob)
    await refresh(crowd)
    for _ in range(2):
        assert (await cat.call("DELETE", f"/api/v1/suggestions/{bob.account}")).json() == {}
    await refresh(crowd)
    assert await suggested(cat) == {}
    assert len(await crowd.world.facts("SuggestionDismissed")) == 1
    await cat.call("DELETE", "/api/v1/suggestions/1")
    await cat.call("DELETE", "/api/v1/suggestions/nonsense", expect=404)


async def test_nobody_is_suggested_who_stands_apart(crowd: Crowd) -> None:
    ann, bob, cat, dan, eve, fay, gus, hal = await join(crowd, "ann", "bob", "cat", "dan", "eve", "fay", "gus", "hal")
    for one in (bob, cat, dan, eve, fay, gus):
        await crowd.follow(hal, one)
    await refresh(crowd)
    assert len(await suggested(ann)) == 6
    await ann.post(f"/api/v1/accounts/{bob.account}/block")
    await ann.post(f"/api/v1/accounts/{cat.account}/mute")
    await dan.post(f"/api/v1/accounts/{ann.account}/block")
    await eve.call("PATCH", "/api/v1/accounts/update_credentials", json={"discoverable": False})
    await fay.call("PATCH", "/api/v1/accounts/update_credentials", json={"locked": True})
    await crowd.follow(ann, fay)
    async with crowd.world.ctx.db.transaction() as tx:
        await tx.run("update accounts set silenced_at = $2 where id = $1", gus.account, tx.now)
    assert await suggested(ann) == {}


async def test_suggestions_are_for_people(crowd: Crowd) -> None:
    await crowd.nobody.get("/api/v2/suggestions", expect=401)
    narrow = await crowd.join("bob", scopes="write")
    await narrow.get("/api/v2/suggestions", expect=403)
    reader = await crowd.join("cat", scopes="read")
    await reader.call("DELETE", "/api/v1/suggestions/1", expect=403)
    assert await reader.get("/api/v2/suggestions?offset=99999999999999999999&limit=-3") == []
