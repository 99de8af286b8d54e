"""Notifications, polls, markers and lists of marks through the API."""

from datetime import timedelta

from tests.faces.api.caller import Crowd


async def test_people_are_told_of_each_kind(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    post = await ann.write("hello")
    await crowd.follow(bob, ann)
    await bob.post(f"/api/v1/statuses/{post['id']}/favourite")
    await bob.post(f"/api/v1/statuses/{post['id']}/reblog")
    await bob.write("@ann look")
    await crowd.world.settle()
    told = await ann.get("/api/v1/notifications")
    assert sorted(one["type"] for one in told) == ["favourite", "follow", "mention", "reblog"]
    assert all("status" not in one for one in told if one["type"] == "follow")
    assert [one["type"] for one in await ann.get("/api/v1/notifications?types[]=follow")] == ["follow"]
    rest = await ann.get("/api/v1/notifications?exclude_types[]=follow&exclude_types[]=mention")
    assert sorted(one["type"] for one in rest) == ["favourite", "reblog"]
    assert (await ann.get("/api/v1/notifications/unread_count"))["count"] == 4
    await ann.post("/api/v1/markers", {"notifications": {"last_read_id": told[1]["id"]}})
    assert (await ann.get("/api/v1/notifications/unread_count"))["count"] == 1
    await ann.get(f"/api/v1/notifications/{told[0]['id']}")
    assert await ann.post(f"/api/v1/notifications/{told[0]['id']}/dismiss") == {}
    await ann.get(f"/api/v1/notifications/{told[0]['id']}", expect=404)
    assert await ann.post("/api/v1/notifications/clear") == {}
    assert await ann.get("/api/v1/notifications") == []


async def test_a_poll_is_voted_in_once(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    post = await ann.write("tea?", poll={"options": ["yes", "no"], "expires_in": 300, "hide_totals": True})
    path = f"/api/v1/polls/{post['poll']['id']}"
    voted = await bob.post(f"{path}/votes", {"choices": [1]})
    assert (voted["voted"], voted["own_votes"], voted["options"][1]["votes_count"]) == (True, [1], None)
    refusals = (
        (bob, [0], "You have already voted on this poll"),
        (ann, [0], "You cannot vote in your own polls"),
    )
    for who, choices, why in refusals:
        refusal = await who.post(f"{path}/votes", {"choices": choices}, expect=422)
        assert refusal["error"] == f"Validation failed: {why}"
    cat = await crowd.join("cat")
    refusal = await cat.post(f"{path}/votes", {"choices": [7]}, expect=422)
    assert refusal["error"] == "Validation failed: The chosen vote option does not exist"
    crowd.world.clock.advance(timedelta(minutes=6))
    refusal = await cat.post(f"{path}/votes", {"choices": [0]}, expect=422)
    assert refusal["error"] == "Validation failed: The poll has already ended"
    ended = await crowd.nobody.get(path)
    assert (ended["expired"], [option["votes_count"] for option in ended["options"]]) == (True, [0, 1])
    await crowd.world.settle()
    assert [one["type"] for one in await bob.get("/api/v1/notifications")] == ["poll"]


async def test_markers_grow_and_answer_what_was_sent(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    first = await ann.post("/api/v1/markers", {"home": {"last_read_id": "5"}})
    assert (set(first), first["home"]["version"]) == ({"home"}, 1)
    second = (await ann.call("POST", "/api/v1/markers", data={"home[last_read_id]": "9"})).json()
    assert (second["home"]["last_read_id"], second["home"]["version"]) == ("9", 2)
    assert set(await ann.get("/api/v1/markers?timeline[]=home&timeline[]=notifications")) == {"home"}


async def test_marks_are_listed_the_latest_first(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    older, newer = await bob.write("older"), await bob.write("newer")
    for kind, verb, flag in (("favourites", "favourite", "favourited"), ("bookmarks", "bookmark", "bookmarked")):
        for post in (newer, older):
            assert (await ann.post(f"/api/v1/statuses/{post['id']}/{verb}"))[flag]
        listed = await ann.call("GET", f"/api/v1/{kind}?limit=1")
        assert [post["id"] for post in listed.json()] == [older["id"]]
        rest = await ann.get(listed.links["next"]["url"].removeprefix("https://marula.example"))
        assert [post["id"] for post in rest] == [newer["id"]]


async def test_the_server_presents_itself(crowd: Crowd) -> None:
    instance = await crowd.nobody.get("/api/v2/instance")
    assert instance["version"].startswith("4.6.0")
    assert instance["configuration"]["urls"]["streaming"] == "wss://marula.example"
    assert (await crowd.nobody.get("/api/v1/instance"))["uri"] == "marula.example"
    assert await crowd.nobody.get("/api/v1/instance/rules") == []
    assert len(await crowd.nobody.get("/api/v1/instance/activity")) == 12
    assert await crowd.nobody.get("/api/v1/custom_emojis") == []
    ann = await crowd.join("ann")
    assert (await ann.get("/api/v1/preferences"))["posting:default:visibility"] == "public"


async def test_what_a_program_does_not_know_is_said_in_words(crowd: Crowd) -> None:
    """Spec: Mastodon documentation, methods/notifications (supported_types)"""
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await bob.call("PATCH", "/api/v1/accounts/update_credentials", json={"display_name": "B <b> & {co}"})
    await crowd.follow(bob, ann)
    await bob.write("@ann hello")
    await crowd.world.settle()
    async with crowd.world.ctx.db.transaction() as tx:
        await tx.run("update users set locale = 'de' where account_id = $1", ann.account)
    words = {"title": "B &lt;b&gt; &amp; {co} folgt dir jetzt", "summary": None, "description": None}
    known = {"supported_types[]": "mention"}
    told = {one["type"]: one for one in await ann.get("/api/v1/notifications", params=known)}
    assert told["follow"]["fallback"] == words
    assert "fallback" not in told["mention"]
    assert (await ann.get(f"/api/v1/notifications/{told['follow']['id']}", params=known))["fallback"] == words
    groups = {one["type"]: one for one in (await ann.get("/api/v2/notifications", params=known))["notification_groups"]}
    assert groups["follow"]["fallback"] == words
    assert "fallback" not in groups["mention"]
    path = f"/api/v2/notifications/{groups['follow']['group_key']}"
    assert (await ann.get(path, params=known))["notification_groups"][0]["fallback"] == words
    assert all("fallback" not in one for one in await ann.get("/api/v1/notifications"))
    assert all("fallback" not in one for one in (await ann.get("/api/v2/notifications"))["notification_groups"])
