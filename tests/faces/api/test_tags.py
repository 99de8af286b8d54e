"""Hashtags through the API: looking, following, featuring."""

import pytest

from tests.faces.api.caller import Crowd


async def test_a_hashtag_nobody_wrote_has_no_id_and_no_use(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    found = await crowd.nobody.get("/api/v1/tags/Baobab")
    assert (found["id"], found["name"]) == ("", "Baobab")
    assert found["url"] == "https://marula.example/tags/baobab"
    assert [(day["uses"], day["accounts"]) for day in found["history"]] == [("0", "0")] * 7
    assert not {"following", "featuring"} & found.keys()
    assert (await ann.get("/api/v1/tags/baobab"))["following"] is False
    assert (await ann.post("/api/v1/tags/baobab/unfollow"))["id"] == ""
    assert (await ann.post("/api/v1/tags/baobab/unfeature"))["id"] == ""


async def test_a_hashtag_shows_how_it_is_used(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await ann.write("#Baobab")
    await ann.write("#baobab", visibility="unlisted")
    found = await crowd.nobody.get("/api/v1/tags/BAOBAB")
    assert found["id"] != ""
    assert (found["history"][0]["uses"], found["history"][0]["accounts"]) == ("1", "1")


@pytest.mark.parametrize("name", ["123", "a b", "%23", "a-b"])
async def test_what_cannot_be_a_hashtag_is_not_found(crowd: Crowd, name: str) -> None:
    ann = await crowd.join("ann")
    await ann.get(f"/api/v1/tags/{name}", expect=404)
    for verb in ("follow", "unfollow", "feature", "unfeature"):
        await ann.post(f"/api/v1/tags/{name}/{verb}", expect=404)


async def test_a_followed_hashtag_brings_posts_home(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    followed = await ann.post("/api/v1/tags/Baobab/follow")
    assert (followed["name"], followed["following"]) == ("Baobab", True)
    assert await ann.get("/api/v1/tags/baobab") == followed
    assert (await bob.get("/api/v1/tags/baobab"))["following"] is False
    post = await bob.write("#baobab")
    await crowd.world.settle()
    assert [one["id"] for one in await ann.get("/api/v1/timelines/home")] == [post["id"]]
    assert (await ann.post("/api/v1/tags/baobab/unfollow"))["following"] is False
    await crowd.world.settle()
    assert await ann.get("/api/v1/timelines/home") == []


async def test_followed_hashtags_are_paged_by_hidden_ids(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    names = ["one", "two", "three"]
    for name in names:
        await ann.post(f"/api/v1/tags/{name}/follow")
    first = await ann.call("GET", "/api/v1/followed_tags?limit=2")
    assert [tag["name"] for tag in first.json()] == ["three", "two"]
    assert all(tag["following"] for tag in first.json())
    rest = await ann.call("GET", first.links["next"]["url"])
    assert [tag["name"] for tag in rest.json()] == ["one"]
    assert set(rest.links) == {"prev"}
    assert "since_id=" in rest.links["prev"]["url"]
    [row] = await crowd.world.rows("select id from tag_follows order by id limit 1")
    assert str(row["id"]) in rest.links["prev"]["url"]


async def test_a_hashtag_is_put_on_a_profile_and_taken_off(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await ann.write("#Baobab")
    made = await ann.post("/api/v1/featured_tags", {"name": "#Baobab"})
    assert (made["name"], made["statuses_count"], made["last_status_at"]) == ("Baobab", "1", "2026-03-01")
    assert made["url"] == "https://marula.example/@ann/tagged/baobab"
    other = await ann.post("/api/v1/tags/marula/feature")
    assert other["featuring"] is True
    shown = await crowd.nobody.get(f"/api/v1/accounts/{ann.account}/featured_tags")
    assert [one["name"] for one in shown] == ["Baobab", "marula"]
    assert await ann.get("/api/v1/featured_tags") == shown
    assert await bob.get("/api/v1/featured_tags") == []
    await bob.call("DELETE", f"/api/v1/featured_tags/{made['id']}", expect=404)
    assert (await ann.call("DELETE", f"/api/v1/featured_tags/{made['id']}")).json() == {}
    await ann.call("DELETE", f"/api/v1/featured_tags/{made['id']}", expect=404)
    assert (await ann.post("/api/v1/tags/marula/unfeature"))["featuring"] is False
    assert await ann.get("/api/v1/featured_tags") == []
    suggested = await ann.get("/api/v1/featured_tags/suggestions")
    assert [(one["name"], one["featuring"]) for one in suggested] == [("Baobab", False)]


async def test_an_eleventh_hashtag_and_a_bad_one_are_refused(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for number in range(10):
        await ann.post("/api/v1/featured_tags", {"name": f"tag{number}"})
    refusal = await ann.post("/api/v1/featured_tags", {"name": "more"}, expect=422)
    assert refusal["error"] == "Validation failed: You have already featured the maximum number of hashtags"
    await ann.post("/api/v1/tags/more/feature", expect=422)
    for asked in ({}, {"name": ""}, {"name": "42"}):
        refusal = await ann.post("/api/v1/featured_tags", asked, expect=422)
        assert refusal["error"].startswith("Validation failed: Name")


async def test_a_suspended_or_missing_profile_shows_no_hashtags(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await ann.post("/api/v1/featured_tags", {"name": "baobab"})
    path = f"/api/v1/accounts/{ann.account}/featured_tags"
    await crowd.world.rows("update accounts set suspended_at = now() where id = $1", ann.account)
    assert await crowd.nobody.get(path) == []
    await crowd.nobody.get("/api/v1/accounts/404/featured_tags", expect=404)


async def test_the_posts_of_a_profile_with_a_hashtag(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("#Baobab")
    await ann.write("nothing")
    for name in ("baobab", "BAOBAB", "%23baobab"):
        found = await ann.get(f"/api/v1/accounts/{ann.account}/statuses?tagged={name}")
        assert [one["id"] for one in found] == [post["id"]]


async def test_other_scopes_and_strangers_do_not_follow_or_feature(crowd: Crowd) -> None:
    ann = await crowd.join("ann", scopes="read:statuses write:statuses")
    for method, path in (
        ("POST", "tags/baobab/follow"),
        ("POST", "tags/baobab/unfollow"),
        ("POST", "tags/baobab/feature"),
        ("GET", "followed_tags"),
        ("GET", "featured_tags"),
        ("POST", "featured_tags"),
        ("GET", "featured_tags/suggestions"),
    ):
        await ann.call(method, f"/api/v1/{path}", expect=403)
        await crowd.nobody.call(method, f"/api/v1/{path}", expect=401)


async def test_the_instance_says_how_many_hashtags_a_profile_has_place_for(crowd: Crowd) -> None:
    for version in ("v1", "v2"):
        limits = (await crowd.nobody.get(f"/api/{version}/instance"))["configuration"]["accounts"]
        assert limits["max_featured_tags"] == 10
