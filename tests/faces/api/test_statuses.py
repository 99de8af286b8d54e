"""Posts through the API."""

from datetime import timedelta

import pytest

from tests.faces.api.caller import Crowd

SEEN_BY = {
    "public": {"author", "follower", "stranger", "named", "nobody"},
    "unlisted": {"author", "follower", "stranger", "named", "nobody"},
    "private": {"author", "follower", "named"},
    "direct": {"author", "named"},
}


@pytest.mark.parametrize("visibility", list(SEEN_BY))
async def test_a_post_is_seen_by_those_it_is_for_and_by_nobody_else(crowd: Crowd, visibility: str) -> None:
    author, follower = await crowd.join("author"), await crowd.join("follower")
    people = {
        "author": author,
        "follower": follower,
        "stranger": await crowd.join("stranger"),
        "named": await crowd.join("named"),
        "nobody": crowd.nobody,
    }
    blocked = await crowd.join("blocked")
    await crowd.follow(follower, author)
    await author.post(f"/api/v1/accounts/{blocked.account}/block")
    post = await author.write("hello @named", visibility=visibility)
    for who, caller in people.items():
        for path in ("", "/context", "/history"):
            expect = 200 if who in SEEN_BY[visibility] else 404
            await caller.get(f"/api/v1/statuses/{post['id']}{path}", expect=expect)
    assert await blocked.get(f"/api/v1/statuses/{post['id']}", expect=404) == {"error": "Not Found"}


async def test_the_same_key_gives_the_same_post(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    first = await ann.post("/api/v1/statuses", {"status": "once"}, headers={"Idempotency-Key": "k"})
    again = await ann.post("/api/v1/statuses", {"status": "once"}, headers={"Idempotency-Key": "k"})
    assert first["id"] == again["id"]
    assert len(await ann.get(f"/api/v1/accounts/{ann.account}/statuses")) == 1


async def test_an_empty_post_is_refused_in_words(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    refusal = await ann.post("/api/v1/statuses", {"status": " "}, expect=422)
    assert refusal["error"] == "Validation failed: Text can't be blank"


async def test_a_post_that_is_too_long_is_refused(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    assert (
        "character limit of 500 exceeded"
        in (await ann.post("/api/v1/statuses", {"status": "a" * 501}, expect=422))["error"]
    )
    await ann.write("a" * 470 + " https://example.org/" + "b" * 300)


async def test_parameters_come_as_form_multipart_json_and_query(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    fields = {"status": "which?", "poll[options][]": ["a", "b"], "poll[expires_in]": "300", "poll[multiple]": "1"}
    by_form = await ann.call("POST", "/api/v1/statuses", data=fields)
    by_query = await ann.call("POST", "/api/v1/statuses", params=fields)
    by_parts = await ann.call("POST", "/api/v1/statuses", data=fields, files={"ignored": ("x.txt", b"x")})
    by_json = await ann.call(
        "POST",
        "/api/v1/statuses",
        json={"status": "which?", "poll": {"options": ["a", "b"], "expires_in": 300, "multiple": True}, "unknown": 1},
    )
    for answer in (by_form, by_query, by_parts, by_json):
        poll = answer.json()["poll"]
        assert [option["title"] for option in poll["options"]] == ["a", "b"]
        assert poll["multiple"]


async def test_an_edit_keeps_what_was_said_and_cannot_change_the_audience(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("frist", visibility="unlisted")
    path = f"/api/v1/statuses/{post['id']}"
    edited = (await ann.call("PUT", path, json={"status": "first", "visibility": "public"})).json()
    assert edited["edited_at"] is not None
    assert edited["visibility"] == "unlisted"
    assert [version["content"] for version in await ann.get(f"{path}/history")] == ["<p>frist</p>", "<p>first</p>"]
    assert (await ann.get(f"{path}/source"))["text"] == "first"
    bob = await crowd.join("bob")
    await bob.call("PUT", path, json={"status": "mine"}, expect=404)


async def test_a_deleted_post_answers_with_its_text_and_is_gone(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("draft me #again")
    gone = (await ann.call("DELETE", f"/api/v1/statuses/{post['id']}")).json()
    assert gone["text"] == "draft me #again"
    assert "content" not in gone
    await ann.get(f"/api/v1/statuses/{post['id']}", expect=404)


async def test_a_boost_holds_the_post_and_undoing_it_gives_the_post(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    post = await ann.write("share")
    path = f"/api/v1/statuses/{post['id']}"
    boost = await bob.post(f"{path}/reblog")
    assert boost["id"] != post["id"]
    assert boost["reblog"]["id"] == post["id"]
    assert boost["reblog"]["reblogs_count"] == 1
    assert (await bob.post(f"{path}/reblog"))["id"] == boost["id"]
    assert (await bob.post(f"/api/v1/statuses/{boost['id']}/favourite"))["id"] == post["id"]
    undone = await bob.post(f"{path}/unreblog")
    assert (undone["id"], undone["reblogged"], undone["reblogs_count"]) == (post["id"], False, 0)


async def test_a_followers_only_post_is_boosted_by_its_author_only(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await crowd.follow(bob, ann)
    post = await ann.write("for friends", visibility="private")
    refusal = await bob.post(f"/api/v1/statuses/{post['id']}/reblog", expect=403)
    assert refusal == {"error": "This action is not allowed"}
    assert (await ann.post(f"/api/v1/statuses/{post['id']}/reblog"))["visibility"] == "private"


async def test_pins_have_reasons_why_not(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    direct = await ann.write("psst @bob", visibility="direct")
    theirs = await bob.write("mine")
    for post, why in (
        (direct, "Posts that are only visible to mentioned users cannot be pinned"),
        (theirs, "Someone else's post cannot be pinned"),
    ):
        refusal = await ann.post(f"/api/v1/statuses/{post['id']}/pin", expect=422)
        assert refusal["error"] == f"Validation failed: {why}"
    own = await ann.write("top")
    assert (await ann.post(f"/api/v1/statuses/{own['id']}/pin"))["pinned"]
    assert [post["id"] for post in await bob.get(f"/api/v1/accounts/{ann.account}/statuses?pinned=true")] == [own["id"]]


async def test_a_thread_is_read_from_both_ends(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    root = await ann.write("root")
    answer = await bob.write("@ann answer", in_reply_to_id=root["id"])
    leaf = await ann.write("@bob leaf", in_reply_to_id=answer["id"])
    context = await crowd.nobody.get(f"/api/v1/statuses/{answer['id']}/context")
    assert [post["id"] for post in context["ancestors"]] == [root["id"]]
    assert [post["id"] for post in context["descendants"]] == [leaf["id"]]
    assert (await ann.get(f"/api/v1/statuses/{root['id']}"))["replies_count"] == 1


async def test_bulk_leaves_out_what_is_hidden_and_refuses_too_many(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    public, direct = await ann.write("open"), await ann.write("closed", visibility="direct")
    query = f"?id[]={public['id']}&id[]={direct['id']}&id[]=1"
    assert [post["id"] for post in await crowd.nobody.get(f"/api/v1/statuses{query}")] == [public["id"]]
    await crowd.nobody.get("/api/v1/statuses?" + "&".join(f"id[]={n}" for n in range(21)), expect=422)


async def test_a_file_that_is_not_there_cannot_be_posted(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    refusal = await ann.post("/api/v1/statuses", {"status": "x", "media_ids": ["1"]}, expect=422)
    assert refusal["error"].endswith(": 1")
    assert await ann.get(f"/api/v1/accounts/{ann.account}/statuses") == []


async def test_a_post_names_only_those_it_is_meant_for(crowd: Crowd) -> None:
    ann, bob, cat = await crowd.join("ann"), await crowd.join("bob"), await crowd.join("cat")
    wanted = {"status": "@bob @cat @nobody hello", "allowed_mentions": [str(bob.account)]}
    for sent in ({"json": wanted}, {"data": {"status": wanted["status"], "allowed_mentions[]": str(bob.account)}}):
        refused = (await ann.call("POST", "/api/v1/statuses", expect=422, **sent)).json()
        assert refused["error"] == "Post would be sent to unexpected accounts"
        assert [one["id"] for one in refused["unexpected_accounts"]] == [str(cat.account)]
    refused = await ann.post("/api/v1/statuses", {"status": "@bob", "allowed_mentions": []}, expect=422)
    assert [one["acct"] for one in refused["unexpected_accounts"]] == ["bob"]
    assert await ann.get(f"/api/v1/accounts/{ann.account}/statuses") == []
    both = [str(bob.account), str(cat.account), "nonsense"]
    assert len((await ann.write("@bob @cat", allowed_mentions=both))["mentions"]) == 2
    assert (await ann.write("nobody", allowed_mentions=[]))["mentions"] == []


async def test_a_post_to_come_keeps_whom_it_may_name(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    moment = (crowd.world.clock.now() + timedelta(hours=1)).isoformat()
    await ann.post("/api/v1/statuses", {"status": "@bob", "allowed_mentions": [], "scheduled_at": moment}, expect=422)
    some = [str(bob.account)]
    made = await ann.write("@bob @cat", allowed_mentions=some, scheduled_at=moment)
    assert made["params"]["allowed_mentions"] == some
    await crowd.join("cat")
    crowd.world.clock.advance(timedelta(hours=1))
    await crowd.world.settle()
    assert await ann.get(f"/api/v1/accounts/{ann.account}/statuses") == []
    assert len(await ann.get("/api/v1/scheduled_statuses")) == 1
