"""Collections through the API."""

from datetime import timedelta
from typing import Any

import pytest

from marula.base.db import statements_run
from tests.faces.api.caller import Caller, Crowd

PATH = "/api/v1/collections"


async def willing(crowd: Crowd, name: str) -> Caller:
    joined = await crowd.join(name)
    await joined.call("PATCH", "/api/v1/profile", json={"discoverable": True})
    return joined


async def create(who: Caller, *featured: Caller, **said: Any) -> Any:
    asked = {"name": "Good people", "discoverable": True, "account_ids": [str(one.account) for one in featured]}
    return (await who.post(PATH, asked | said))["collection"]


async def test_a_collection_is_made_and_shown_with_its_accounts(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await willing(crowd, "bob")
    made = await create(ann, bob, description="They bake", tag_name="Bread", language="en", sensitive=True)
    assert (made["name"], made["description"], made["item_count"]) == ("Good people", "They bake", 1)
    assert made["tag"] == {"name": "Bread", "url": "https://marula.example/tags/bread"}
    assert made["items"][0]["account_id"] == str(bob.account)
    shown = await crowd.nobody.get(f"{PATH}/{made['id']}")
    assert shown["collection"] == made
    assert [account["username"] for account in shown["accounts"]] == ["ann", "bob"]
    assert (await crowd.nobody.get(f"/api/v1_alpha/collections/{made['id']}")) == shown


async def test_its_address_opens_a_page(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await willing(crowd, "bob")
    made = await create(ann, bob, name="<b>Bakers</b>")
    page = await crowd.nobody.call("GET", made["url"])
    assert "&lt;b&gt;Bakers" in page.text
    assert "@bob" in page.text
    await crowd.nobody.call("GET", "https://marula.example/collections/1", expect=404)


async def test_faults_stand_inside_error(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    wrong = await ann.post(PATH, {"name": "x" * 41, "description": "y" * 101}, expect=422)
    assert wrong["error"]["error"].startswith("Validation failed: Name is too long")
    assert set(wrong["error"]["details"]) == {"name", "description"}
    for number in range(10):
        await create(ann, name=f"Number {number}")
    full = await ann.post(PATH, {"name": "Eleven"}, expect=422)
    assert full["error"]["details"]["base"][0]["description"] == "You cannot have more than 10 collections"


async def test_it_is_changed_by_its_owner_in_either_way(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    made = await create(ann)
    for method, path in (("PATCH", PATH), ("PUT", PATH), ("PUT", "/api/v1_alpha/collections")):
        changed = await ann.call(method, f"{path}/{made['id']}", json={"name": f"{method} {path[:8]}"})
        assert changed.json()["collection"]["name"] == f"{method} {path[:8]}"
    await bob.call("PATCH", f"{PATH}/{made['id']}", json={"name": "Mine"}, expect=403)
    await bob.call("DELETE", f"{PATH}/{made['id']}", expect=403)
    gone = await ann.call("DELETE", f"{PATH}/{made['id']}")
    assert gone.content == b""
    await ann.call("GET", f"{PATH}/{made['id']}", expect=404)
    await ann.call("DELETE", f"{PATH}/{made['id']}", expect=404)


async def test_accounts_are_added_taken_out_and_leave(crowd: Crowd) -> None:
    ann, bob, cat = await crowd.join("ann"), await willing(crowd, "bob"), await willing(crowd, "cat")
    made = await create(ann)
    items = f"{PATH}/{made['id']}/items"
    added = [(await ann.post(items, {"account_id": str(who.account)}))["collection_item"] for who in (bob, cat)]
    assert [item["state"] for item in added] == ["accepted", "accepted"]
    assert (await ann.call("DELETE", f"{items}/{added[0]['id']}")).content == b""
    assert (await cat.call("POST", f"{items}/{added[1]['id']}/revoke")).content == b""
    assert (await ann.get(f"{PATH}/{made['id']}"))["collection"]["items"] == []


async def test_wrong_items_are_refused_with_the_right_error(crowd: Crowd) -> None:
    ann, bob, shy = await crowd.join("ann"), await willing(crowd, "bob"), await crowd.join("shy")
    made = await create(ann, bob)
    items = f"{PATH}/{made['id']}/items"
    missing = await ann.post(items, {}, expect=422)
    assert missing == {"error": "`account_id` parameter is missing"}
    await ann.post(items, {"account_id": "1"}, expect=404)
    await ann.post(items, {"account_id": str(shy.account)}, expect=403)
    again = await ann.post(items, {"account_id": str(bob.account)}, expect=422)
    assert again["error"]["details"]["account_id"][0]["error"] == "ERR_TAKEN"
    await bob.post(items, {"account_id": str(bob.account)}, expect=403)
    held = made["items"][0]["id"]
    await bob.call("DELETE", f"{items}/{held}", expect=403)
    await ann.call("POST", f"{items}/{held}/revoke", expect=403)
    for path in (f"{items}/1", f"{items}/x", f"{PATH}/1/items/{held}"):
        await ann.call("DELETE", path, expect=404)


async def test_lists_page_by_offset(crowd: Crowd) -> None:
    ann, bob = await willing(crowd, "ann"), await crowd.join("bob")
    made = [(await create(bob, ann, name=f"Number {number}"))["id"] for number in range(3)][::-1]
    for path, who in (
        (f"/api/v1/accounts/{bob.account}/collections", crowd.nobody),
        (f"/api/v1_alpha/accounts/{bob.account}/collections", crowd.nobody),
        (f"/api/v1/accounts/{ann.account}/in_collections", ann),
    ):
        first = await who.call("GET", f"{path}?limit=2")
        assert [one["id"] for one in first.json()["collections"]] == made[:2]
        assert set(first.links) == {"next"}
        assert first.links["next"]["url"] == f"https://marula.example{path}?limit=2&offset=2"
        second = await who.call("GET", first.links["next"]["url"])
        assert [one["id"] for one in second.json()["collections"]] == made[2:]
        assert second.links["prev"]["url"] == f"https://marula.example{path}?limit=2&offset=0"
        assert "next" not in second.links
        assert len((await who.get(f"{path}?offset=-5&limit=1000"))["collections"]) == 3
    await bob.get(f"/api/v1/accounts/{ann.account}/in_collections", expect=403)
    await bob.get("/api/v1/accounts/1/collections", expect=404)


async def test_one_that_is_not_discoverable_is_not_on_the_profile(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    hidden = await create(ann, discoverable=False)
    path = f"/api/v1/accounts/{ann.account}/collections"
    assert (await crowd.nobody.get(path))["collections"] == []
    assert [one["id"] for one in (await ann.get(path))["collections"]] == [hidden["id"]]
    assert (await crowd.nobody.get(f"{PATH}/{hidden['id']}"))["collection"]["id"] == hidden["id"]


async def test_an_account_says_whether_it_can_be_featured(crowd: Crowd) -> None:
    ann, bob = await willing(crowd, "ann"), await crowd.join("bob")
    told = {one["username"]: one["feature_approval"] for one in await bob.get("/api/v1/accounts/search?q=ann")}
    assert told["ann"] == {"automatic": ["public"], "manual": [], "current_user": "automatic"}
    mine = await bob.get("/api/v1/accounts/verify_credentials")
    assert mine["feature_approval"] == {"automatic": [], "manual": [], "current_user": "denied"}
    assert ann.account


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", PATH), ("PATCH", f"{PATH}/1"), ("DELETE", f"{PATH}/1"), ("POST", f"{PATH}/1/items")],
)
async def test_writing_needs_the_scope(crowd: Crowd, method: str, path: str) -> None:
    reader = await crowd.join("ann", scopes="read")
    await reader.call(method, path, expect=403)
    await crowd.nobody.call(method, path, expect=401)


async def test_the_number_of_statements_does_not_grow_with_the_collections(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await willing(crowd, "bob")
    path = f"/api/v1/accounts/{ann.account}/collections"
    counts: list[int] = []
    for _ in range(3):
        await create(ann, bob)
        with statements_run() as count:
            await bob.get(path)
        counts.append(count())
    assert counts[1] == counts[2]


async def told(who: Caller, kind: str) -> list[Any]:
    return await who.get(f"/api/v1/notifications?types[]={kind}")


async def test_who_is_added_is_told_with_the_collection(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await willing(crowd, "bob")
    made = await create(ann, bob)
    await crowd.world.settle()
    [one] = await told(bob, "added_to_collection")
    assert (one["account"]["username"], one["collection"]["id"]) == ("ann", made["id"])
    assert await told(ann, "added_to_collection") == []


async def test_who_is_in_it_is_told_of_the_last_change(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await willing(crowd, "bob")
    made = await create(ann, bob)
    for name in ("Better people", "Best people"):
        crowd.world.clock.advance(timedelta(seconds=1))
        await ann.call("PATCH", f"{PATH}/{made['id']}", json={"name": name})
        await crowd.world.settle()
    [one] = await told(bob, "collection_update")
    assert one["collection"]["name"] == "Best people"


async def test_what_was_told_of_it_goes_with_the_place_and_with_the_collection(crowd: Crowd) -> None:
    ann, bob, cat = await crowd.join("ann"), await willing(crowd, "bob"), await willing(crowd, "cat")
    made = await create(ann, bob, cat)
    await ann.call("PATCH", f"{PATH}/{made['id']}", json={"name": "Others"})
    await crowd.world.settle()
    await bob.call("POST", f"{PATH}/{made['id']}/items/{made['items'][0]['id']}/revoke")
    await crowd.world.settle()
    assert await bob.get("/api/v1/notifications") == []
    assert len(await cat.get("/api/v1/notifications")) == 2
    await ann.call("DELETE", f"{PATH}/{made['id']}")
    await crowd.world.settle()
    assert await crowd.world.rows("select from notifications where kind like '%collection%'") == []


async def test_a_post_shows_the_collections_to_which_it_links(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await willing(crowd, "bob")
    made = await create(ann, bob)
    post = await ann.write(f"Follow these: {made['url']} and https://marula.example/collections/1")
    assert [one["id"] for one in post["tagged_collections"]] == [made["id"]]
    boost = await bob.post(f"/api/v1/statuses/{post['id']}/reblog")
    assert boost["reblog"]["tagged_collections"] == post["tagged_collections"]
    for who in (bob, crowd.nobody):
        shown = await who.get(f"/api/v1/statuses/{post['id']}")
        assert shown["tagged_collections"] == post["tagged_collections"]


async def test_a_post_shows_them_as_they_are_now_and_to_each_viewer_what_is_theirs(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await willing(crowd, "bob")
    made = await create(ann, bob)
    post = await ann.write(f"Follow these: {made['url']}")
    await ann.call("PATCH", f"{PATH}/{made['id']}", json={"name": "Better"})
    shown = await ann.get(f"/api/v1/statuses/{post['id']}")
    assert [one["name"] for one in shown["tagged_collections"]] == ["Better"]
    cat = await crowd.join("cat")
    await cat.post(f"/api/v1/accounts/{bob.account}/block")
    shown = await cat.get(f"/api/v1/statuses/{post['id']}")
    assert shown["tagged_collections"][0]["items"] == []
    await ann.call("DELETE", f"{PATH}/{made['id']}")
    assert (await cat.get(f"/api/v1/statuses/{post['id']}"))["tagged_collections"] == []


async def test_many_posts_with_collections_cost_no_more_statements(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    counts: list[int] = []
    for _ in range(3):
        made = await create(ann)
        await ann.write(f"See {made['url']}")
        with statements_run() as count:
            await ann.get(f"/api/v1/accounts/{ann.account}/statuses")
        counts.append(count())
    assert counts[1] == counts[2]
