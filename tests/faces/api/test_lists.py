"""Lists through the API."""

from typing import Any

import pytest

from marula.domain.timelines import actions
from tests.faces.api.caller import Caller, Crowd


async def make(who: Caller, *members: Caller, **asked: Any) -> str:
    made = await who.post("/api/v1/lists", {"title": "friends"} | asked)
    if members:
        await who.post(f"/api/v1/lists/{made['id']}/accounts", {"account_ids": [str(one.account) for one in members]})
    return made["id"]


async def test_a_list_is_made_shown_changed_and_removed(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    made = await ann.post("/api/v1/lists", {"title": "friends"})
    assert made == {"id": made["id"], "title": "friends", "replies_policy": "list", "exclusive": False}
    path = f"/api/v1/lists/{made['id']}"
    assert await ann.get(path) == made
    changed = (await ann.call("PUT", path, json={"replies_policy": "none", "exclusive": "true"})).json()
    assert changed == made | {"replies_policy": "none", "exclusive": True}
    renamed = (await ann.call("PATCH", path, data={"title": "family"})).json()
    assert renamed == changed | {"title": "family"}
    second = await ann.post("/api/v1/lists", {"title": "work", "replies_policy": "followed", "exclusive": True})
    assert await ann.get("/api/v1/lists") == [renamed, second]
    assert (await ann.call("DELETE", path)).json() == {}
    await ann.get(path, expect=404)
    assert await ann.get("/api/v1/lists") == [second]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({}, "Title can't be blank"),
        ({"title": ""}, "Title can't be blank"),
        ({"title": "x" * 257}, "Title is too long"),
        ({"title": "x", "replies_policy": "all"}, "Replies policy is not included in the list"),
    ],
)
async def test_a_list_that_cannot_be_is_refused(crowd: Crowd, asked: dict[str, Any], why: str) -> None:
    ann = await crowd.join("ann")
    refusal = await ann.post("/api/v1/lists", asked, expect=422)
    assert refusal["error"].startswith(f"Validation failed: {why}")


async def test_the_fifty_first_list_is_refused(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for _ in range(50):
        await make(ann)
    refusal = await ann.post("/api/v1/lists", {"title": "one more"}, expect=422)
    assert refusal["error"] == "Validation failed: You have reached the maximum number of lists"


async def test_members_come_and_go(crowd: Crowd) -> None:
    ann, bob, cat = await crowd.join("ann"), await crowd.join("bob"), await crowd.join("cat")
    await crowd.follow(ann, bob)
    made = await make(ann, bob)
    path = f"/api/v1/lists/{made}/accounts"
    assert [one["acct"] for one in await ann.get(path)] == ["bob"]
    assert [one["id"] for one in await ann.get(f"/api/v1/accounts/{bob.account}/lists")] == [made]
    assert await ann.get(f"/api/v1/accounts/{cat.account}/lists") == []
    assert await bob.get(f"/api/v1/accounts/{bob.account}/lists") == []
    await ann.post(path, {"account_ids": [str(cat.account)]}, expect=422)
    await ann.post(path, {"account_ids": [str(bob.account)]}, expect=422)
    await ann.post(path, {"account_ids": ["404"]}, expect=404)
    await ann.call("POST", path, data={"account_ids[]": str(ann.account)})
    assert [one["acct"] for one in await ann.get(path)] == ["bob", "ann"]
    assert (await ann.call("DELETE", f"{path}?account_ids[]={bob.account}")).json() == {}
    await ann.call("DELETE", path, json={"account_ids": [str(ann.account)]})
    assert await ann.get(path) == []


async def test_members_are_paged_by_account_and_a_limit_of_0_is_all(crowd: Crowd) -> None:
    ann, *others = [await crowd.join(name) for name in ("ann", "bob", "cat", "dan")]
    for other in others:
        await crowd.follow(ann, other)
    path = f"/api/v1/lists/{await make(ann, *others)}/accounts"
    first = await ann.call("GET", f"{path}?limit=2")
    bob, cat, dan = others
    assert [one["acct"] for one in first.json()] == ["dan", "cat"]
    home = f"https://marula.example{path}?limit=2"
    assert first.links["next"]["url"] == f"{home}&max_id={cat.account}"
    assert first.links["prev"]["url"] == f"{home}&since_id={dan.account}"
    assert [one["id"] for one in await ann.get(f"{path}?max_id={cat.account}")] == [str(bob.account)]
    everybody = await ann.call("GET", f"{path}?limit=0")
    assert len(everybody.json()) == 3
    assert "link" not in everybody.headers


async def test_nobody_reads_or_changes_the_list_of_somebody_else(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    path = f"/api/v1/lists/{await make(ann, ann)}"
    for method, where in (
        ("GET", path),
        ("PUT", path),
        ("DELETE", path),
        ("GET", f"{path}/accounts"),
        ("POST", f"{path}/accounts"),
        ("DELETE", f"{path}/accounts"),
        ("GET", path.replace("/lists/", "/timelines/list/")),
    ):
        refusal = await bob.call(method, where, expect=404, json={"title": "mine", "account_ids": [str(bob.account)]})
        assert refusal.json()["error"] == "Record not found"
        await crowd.nobody.call(method, where, expect=401)
    for bad in ("0", "x", "9" * 30):
        await ann.get(f"/api/v1/lists/{bad}", expect=404)
        await ann.get(f"/api/v1/timelines/list/{bad}", expect=404)


async def test_other_scopes_do_not_reach_lists(crowd: Crowd) -> None:
    ann = await crowd.join("ann", scopes="read:statuses write:statuses")
    for method, path in (("GET", "lists"), ("POST", "lists"), ("GET", "timelines/list/1")):
        refusal = await ann.call(method, f"/api/v1/{path}", expect=403)
        assert refusal.json()["error"] == "This action is outside the authorized scopes"


async def test_the_timeline_of_a_list_is_paged_with_both_links(crowd: Crowd) -> None:
    ann, bob, cat = await crowd.join("ann"), await crowd.join("bob"), await crowd.join("cat")
    await crowd.follow(ann, bob)
    await crowd.follow(ann, cat)
    path = f"/api/v1/timelines/list/{await make(ann, bob)}"
    before = await bob.write("before anybody looked")
    await cat.write("not on the list")
    await crowd.world.settle()
    assert [post["id"] for post in await ann.get(path)] == [before["id"]]
    after = await bob.write("after")
    await crowd.world.settle()
    page = await ann.call("GET", f"{path}?limit=1")
    assert [post["id"] for post in page.json()] == [after["id"]]
    assert page.links["next"]["url"] == f"https://marula.example{path}?limit=1&max_id={after['id']}"
    assert page.links["prev"]["url"] == f"https://marula.example{path}?limit=1&min_id={after['id']}"
    assert [post["id"] for post in await ann.get(f"{path}?max_id={after['id']}")] == [before["id"]]
    assert [post["id"] for post in await ann.get(f"{path}?min_id={before['id']}")] == [after["id"]]


async def test_a_long_list_answers_206_until_it_is_built(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "FEW", 0)
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await crowd.follow(ann, bob)
    path = f"/api/v1/timelines/list/{await make(ann, bob)}"
    post = await bob.write("hello")
    assert await ann.get(path, expect=206) == []
    assert await ann.get(path, expect=206) == []
    await crowd.world.settle()
    assert [one["id"] for one in await ann.get(path)] == [post["id"]]


async def test_a_post_hidden_by_a_block_leaves_the_list_at_once(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await crowd.follow(ann, bob)
    path = f"/api/v1/timelines/list/{await make(ann, bob)}"
    await bob.write("hello")
    assert len(await ann.get(path)) == 1
    await bob.post(f"/api/v1/accounts/{ann.account}/block")
    assert await ann.get(path) == []
