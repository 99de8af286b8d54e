"""Posts to come, through the API."""

from datetime import timedelta
from typing import Any

from tests.faces.api.caller import Caller, Crowd

PATH = "/api/v1/scheduled_statuses"


def at(crowd: Crowd, **ahead: int) -> str:
    """A moment from now, as clients write it."""
    return (crowd.world.clock.now() + timedelta(**ahead)).isoformat().replace("+00:00", "Z")


async def written(caller: Caller) -> list[Any]:
    return await caller.get(f"/api/v1/accounts/{caller.account}/statuses")


async def test_what_was_asked_is_shown_and_published_at_its_time(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    parent = await ann.write("first")
    poll = {"options": ["a", "b"], "expires_in": 600, "multiple": True}
    asked = {
        "status": "later",
        "spoiler_text": "mind",
        "visibility": "unlisted",
        "language": "en",
        "in_reply_to_id": parent["id"],
        "quote_approval_policy": "followers",
        "poll": poll,
        "scheduled_at": at(crowd, hours=1),
    }
    made = await ann.post("/api/v1/statuses", asked)
    assert made["scheduled_at"] == "2026-03-01T13:00:00.000Z"
    params = made["params"]
    assert {name: params[name] for name in ("text", "spoiler_text", "visibility", "language")} == {
        "text": "later",
        "spoiler_text": "mind",
        "visibility": "unlisted",
        "language": "en",
    }
    assert params["in_reply_to_id"] == int(parent["id"])
    assert isinstance(params["application_id"], int)
    assert params["poll"] == poll | {"hide_totals": False}
    assert params["quote_approval_policy"] == "followers"
    assert await ann.get(f"{PATH}/{made['id']}") == made
    assert await ann.get(PATH) == [made]
    assert len(await written(ann)) == 1
    crowd.world.clock.advance(timedelta(hours=1))
    await crowd.world.settle()
    assert await ann.get(PATH) == []
    post = (await written(ann))[0]
    assert (post["spoiler_text"], post["visibility"], post["in_reply_to_id"]) == ("mind", "unlisted", parent["id"])
    assert post["application"] == {"name": "a probe", "website": None}


async def test_a_time_in_the_past_posts_at_once_and_a_near_one_is_refused(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    assert (await ann.write("now", scheduled_at="2020-01-01T00:00:00Z"))["content"] == "<p>now</p>"
    for near in (at(crowd, seconds=1), at(crowd, seconds=299)):
        refusal = await ann.post("/api/v1/statuses", {"status": "soon", "scheduled_at": near}, expect=422)
        assert refusal["error"] == "Validation failed: Scheduled at must be at least 5 minutes ahead"
    refusal = await ann.post("/api/v1/statuses", {"status": "soon", "scheduled_at": "tomorrow"}, expect=422)
    assert refusal == {"error": "Invalid date supplied"}
    assert (len(await written(ann)), await ann.get(PATH)) == (1, [])


async def test_what_could_not_be_posted_now_cannot_be_scheduled(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for broken, expect in (
        ({"status": " "}, 422),
        ({"status": "a" * 501}, 422),
        ({"status": "a", "in_reply_to_id": "1"}, 404),
        ({"status": "a", "poll": {"options": ["a"], "expires_in": 300}}, 422),
        ({"status": "a", "language": "klingon"}, 422),
    ):
        await ann.post("/api/v1/statuses", broken | {"scheduled_at": at(crowd, hours=1)}, expect=expect)
    assert await ann.get(PATH) == []


async def test_the_same_key_schedules_once(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    asked = {"status": "once", "scheduled_at": at(crowd, hours=1)}
    made = [await ann.post("/api/v1/statuses", asked, headers={"Idempotency-Key": "k"}) for _ in range(2)]
    assert made[0] == made[1]
    assert len(await ann.get(PATH)) == 1


async def test_pages_are_linked(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    made = [await ann.write(f"{n}", scheduled_at=at(crowd, hours=5 - n)) for n in range(3)]
    newest = [one["id"] for one in reversed(made)]
    answer = await ann.call("GET", f"{PATH}?limit=2")
    assert [one["id"] for one in answer.json()] == newest[:2]
    assert f"max_id={newest[1]}" in answer.headers["link"]
    assert f"min_id={newest[0]}" in answer.headers["link"]
    assert [one["id"] for one in await ann.get(f"{PATH}?limit=2&max_id={newest[1]}")] == newest[2:]


async def test_one_moves_and_removes_one_s_own_and_nobody_else_s(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    made = await ann.write("later", scheduled_at=at(crowd, hours=1))
    path = f"{PATH}/{made['id']}"
    moved = await ann.call("PUT", path, json={"scheduled_at": at(crowd, hours=2)})
    assert moved.json()["scheduled_at"] == "2026-03-01T14:00:00.000Z"
    assert (await ann.call("PATCH", path, json={})).json() == moved.json()
    await ann.call("PUT", path, json={"scheduled_at": at(crowd, minutes=4)}, expect=422)
    await ann.call("PUT", path, json={"scheduled_at": at(crowd, minutes=-4)}, expect=422)
    for method in ("GET", "PUT", "DELETE"):
        await bob.call(method, path, json={"scheduled_at": at(crowd, hours=3)} if method == "PUT" else None, expect=404)
        await crowd.nobody.call(method, path, expect=401)
    assert await bob.get(PATH) == []
    assert await ann.get(path) == moved.json()
    assert (await ann.call("DELETE", path)).json() == {}
    await ann.call("DELETE", path, expect=404)
    await ann.get(f"{PATH}/x", expect=404)


async def test_reading_needs_a_token_that_may_read_and_writing_one_that_may_write(crowd: Crowd) -> None:
    reader = await crowd.join("reader", scopes="read:statuses")
    writer = await crowd.join("writer", scopes="write:statuses")
    made = await writer.write("later", scheduled_at=at(crowd, hours=1))
    assert await reader.get(PATH) == []
    await writer.get(PATH, expect=403)
    await reader.call("DELETE", f"{PATH}/{made['id']}", expect=403)
    await writer.call("DELETE", f"{PATH}/{made['id']}")
