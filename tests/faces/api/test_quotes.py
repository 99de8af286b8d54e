"""Quotes through the API."""

from typing import Any

import pytest

from marula.base.db import statements_run
from tests.faces.api.caller import Caller, Crowd

POSTS = "/api/v1/statuses"
ONE_ANSWER = {"error": "The post you are trying to quote does not appear to exist."}


async def quote(who: Caller, post: Any, text: str = "hear hear", **more: Any) -> Any:
    return await who.write(text, quoted_status_id=post["id"], **more)


async def told(who: Caller, kind: str) -> list[Any]:
    return await who.get(f"/api/v1/notifications?types[]={kind}")


async def test_a_quote_holds_the_quoted_post_and_inside_that_only_an_id(crowd: Crowd) -> None:
    ann, bob, cat = [await crowd.join(name) for name in ("ann", "bob", "cat")]
    first = await ann.write("first")
    second = await quote(bob, first)
    third = await quote(cat, second)
    assert second["quote"]["state"] == "accepted"
    assert (second["quote"]["quoted_status"]["id"], second["quote"]["quoted_status"]["quote"]) == (first["id"], None)
    inner = third["quote"]["quoted_status"]
    assert (inner["id"], inner["quote"]) == (second["id"], {"state": "accepted", "quoted_status_id": first["id"]})
    for viewer in (ann, crowd.nobody):
        shown = await viewer.get(f"{POSTS}/{third['id']}")
        assert shown["quote"]["quoted_status"]["content"] == second["content"]
    assert (await ann.get(f"{POSTS}/{first['id']}"))["quotes_count"] == 1
    boost = await ann.post(f"{POSTS}/{third['id']}/reblog")
    assert boost["quote"] is None
    assert boost["reblog"]["quote"]["quoted_status"]["id"] == second["id"]


async def test_quotes_come_in_timelines_with_a_constant_number_of_statements(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await crowd.follow(ann, bob)
    path = f"/api/v1/accounts/{bob.account}/statuses"
    counts: list[int] = []
    said = await ann.write("said")
    await ann.get(path)  # the first look at somebody asks where they are from
    for _ in range(3):
        for _ in range(4):
            said = await quote(bob, said)
        with statements_run() as count:
            page = await ann.get(path)
        counts.append(count())
        assert all(post["quote"]["state"] == "accepted" for post in page)
    assert len(set(counts)) == 1


async def test_a_refused_quote_is_told_in_the_words_of_a_post_that_is_not_there(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    closed = await ann.write("mine", quote_approval_policy="nobody")
    secret = await ann.write("secret", visibility="private")
    for target in (closed, secret, {"id": "1"}):
        asked = {"status": "x", "quoted_status_id": target["id"]}
        assert await bob.post(POSTS, asked, expect=404) == ONE_ANSWER
    await bob.post(POSTS, {"status": "x", "quoted_status_id": "nonsense"}, expect=422)
    assert await bob.get(f"/api/v1/accounts/{bob.account}/statuses") == []


async def test_who_may_quote_is_told_to_each(crowd: Crowd) -> None:
    ann, bob, cat = [await crowd.join(name) for name in ("ann", "bob", "cat")]
    await crowd.follow(bob, ann)
    for policy, automatic, told_to in (
        ("public", ["public"], ("automatic", "automatic", "automatic", "denied")),
        ("followers", ["followers"], ("automatic", "automatic", "denied", "denied")),
        ("nobody", [], ("automatic", "denied", "denied", "denied")),
    ):
        post = await ann.write("mine", quote_approval_policy=policy)
        for viewer, current_user in zip((ann, bob, cat, crowd.nobody), told_to, strict=True):
            shown = await viewer.get(f"{POSTS}/{post['id']}")
            assert shown["quote_approval"] == {"automatic": automatic, "manual": [], "current_user": current_user}


async def test_the_policy_is_what_one_prefers_until_one_says_otherwise(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await ann.call("PATCH", "/api/v1/accounts/update_credentials", json={"source": {"quote_policy": "followers"}})
    post = await ann.write("mine")
    assert post["quote_approval"]["automatic"] == ["followers"]
    path = f"{POSTS}/{post['id']}"
    edited = (await ann.call("PUT", path, json={"status": "edited", "quote_approval_policy": "nobody"})).json()
    assert edited["quote_approval"]["automatic"] == []
    edited = (await ann.call("PUT", path, json={"status": "edited again"})).json()
    assert edited["quote_approval"]["automatic"] == []
    for method in ("PUT", "PATCH"):
        policy = f"{path}/interaction_policy"
        changed = (await ann.call(method, policy, json={"quote_approval_policy": "public"})).json()
        assert changed["quote_approval"]["automatic"] == ["public"]
        assert changed["edited_at"] == edited["edited_at"]
        await ann.call(method, policy, json={"quote_approval_policy": "friends"}, expect=422)
        await bob.call(method, policy, json={"quote_approval_policy": "nobody"}, expect=403)
    secret = await ann.write("secret", visibility="private")
    policy = f"{POSTS}/{secret['id']}/interaction_policy"
    await bob.call("PUT", policy, json={"quote_approval_policy": "public"}, expect=404)
    shown = (await ann.call("PUT", policy, json={"quote_approval_policy": "public"})).json()
    assert shown["quote_approval"] == {"automatic": [], "manual": [], "current_user": "automatic"}


async def test_a_hidden_post_shows_nothing_of_itself_in_what_quotes_it(crowd: Crowd) -> None:
    ann, bob, cat = [await crowd.join(name) for name in ("ann", "bob", "cat")]
    await crowd.follow(bob, ann)
    secret = await ann.write("the treasure", visibility="private")
    around = await quote(ann, secret, "guess @cat", visibility="direct")
    for viewer in (cat,):
        shown = await viewer.call("GET", f"{POSTS}/{around['id']}")
        assert shown.json()["quote"] == {"state": "unauthorized", "quoted_status": None}
        assert "treasure" not in shown.text
    open_ = await ann.write("the open treasure")
    around = await quote(bob, open_)
    outer = await quote(bob, around)
    await ann.post(f"/api/v1/accounts/{cat.account}/block")
    shown = await cat.call("GET", f"{POSTS}/{around['id']}")
    assert shown.json()["quote"] == {"state": "unauthorized", "quoted_status": None}
    assert "treasure" not in shown.text
    inner = (await cat.get(f"{POSTS}/{outer['id']}"))["quote"]["quoted_status"]
    assert inner["quote"] == {"state": "unauthorized", "quoted_status_id": None}


@pytest.mark.parametrize(("deed", "state"), [("block", "blocked_account"), ("mute", "muted_account")])
async def test_what_one_blocked_or_muted_is_marked_for_the_client_to_hide(crowd: Crowd, deed: str, state: str) -> None:
    ann, bob, cat = [await crowd.join(name) for name in ("ann", "bob", "cat")]
    said = await ann.write("said")
    around = await quote(bob, said)
    outer = await quote(bob, around)
    await cat.post(f"/api/v1/accounts/{ann.account}/{deed}")
    shown = (await cat.get(f"{POSTS}/{around['id']}"))["quote"]
    assert (shown["state"], shown["quoted_status"]["id"]) == (state, said["id"])
    inner = (await cat.get(f"{POSTS}/{outer['id']}"))["quote"]["quoted_status"]["quote"]
    assert inner == {"state": state, "quoted_status_id": said["id"]}
    assert (await bob.get(f"{POSTS}/{around['id']}"))["quote"]["state"] == "accepted"


async def test_at_home_a_quote_of_somebody_blocked_stays_and_one_of_a_blocker_shows_nothing(crowd: Crowd) -> None:
    ann, bob, cat = [await crowd.join(name) for name in ("ann", "bob", "cat")]
    await crowd.follow(cat, bob)
    around = await quote(bob, await ann.write("the treasure"))
    await crowd.world.settle()
    await cat.post(f"/api/v1/accounts/{ann.account}/block")
    (shown,) = await cat.get("/api/v1/timelines/home")
    assert (shown["id"], shown["quote"]["state"]) == (around["id"], "blocked_account")
    await cat.post(f"/api/v1/accounts/{ann.account}/unblock")
    await ann.post(f"/api/v1/accounts/{cat.account}/block")
    for path in ("/api/v1/timelines/home", "/api/v1/timelines/public"):
        hidden = await cat.call("GET", path)
        assert [one["quote"] for one in hidden.json()] == [{"state": "unauthorized", "quoted_status": None}]
        assert "treasure" not in hidden.text


async def test_what_is_gone_is_told_to_be_gone(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    said = await ann.write("said")
    around = await quote(bob, said)
    await ann.call("DELETE", f"{POSTS}/{said['id']}")
    assert (await ann.get(f"{POSTS}/{around['id']}"))["quote"] == {"state": "deleted", "quoted_status": None}


async def test_quotes_are_listed_for_those_who_may_see_them_and_paged_by_a_hidden_id(crowd: Crowd) -> None:
    ann, bob, cat = [await crowd.join(name) for name in ("ann", "bob", "cat")]
    said = await ann.write("said")
    made = [await quote(bob, said, visibility=reach) for reach in ("public", "private", "unlisted", "direct")]
    path = f"{POSTS}/{said['id']}/quotes"
    assert [post["id"] for post in await bob.get(path)] == [post["id"] for post in reversed(made)]
    assert [post["id"] for post in await cat.get(path)] == [made[2]["id"], made[0]["id"]]
    page = await bob.call("GET", f"{path}?limit=2")
    assert [post["id"] for post in page.json()] == [made[3]["id"], made[2]["id"]]
    assert "since_id=" in page.headers["link"]
    following = page.links["next"]["url"]
    assert made[2]["id"] not in following
    assert [post["id"] for post in await bob.get(following)] == [made[1]["id"], made[0]["id"]]
    await crowd.nobody.get(path, expect=401)
    await cat.get(f"{POSTS}/1/quotes", expect=404)
    secret = await ann.write("secret", visibility="private")
    await cat.get(f"{POSTS}/{secret['id']}/quotes", expect=404)


async def test_only_the_author_of_the_quoted_post_withdraws_consent(crowd: Crowd) -> None:
    ann, bob, cat = [await crowd.join(name) for name in ("ann", "bob", "cat")]
    said, other = await ann.write("said"), await ann.write("other")
    around = await quote(bob, said)
    path = f"{POSTS}/{said['id']}/quotes/{around['id']}/revoke"
    await cat.post(path, expect=403)
    await bob.post(path, expect=403)
    await ann.post(f"{POSTS}/{other['id']}/quotes/{around['id']}/revoke", expect=404)
    await ann.post(f"{POSTS}/{said['id']}/quotes/{other['id']}/revoke", expect=404)
    for _ in range(2):
        shown = await ann.post(path)
        assert (shown["id"], shown["quote"]) == (around["id"], {"state": "revoked", "quoted_status": None})
    assert await ann.get(f"{POSTS}/{said['id']}/quotes") == []
    assert (await ann.get(f"{POSTS}/{said['id']}"))["quotes_count"] == 0
    [version] = await bob.get(f"{POSTS}/{around['id']}/history")
    assert version["quote"] == {"state": "revoked", "quoted_status": None}
    gone = (await bob.call("DELETE", f"{POSTS}/{around['id']}")).json()
    assert gone["quote"]["quoted_status"]["id"] == said["id"]


async def test_who_quoted_and_then_blocked_is_not_safe_from_that(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    said = await ann.write("said")
    around = await quote(bob, said)
    await bob.post(f"/api/v1/accounts/{ann.account}/block")
    await ann.post(f"{POSTS}/{said['id']}/quotes/{around['id']}/revoke", expect=404)
    assert (await crowd.nobody.get(f"{POSTS}/{around['id']}"))["quote"]["state"] == "revoked"


async def test_authors_are_told_of_quotes_and_quoters_of_edits(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    said = await ann.write("said")
    around = await quote(bob, said)
    await quote(ann, said)
    await crowd.world.settle()
    [one] = await told(ann, "quote")
    assert (one["account"]["id"], one["status"]["id"]) == (str(bob.account), around["id"])
    for text in ("edited", "edited again"):
        await ann.call("PUT", f"{POSTS}/{said['id']}", json={"status": text})
        await crowd.world.settle()
    [one] = await told(bob, "quoted_update")
    assert (one["account"]["id"], one["status"]["id"]) == (str(ann.account), said["id"])
    assert await told(ann, "quoted_update") == []
    await ann.post(f"{POSTS}/{said['id']}/quotes/{around['id']}/revoke")
    await crowd.world.settle()
    assert await told(ann, "quote") == []
    await ann.call("PUT", f"{POSTS}/{said['id']}", json={"status": "once more"})
    await crowd.world.settle()
    assert await told(bob, "quoted_update") == []


async def test_the_source_of_a_quote_is_what_was_written(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    around = await quote(ann, await ann.write("said"), "look")
    assert (await ann.get(f"{POSTS}/{around['id']}/source"))["text"] == "look"


async def test_a_quote_may_be_scheduled_and_is_judged_when_its_time_comes(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    said = await ann.write("said")
    made = await quote(bob, said, scheduled_at="2026-03-01T13:00:00Z")
    assert made["params"]["quoted_status_id"] == said["id"]
    await ann.call("PUT", f"{POSTS}/{said['id']}/interaction_policy", json={"quote_approval_policy": "nobody"})
    crowd.world.clock.moment = crowd.world.clock.moment.replace(hour=13)
    await crowd.world.settle()
    assert await bob.get(f"/api/v1/accounts/{bob.account}/statuses") == []
    [row] = await crowd.world.rows("select failure from scheduled_posts")
    assert row["failure"] == ONE_ANSWER["error"]
