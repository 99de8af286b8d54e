"""The directory through the API."""

from typing import Any

from marula.domain import discovery, site
from tests.faces.api.caller import Caller, Crowd


def names(found: list[dict[str, Any]]) -> list[str]:
    return [one["acct"] for one in found]


async def found_by_strangers(crowd: Crowd, name: str) -> Caller:
    """Somebody who wants to be found."""
    caller = await crowd.join(name)
    await caller.call("PATCH", "/api/v1/accounts/update_credentials", json={"discoverable": True})
    return caller


async def refreshed(crowd: Crowd) -> None:
    """The directory as the timer leaves it."""
    await crowd.world.settle()
    for _ in range(2):
        await discovery.reactions.refresh_directory(crowd.world.ctx)


async def test_only_those_who_want_to_be_found_are_listed(crowd: Crowd) -> None:
    await found_by_strangers(crowd, "ann")
    await crowd.join("bob")
    await crowd.world.settle()
    assert names(await crowd.nobody.get("/api/v1/directory")) == ["ann"]


async def test_somebody_who_leaves_the_directory_is_gone_at_once(crowd: Crowd) -> None:
    ann = await found_by_strangers(crowd, "ann")
    await crowd.world.settle()
    await ann.call("PATCH", "/api/v1/accounts/update_credentials", json={"discoverable": False})
    assert await crowd.nobody.get("/api/v1/directory") == []


async def test_who_wrote_last_comes_first_unless_the_newest_are_asked_for(crowd: Crowd) -> None:
    ann, _, _ = [await found_by_strangers(crowd, name) for name in ("ann", "bob", "cat")]
    await ann.write("I am here")
    await refreshed(crowd)
    assert names(await crowd.nobody.get("/api/v1/directory")) == ["ann", "cat", "bob"]
    assert names(await crowd.nobody.get("/api/v1/directory?order=new")) == ["cat", "bob", "ann"]
    assert names(await crowd.nobody.get("/api/v1/directory?order=new&offset=1&limit=1&local=true")) == ["bob"]
    await crowd.nobody.get("/api/v1/directory?order=best", expect=422)


async def test_whom_one_blocks_or_mutes_or_is_blocked_by_is_left_out(crowd: Crowd) -> None:
    ann, bob, cat, dan = [await found_by_strangers(crowd, name) for name in ("ann", "bob", "cat", "dan")]
    await crowd.world.settle()
    await ann.post(f"/api/v1/accounts/{bob.account}/block")
    await ann.post(f"/api/v1/accounts/{cat.account}/mute")
    await dan.post(f"/api/v1/accounts/{ann.account}/block")
    assert names(await ann.get("/api/v1/directory")) == ["ann"]
    assert len(await crowd.nobody.get("/api/v1/directory")) == 4


async def test_limited_and_suspended_accounts_are_left_out(crowd: Crowd) -> None:
    ann, bob = await found_by_strangers(crowd, "ann"), await found_by_strangers(crowd, "bob")
    await crowd.world.settle()
    async with crowd.world.ctx.db.transaction() as tx:
        await tx.run("update accounts set silenced_at = $2 where id = $1", ann.account, tx.now)
        await tx.run("update accounts set suspended_at = $2 where id = $1", bob.account, tx.now)
    assert await crowd.nobody.get("/api/v1/directory") == []
    await refreshed(crowd)
    assert await crowd.world.rows("select * from directory_entries") == []


async def test_there_is_no_directory_where_it_is_switched_off(crowd: Crowd) -> None:
    async with crowd.world.ctx.db.transaction() as tx:
        await site.change(tx, "profile_directory", "false")
    await crowd.nobody.get("/api/v1/directory", expect=404)


async def test_no_offset_reaches_too_far(crowd: Crowd) -> None:
    await found_by_strangers(crowd, "ann")
    await crowd.world.settle()
    assert await crowd.nobody.get("/api/v1/directory?offset=99999999999999999999") == []
    assert names(await crowd.nobody.get("/api/v1/directory?offset=-5&limit=-1")) == ["ann"]
