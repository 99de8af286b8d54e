"""Policies of notifications and requests through the API."""

from datetime import timedelta

import pytest

from tests.faces.api.caller import Caller, Crowd

POLICY = "/api/v2/notifications/policy"
REQUESTS = "/api/v1/notifications/requests"


async def _set(who: Caller, **rules: str) -> None:
    await who.call("PATCH", POLICY, json=rules)


async def _kinds(who: Caller, query: str = "") -> list[str]:
    return [one["type"] for one in await who.get(f"/api/v1/notifications{query}")]


async def _held(crowd: Crowd) -> tuple[Caller, Caller, str]:
    """Somebody who filters those she does not follow; a stranger who named her twice; the id of the request."""
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await _set(ann, for_not_following="filter")
    await bob.write("@ann one")
    await crowd.world.settle()
    await bob.write("@ann two")
    await crowd.world.settle()
    [request] = await ann.get(REQUESTS)
    return ann, bob, request["id"]


async def test_a_policy_is_the_usual_one_until_it_is_changed(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    assert await ann.get(POLICY) == {
        "for_not_following": "accept",
        "for_not_followers": "accept",
        "for_new_accounts": "accept",
        "for_private_mentions": "filter",
        "for_limited_accounts": "filter",
        "for_bots": "accept",
        "summary": {"pending_requests_count": 0, "pending_notifications_count": 0},
    }
    await _set(ann, for_bots="drop")
    assert {(await ann.get(POLICY))[name] for name in ("for_bots", "for_limited_accounts")} == {"drop", "filter"}
    await ann.call("PATCH", POLICY, json={"for_bots": "perhaps"}, expect=422)
    assert (await ann.get("/api/v1/notifications/policy"))["filter_bots"]
    changed = await ann.call("PUT", "/api/v1/notifications/policy", json={"filter_bots": False})
    assert not changed.json()["filter_bots"]
    assert (await ann.get(POLICY))["for_bots"] == "accept"


async def test_what_is_filtered_waits_in_a_request(crowd: Crowd) -> None:
    ann, bob, identifier = await _held(crowd)
    assert await _kinds(ann) == []
    assert await _kinds(ann, "?include_filtered=true") == ["mention", "mention"]
    request = await ann.get(f"{REQUESTS}/{identifier}")
    assert request["notifications_count"] == "2"
    assert request["account"]["id"] == str(bob.account)
    assert "two" in request["last_status"]["content"]
    assert (await ann.get(POLICY))["summary"] == {"pending_requests_count": 1, "pending_notifications_count": 2}
    assert (await ann.get("/api/v2/notifications"))["notification_groups"] == []
    assert (await ann.get("/api/v2/notifications/unread_count"))["count"] == 0
    filtered = await ann.get("/api/v2/notifications?include_filtered=true")
    assert len(filtered["notification_groups"]) == 2


async def test_accepting_shows_what_was_held_back_and_all_that_comes(crowd: Crowd) -> None:
    ann, bob, identifier = await _held(crowd)
    assert await ann.post(f"{REQUESTS}/{identifier}/accept") == {}
    assert await ann.get(f"{REQUESTS}/merged") == {"merged": False}
    assert await ann.get(REQUESTS) == []
    await crowd.world.settle()
    assert await ann.get(f"{REQUESTS}/merged") == {"merged": True}
    assert await _kinds(ann) == ["mention", "mention"]
    assert len(await crowd.world.facts("NotificationsMerged")) == 1
    await bob.write("@ann three")
    await crowd.world.settle()
    assert await _kinds(ann) == ["mention", "mention", "mention"]


async def test_dismissing_forgets_what_was_held_back(crowd: Crowd) -> None:
    ann, bob, identifier = await _held(crowd)
    assert await ann.post(f"{REQUESTS}/{identifier}/dismiss") == {}
    await crowd.world.settle()
    assert await _kinds(ann, "?include_filtered=true") == []
    await bob.write("@ann three")
    await crowd.world.settle()
    [request] = await ann.get(REQUESTS)
    assert request["notifications_count"] == "1"


async def test_several_are_settled_at_once(crowd: Crowd) -> None:
    ann, bob, first = await _held(crowd)
    cat = await crowd.join("cat")
    await cat.write("@ann me too")
    await crowd.world.settle()
    ids = [one["id"] for one in await ann.get(REQUESTS)]
    assert ids[1] == first
    page = await ann.call("GET", f"{REQUESTS}?limit=1")
    assert [one["id"] for one in await ann.get(page.links["next"]["url"].removeprefix("https://marula.example"))] == [
        first
    ]
    await bob.post(f"{REQUESTS}/accept", {"id": ids})
    assert len(await ann.get(REQUESTS)) == 2
    assert await ann.post(f"{REQUESTS}/accept", {"id": [ids[0]]}) == {}
    assert await ann.post(f"{REQUESTS}/dismiss", {"id": [ids[1], ids[0], "7"]}) == {}
    await crowd.world.settle()
    assert [one["account"]["id"] for one in await ann.get("/api/v1/notifications?include_filtered=true")] == [
        str(cat.account)
    ]


async def test_requests_of_others_are_not_found(crowd: Crowd) -> None:
    ann, bob, identifier = await _held(crowd)
    for method, path in (("GET", ""), ("POST", "/accept"), ("POST", "/dismiss")):
        await bob.call(method, f"{REQUESTS}/{identifier}{path}", expect=404)
        await ann.call(method, f"{REQUESTS}/1{path}", expect=404)
    assert len(await ann.get(REQUESTS)) == 1


@pytest.mark.parametrize("rule", ["for_not_following", "for_not_followers", "for_new_accounts"])
async def test_each_rule_drops_what_it_is_about(crowd: Crowd, rule: str) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await _set(ann, **{rule: "drop"})
    await bob.write("@ann hello")
    await crowd.world.settle()
    assert await _kinds(ann, "?include_filtered=true") == []
    assert await ann.get(REQUESTS) == []


async def test_those_one_follows_are_heard(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await crowd.follow(ann, bob)
    await _set(ann, for_not_following="drop", for_new_accounts="drop", for_private_mentions="drop", for_bots="drop")
    await bob.write("@ann hello", visibility="direct")
    await crowd.world.settle()
    assert await _kinds(ann) == ["mention"]


async def test_those_who_follow_for_three_days_are_heard(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await crowd.follow(bob, ann)
    await ann.post("/api/v1/notifications/clear")
    await _set(ann, for_not_followers="filter")
    await bob.write("@ann hello")
    await crowd.world.settle()
    assert await _kinds(ann) == []
    crowd.world.clock.advance(timedelta(days=4))
    await bob.write("@ann hello again")
    await crowd.world.settle()
    assert await _kinds(ann) == ["mention"]


async def test_accounts_are_new_for_thirty_days(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await _set(ann, for_new_accounts="filter")
    crowd.world.clock.advance(timedelta(days=31))
    await bob.write("@ann hello")
    await crowd.world.settle()
    assert await _kinds(ann) == ["mention"]


async def test_private_mentions_wait_unless_they_answer(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await bob.write("@ann unasked", visibility="direct")
    await crowd.world.settle()
    assert await _kinds(ann) == []
    question = await ann.write("@bob yes?", visibility="direct")
    await bob.write("@ann well", visibility="direct", in_reply_to_id=question["id"])
    await crowd.world.settle()
    assert await _kinds(ann) == ["mention"]


@pytest.mark.parametrize(
    ("rule", "change"),
    [("for_limited_accounts", "silenced_at = now()"), ("for_bots", "actor_type = 'Service'")],
)
async def test_limited_accounts_and_bots_are_held_back(crowd: Crowd, rule: str, change: str) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    async with crowd.world.ctx.db.transaction() as tx:
        await tx.run(f"update accounts set {change} where id = $1", bob.account)
    await _set(ann, **{rule: "filter"})
    await bob.write("@ann hello")
    await crowd.world.settle()
    assert await _kinds(ann) == []
    await _set(ann, **{rule: "accept"})
    await bob.write("@ann hello again")
    await crowd.world.settle()
    assert await _kinds(ann) == ["mention"]


async def test_clearing_takes_requests_away(crowd: Crowd) -> None:
    ann, _, _ = await _held(crowd)
    await ann.post("/api/v1/notifications/clear")
    assert await ann.get(REQUESTS) == []
    assert (await ann.get(POLICY))["summary"] == {"pending_requests_count": 0, "pending_notifications_count": 0}
