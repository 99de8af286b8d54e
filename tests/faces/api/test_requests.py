"""How requests are read, and what answers say of themselves.

Spec: GOTCHAS, Requests, Pagination and Errors; Mastodon documentation, "Pagination"
"""

from typing import Any

import pytest

from tests.faces.api.caller import Crowd

PROFILE = "/api/v1/accounts/update_credentials"
FIELDS = [{"name": "Tea", "value": "green"}, {"name": "Milk", "value": "none"}]


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"fields_attributes": FIELDS}},
        {"json": {"fields_attributes": {"0": FIELDS[0], "1": FIELDS[1]}}},
        {"data": {f"fields_attributes[{n}][{name}]": one[name] for n, one in enumerate(FIELDS) for name in one}},
        {"params": {f"fields_attributes[{n}][{name}]": one[name] for n, one in enumerate(FIELDS) for name in one}},
        {"files": {f"fields_attributes[{n}][{k}]": (None, one[k]) for n, one in enumerate(FIELDS) for k in one}},
    ],
)
async def test_fields_come_as_a_list_or_by_number(crowd: Crowd, sent: dict[str, Any]) -> None:
    ann = await crowd.join("ann")
    shown = (await ann.call("PATCH", PROFILE, **sent)).json()
    assert [field["name"] for field in shown["fields"]] == ["Tea", "Milk"]


@pytest.mark.parametrize("word", ["false", "0", "F", "Off", ""])
@pytest.mark.parametrize("kind", ["json", "data"])
async def test_words_that_say_no(crowd: Crowd, kind: str, word: str) -> None:
    ann = await crowd.join("ann", locked=True)
    sent: dict[str, Any] = {kind: {"locked": word}}
    assert (await ann.call("PATCH", PROFILE, **sent)).json()["locked"] is False


@pytest.mark.parametrize("word", ["true", "1", "yes", "no"])
async def test_all_other_words_say_yes_and_nothing_says_nothing(crowd: Crowd, word: str) -> None:
    ann = await crowd.join("ann")
    assert (await ann.call("PATCH", PROFILE, data={"locked": word})).json()["locked"] is True
    assert (await ann.call("PATCH", PROFILE, data={"note": "x"})).json()["locked"] is True


async def test_what_is_served_by_put_is_served_by_patch(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("one")
    path = f"/api/v1/statuses/{post['id']}"
    for method in ("PUT", "PATCH"):
        assert method in (await ann.call(method, path, json={"status": method})).json()["content"]
    await ann.call("PUT", PROFILE, json={"note": "x"}, expect=404)


async def test_a_token_beside_another_scheme_counts(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    basic = {"Authorization": "Basic YTpi"}
    path = f"/api/v1/accounts/verify_credentials?access_token={ann.token}"
    await crowd.nobody.get(path, headers=basic)


async def test_unknown_parameters_change_nothing(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    assert (await ann.write("x", nonsense={"a": [1]}))["content"] == "<p>x</p>"


async def test_bulk_readings_have_a_limit_and_skip_what_is_not_there(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("x")
    some = [("id[]", post["id"]), ("id[]", "1"), ("id[]", "nonsense")]
    assert [one["id"] for one in await ann.get("/api/v1/statuses", params=some)] == [post["id"]]
    people = [("id[]", str(ann.account)), ("id[]", "1"), ("id[]", "nonsense")]
    assert [one["id"] for one in await ann.get("/api/v1/accounts", params=people)] == [str(ann.account)]
    for path, most in (("/api/v1/statuses", 20), ("/api/v1/accounts", 40)):
        await ann.get(path, params=[("id[]", str(n)) for n in range(1, most + 1)])
        await ann.get(path, params=[("id[]", str(n)) for n in range(1, most + 2)], expect=422)


async def test_links_repeat_only_what_the_list_knows(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for _ in range(2):
        await ann.write("x")
    path = f"/api/v1/accounts/{ann.account}/statuses"
    asked = f"?limit=1&exclude_replies=1&exclude_direct=1&max_id={'9' * 18}&access_token={ann.token}"
    for link in (await crowd.nobody.call("GET", path + asked)).links.values():
        assert "exclude_replies=1" in link["url"]
        assert "exclude_direct" not in link["url"]
        assert "token" not in link["url"]
        assert "9" * 18 not in link["url"]


@pytest.mark.parametrize(
    "path", ["/api/v1/blocks", "/api/v1/mutes", "/api/v1/follow_requests", "/api/v1/bookmarks", "/api/v1/favourites"]
)
async def test_links_lead_by_ids_that_the_body_does_not_show(crowd: Crowd, path: str) -> None:
    ann = await crowd.join("ann", locked=True)
    for name in ("bob", "cat"):
        other = await crowd.join(name)
        await crowd.follow(other, ann)
        post = await other.write("x")
        for mark in ("bookmark", "favourite"):
            await ann.post(f"/api/v1/statuses/{post['id']}/{mark}")
    if path in ("/api/v1/blocks", "/api/v1/mutes"):
        for asker in await ann.get("/api/v1/follow_requests"):
            await ann.post(f"/api/v1/accounts/{asker['id']}/{path.rpartition('/')[2].removesuffix('s')}")
    everything = [one["id"] for one in await ann.get(path)]
    first = await ann.call("GET", f"{path}?limit=1")
    assert len(everything) == 2
    assert [one["id"] for one in first.json()] == everything[:1]
    following = first.links["next"]["url"]
    assert following.rpartition("max_id=")[2] not in everything
    assert [one["id"] for one in await ann.get(following)] == everything[1:]
    back = "min_id" if path in ("/api/v1/bookmarks", "/api/v1/favourites") else "since_id"
    assert f"{back}=" in first.links["prev"]["url"]
    assert "next" not in (await ann.call("GET", path)).links


async def test_lookups_of_nothing(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await ann.get("/api/v1/accounts/lookup", expect=404)
    assert await ann.get("/api/v1/accounts/search") == []
    assert (await ann.get("/api/v2/search", expect=400))["error"].startswith("param is missing")


@pytest.mark.parametrize("last", ["nonsense", "-1", "9" * 30, [], {"a": 1}])
async def test_a_marker_needs_an_id(crowd: Crowd, last: Any) -> None:
    ann = await crowd.join("ann")
    await ann.post("/api/v1/markers", {"home": {"last_read_id": last}}, expect=422)


async def test_an_empty_number_is_none(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.call("POST", "/api/v1/statuses", data={"status": "x", "in_reply_to_id": "", "scheduled_at": ""})
    assert post.json()["in_reply_to_id"] is None


async def test_old_endpoints_say_so(crowd: Crowd) -> None:
    """Spec: RFC 9745"""
    assert (await crowd.nobody.call("GET", "/api/v1/instance")).headers["deprecation"].startswith("@")
    assert "deprecation" not in (await crowd.nobody.call("GET", "/api/v2/instance")).headers


async def test_anonymous_readings_may_be_kept_and_others_not(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    path = "/api/v1/timelines/public"
    anonymous = (await crowd.nobody.call("GET", path)).headers
    assert anonymous.get_list("cache-control") == [
        "public, max-age=15, stale-while-revalidate=30, stale-if-error=86400"
    ]
    assert "Authorization" in anonymous["vary"]
    for kept in (await ann.call("GET", path), await crowd.nobody.call("GET", "/api/v1/accounts/1", expect=404)):
        assert kept.headers.get_list("cache-control") == ["private, no-store"]


async def test_saying_the_same_again_is_no_edit(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("x")
    again = (await ann.call("PUT", f"/api/v1/statuses/{post['id']}", json={"status": "x"})).json()
    assert again["edited_at"] is None
    assert len(await ann.get(f"/api/v1/statuses/{post['id']}/history")) == 1


async def test_a_language_of_ones_own_must_be_one(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await ann.call("PATCH", PROFILE, json={"source": {"language": "klingon"}}, expect=422)
    assert (await ann.get("/api/v1/preferences"))["posting:default:language"] is None


async def test_posts_of_the_limited_stay_out_of_public_timelines(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await crowd.world.rows("update accounts set silenced_at = now(), version = version + 1 returning 1")
    assert (await ann.write("x"))["visibility"] == "unlisted"


async def test_a_cursor_that_names_nothing_is_a_place(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    first, second, third = [(await ann.write(word))["id"] for word in ("one", "two", "three")]
    path = f"/api/v1/accounts/{ann.account}/statuses"

    async def page(**cursors: int) -> list[str]:
        return [one["id"] for one in await ann.get(path, params=cursors)]

    assert await page(max_id=int(third) - 1) == [second, first]
    assert await page(since_id=int(first) - 1, limit=1) == [third]
    assert await page(min_id=int(first) - 1, limit=1) == [first]
    assert await page(min_id=int(third) + 1) == await page(max_id=1) == []


async def test_days_are_told_as_days(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await ann.write("x")
    shown = await crowd.nobody.get(f"/api/v1/accounts/{ann.account}")
    day = crowd.world.clock.now().date().isoformat()
    assert shown["created_at"] == f"{day}T00:00:00.000Z"
    assert shown["last_status_at"] == day


async def test_what_is_not_there_is_empty_text_and_a_picture_of_nobody(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    shown = await crowd.nobody.get(f"/api/v1/accounts/{ann.account}")
    assert (shown["display_name"], shown["note"], shown["acct"]) == ("", "", "ann")
    assert shown["url"] == "https://marula.example/@ann" != shown["uri"]
    for name in ("avatar", "avatar_static", "header", "header_static"):
        assert shown[name].startswith("https://marula.example/")
    own = await ann.get("/api/v1/profile")
    assert own["avatar"] is own["header"] is None
    assert not {"suspended", "limited", "memorial"} & set(shown)
    assert (await ann.write("x"))["spoiler_text"] == ""


async def test_who_is_nobody_is_told_nothing_of_what_they_did(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    poll = {"options": ["a", "b"], "expires_in": 600}
    post = await ann.write("#tea", poll=poll)
    mine = {"favourited", "reblogged", "muted", "bookmarked", "filtered"}
    path = f"/api/v1/statuses/{post['id']}"
    seen, anonymous = await bob.get(path), await crowd.nobody.get(path)
    assert mine <= set(seen)
    assert not mine & set(anonymous)
    assert {"voted", "own_votes"} <= set(seen["poll"])
    assert not {"voted", "own_votes"} & set(anonymous["poll"])
    assert "pinned" in await ann.get(path)
    assert "pinned" not in seen
    tag = "/api/v1/tags/tea"
    assert {"following", "featuring"} <= set(await bob.get(tag))
    assert not {"following", "featuring"} & set(await crowd.nobody.get(tag))


async def test_a_suspended_account_is_served_without_its_words(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await ann.call("PATCH", PROFILE, json={"display_name": "Ann", "note": "hello", "fields_attributes": FIELDS})
    async with crowd.world.ctx.db.transaction() as tx:
        await tx.run("update accounts set suspended_at = now(), version = version + 1 where id = $1", ann.account)
    shown = await crowd.nobody.get(f"/api/v1/accounts/{ann.account}")
    assert shown["suspended"] is True
    assert (shown["display_name"], shown["note"], shown["fields"]) == ("", "", [])


async def test_what_is_done_with_a_boost_is_done_with_the_post(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    post = await ann.write("x")
    boost = await bob.post(f"/api/v1/statuses/{post['id']}/reblog")
    assert boost["id"] != post["id"]
    for verb, mark in (("favourite", "favourited"), ("bookmark", "bookmarked"), ("reblog", "reblogged")):
        await bob.post(f"/api/v1/statuses/{boost['id']}/{verb}")
        assert (await bob.get(f"/api/v1/statuses/{post['id']}"))[mark] is True
    assert (await bob.post(f"/api/v1/statuses/{boost['id']}/unreblog"))["id"] == post["id"]


async def test_markers_give_back_what_was_sent_and_count(crowd: Crowd) -> None:
    ann, path = await crowd.join("ann"), "/api/v1/markers"
    for version, last in ((1, "30"), (2, "20")):
        made = await ann.post(path, {"home": {"last_read_id": last}})
        assert set(made) == {"home"}
        assert (made["home"]["version"], made["home"]["last_read_id"]) == (version, last)
    assert set(await ann.get(path, params=[("timeline[]", "home"), ("timeline[]", "notifications")])) == {"home"}
    assert await ann.get(path) == {}


async def test_the_server_presents_itself_as_clients_expect(crowd: Crowd) -> None:
    new, old = await crowd.nobody.get("/api/v2/instance"), await crowd.nobody.get("/api/v1/instance")
    assert new["version"] == old["version"]
    assert new["version"].startswith("4.6.")
    assert new["api_versions"]["mastodon"] == 10
    assert new["configuration"]["urls"]["streaming"] == old["urls"]["streaming_api"] == "wss://marula.example"


async def test_a_hashtag_that_nobody_used_is_one(crowd: Crowd) -> None:
    tag = await crowd.nobody.get("/api/v1/tags/NeverSaid")
    assert (tag["id"], tag["name"].lower()) == ("", "neversaid")
    assert {(day["uses"], day["accounts"]) for day in tag["history"]} == {("0", "0")}
    assert await crowd.nobody.get("/api/v1/timelines/tag/NeverSaid") == []
