"""Direct threads through the API."""

from typing import Any

from marula.base.db import statements_run
from marula.domain import accounts
from tests.faces.api.caller import Caller, Crowd


async def tell(who: Caller, text: str, **more: Any) -> Any:
    return await who.write(text, visibility="direct", **more)


async def test_a_thread_is_shown_with_its_people_and_its_last_post(crowd: Crowd) -> None:
    ann, bob, cat = await crowd.join("ann"), await crowd.join("bob"), await crowd.join("cat")
    post = await tell(ann, "@bob hello")
    await crowd.world.settle()
    [anns], [bobs] = await ann.get("/api/v1/conversations"), await bob.get("/api/v1/conversations")
    assert ([one["acct"] for one in anns["accounts"]], anns["unread"]) == (["bob"], False)
    assert ([one["acct"] for one in bobs["accounts"]], bobs["unread"]) == (["ann"], True)
    assert anns["last_status"]["id"] == bobs["last_status"]["id"] == post["id"]
    assert anns["id"] != bobs["id"]
    assert await cat.get("/api/v1/conversations") == []


async def test_who_writes_to_nobody_talks_to_themselves(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await tell(ann, "buy milk")
    await crowd.world.settle()
    [thread] = await ann.get("/api/v1/conversations")
    assert [one["acct"] for one in thread["accounts"]] == ["ann"]


async def test_who_wrote_to_people_who_are_gone_talks_to_themselves(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await tell(ann, "@bob hello")
    await crowd.world.settle()
    assert bob.account is not None
    async with crowd.world.ctx.db.transaction() as tx:
        gone = await accounts.by_id(tx, bob.account)
        assert gone is not None
        await accounts.delete(tx, gone)
    await crowd.world.settle()
    [thread] = await ann.get("/api/v1/conversations")
    assert [one["acct"] for one in thread["accounts"]] == ["ann"]


async def test_threads_are_paged_by_their_last_posts(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    written: list[str] = []
    for name in ("bob", "cat", "dan"):
        await crowd.join(name)
        written.append((await tell(ann, f"@{name} hello"))["id"])
    await crowd.world.settle()
    first = await ann.call("GET", "/api/v1/conversations?limit=2")
    assert [one["last_status"]["id"] for one in first.json()] == [written[2], written[1]]
    assert first.links["next"]["url"].endswith(f"?limit=2&max_id={written[1]}")
    assert first.links["prev"]["url"].endswith(f"?limit=2&min_id={written[2]}")
    rest = await ann.get(first.links["next"]["url"])
    assert [one["last_status"]["id"] for one in rest] == [written[0]]


async def test_a_thread_is_marked_as_read_and_unread(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await tell(ann, "@bob hello")
    await crowd.world.settle()
    [thread] = await bob.get("/api/v1/conversations")
    path = f"/api/v1/conversations/{thread['id']}"
    assert await bob.post(f"{path}/read") == thread | {"unread": False}
    assert (await bob.get("/api/v1/conversations"))[0]["unread"] is False
    assert await bob.post(f"{path}/unread") == thread
    for verb in ("read", "unread"):
        await ann.post(f"{path}/{verb}", expect=404)
        await bob.post(f"/api/v1/conversations/nonsense/{verb}", expect=404)
    await ann.call("DELETE", path, expect=404)
    assert (await bob.call("DELETE", path)).json() == {}
    assert await bob.get("/api/v1/conversations") == []
    await bob.post(f"{path}/read", expect=404)
    assert len(await ann.get("/api/v1/conversations")) == 1


async def test_a_last_post_one_may_no_longer_see_is_not_shown(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await tell(ann, "@bob secret")
    await crowd.world.settle()
    await ann.post(f"/api/v1/accounts/{bob.account}/block")
    [thread] = await bob.get("/api/v1/conversations")
    assert thread["last_status"] is None


async def test_a_page_of_threads_costs_the_same_for_few_and_for_many(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    counts: list[int] = []
    for number in range(6):
        await crowd.join(f"friend{number}")
        await tell(ann, f"@friend{number} hello")
        await crowd.world.settle()
        await ann.get("/api/v1/conversations")
        with statements_run() as count:
            assert len(await ann.get("/api/v1/conversations")) == number + 1
        counts.append(count())
    assert len(set(counts)) == 1


async def test_other_scopes_and_strangers_see_no_threads(crowd: Crowd) -> None:
    ann = await crowd.join("ann", scopes="read:accounts write:statuses")
    for method, path in (("GET", ""), ("DELETE", "/1"), ("POST", "/1/read"), ("POST", "/1/unread")):
        await ann.call(method, f"/api/v1/conversations{path}", expect=403)
        await crowd.nobody.call(method, f"/api/v1/conversations{path}", expect=401)
