"""What one did with a post that one can no longer see, and what one may not do with it."""

import pytest

from tests.faces.api.caller import Crowd


@pytest.mark.parametrize(
    ("verb", "undo", "flag"),
    [
        ("favourite", "unfavourite", "favourited"),
        ("bookmark", "unbookmark", "bookmarked"),
        ("reblog", "unreblog", "reblogged"),
    ],
)
async def test_a_mark_on_a_post_that_is_hidden_by_now_can_be_taken_back(
    crowd: Crowd, verb: str, undo: str, flag: str
) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    marked, other = await ann.write("marked"), await ann.write("never marked")
    await bob.post(f"/api/v1/statuses/{marked['id']}/{verb}")
    await ann.post(f"/api/v1/accounts/{bob.account}/block")
    await bob.get(f"/api/v1/statuses/{marked['id']}", expect=404)
    undone = await bob.post(f"/api/v1/statuses/{marked['id']}/{undo}")
    assert (undone["id"], undone[flag]) == (marked["id"], False)
    for again in (marked, other):
        await bob.post(f"/api/v1/statuses/{again['id']}/{undo}", expect=404)


async def test_whoever_blocks_an_author_does_nothing_the_author_hears_of(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    post = await ann.write("tea?", poll={"options": ["yes", "no"], "expires_in": 300})
    await bob.post(f"/api/v1/accounts/{ann.account}/block")
    for verb in ("favourite", "reblog"):
        refusal = await bob.post(f"/api/v1/statuses/{post['id']}/{verb}", expect=403)
        assert refusal["error"] == "This action is not allowed"
    await bob.post(f"/api/v1/polls/{post['poll']['id']}/votes", {"choices": [0]}, expect=403)
    assert (await bob.post(f"/api/v1/statuses/{post['id']}/bookmark"))["bookmarked"]


async def test_a_boost_cannot_be_edited_and_can_be_deleted(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    post = await ann.write("share")
    boost = await bob.post(f"/api/v1/statuses/{post['id']}/reblog")
    await bob.call("PUT", f"/api/v1/statuses/{boost['id']}", json={"status": "mine"}, expect=404)
    await bob.call("DELETE", f"/api/v1/statuses/{boost['id']}")
    assert (await ann.get(f"/api/v1/statuses/{post['id']}"))["reblogs_count"] == 0


async def test_one_shares_ones_own_quiet_post_with_the_same_readers_only(crowd: Crowd) -> None:
    ann, bob, cat = await crowd.join("ann"), await crowd.join("bob"), await crowd.join("cat")
    await crowd.follow(bob, ann)
    post = await ann.write("quiet", visibility="private")
    path = f"/api/v1/statuses/{post['id']}"
    boost = await ann.post(f"{path}/reblog", {"visibility": "public"})
    assert boost["visibility"] == "private"
    await bob.get(f"/api/v1/statuses/{boost['id']}")
    await cat.get(f"/api/v1/statuses/{boost['id']}", expect=404)
    await bob.post(f"{path}/reblog", expect=403)
    assert await bob.get(f"{path}/reblogged_by") == []


async def test_who_boosted_quietly_is_not_told(crowd: Crowd) -> None:
    ann, bob, cat = await crowd.join("ann"), await crowd.join("bob"), await crowd.join("cat")
    post = await ann.write("share")
    path = f"/api/v1/statuses/{post['id']}"
    await bob.post(f"{path}/reblog", {"visibility": "private"})
    await cat.post(f"{path}/reblog")
    assert [one["acct"] for one in await ann.get(f"{path}/reblogged_by")] == ["cat"]


async def test_lists_of_people_leave_out_those_one_has_nothing_to_do_with(crowd: Crowd) -> None:
    ann, bob, cat, dan = [await crowd.join(name) for name in ("ann", "bob", "cat", "dan")]
    post = await ann.write("liked")
    path = f"/api/v1/statuses/{post['id']}"
    for fan in (bob, cat):
        await crowd.follow(fan, ann)
        await crowd.follow(ann, fan)
        await fan.post(f"{path}/favourite")
        await fan.post(f"{path}/reblog")
    await dan.post(f"/api/v1/accounts/{bob.account}/block")
    lists = ("followers", "following")
    for listing in (*(f"/api/v1/accounts/{ann.account}/{name}" for name in lists), f"{path}/favourited_by"):
        assert [one["acct"] for one in await dan.get(listing)] == ["cat"]
        assert [one["acct"] for one in await bob.get(listing)] == ["cat", "bob"]
        assert [one["acct"] for one in await crowd.nobody.get(listing)] == ["cat", "bob"]
    assert [one["acct"] for one in await dan.get(f"{path}/reblogged_by")] == ["cat"]


async def test_a_boost_of_what_one_may_not_see_is_not_there(crowd: Crowd) -> None:
    ann, bob, cat = await crowd.join("ann"), await crowd.join("bob"), await crowd.join("cat")
    post = await ann.write("share")
    boost = await bob.post(f"/api/v1/statuses/{post['id']}/reblog")
    await ann.post(f"/api/v1/accounts/{cat.account}/block")
    for path in ("", "/context", "/history", "/source", "/reblogged_by", "/favourited_by"):
        await cat.get(f"/api/v1/statuses/{boost['id']}{path}", expect=404)
