"""Having nothing to do with somebody."""

import asyncio

from marula.base.db import Database
from marula.base.kernel.errors import Forbidden
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, relationships
from marula.domain.accounts import NewAccount
from tests.domain.relationships.people import block, counters, follow, kinds, person, standing
from tests.world import START, HeldClock, World


async def test_a_block_ends_follows_in_both_directions(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await follow(world, ann, bob)
    await follow(world, bob, ann)
    await block(world, ann, bob)
    seen = await standing(world, ann, bob)
    assert (seen.blocking, seen.blocked_by, seen.following, seen.followed_by) == (True, False, False, False)
    assert (await standing(world, bob, ann)).blocked_by
    assert (await counters(world, ann), await counters(world, bob)) == ((0, 0), (0, 0))
    assert (await kinds(world))[2:] == ["AccountUnfollowed", "AccountUnfollowed", "AccountBlocked"]


async def test_a_block_ends_requests_in_both_directions(world: World) -> None:
    ann, bob = await person(world, "ann", locked=True), await person(world, "bob", locked=True)
    await follow(world, ann, bob)
    await follow(world, bob, ann)
    await block(world, ann, bob)
    seen = await standing(world, ann, bob)
    assert (seen.requested, seen.requested_by) == (False, False)


async def test_blocking_and_unblocking_twice_is_once(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await block(world, ann, bob)
    await block(world, ann, bob)
    for _ in range(2):
        async with world.ctx.db.transaction() as tx:
            await relationships.unblock(tx, ann, bob)
    assert not (await standing(world, ann, bob)).blocking
    assert await kinds(world) == ["AccountBlocked", "AccountUnblocked"]


async def test_nobody_blocks_themselves(world: World) -> None:
    ann = await person(world, "ann")
    await block(world, ann, ann)
    assert not (await standing(world, ann, ann)).blocking


async def test_a_follow_and_a_block_at_the_same_moment_leave_no_follow(database: str) -> None:
    db = await Database.connect(database, HeldClock(START), size=4)
    async with db.transaction() as tx:
        pair = [await accounts.create(tx, NewAccount(username=f"race_{name}")) for name in ("ann", "bob")]
    try:
        await asyncio.gather(_follow(db, *pair), _block(db, pair[1], pair[0]), _follow(db, *pair))
        async with db.reading() as reading:
            [seen] = await relationships.relationships(reading, pair[0], [pair[1]])
            stats = await accounts.stats(reading, pair)
        assert (seen.following, seen.blocked_by) == (False, True)
        assert stats[pair[1]].followers_count == 0
    finally:
        async with db.transaction() as tx:
            await tx.run("delete from accounts where id = any($1::bigint[])", pair)
            await tx.run("delete from jobs")
            await tx.run("delete from facts")
        await db.close()


async def _follow(db: Database, who: AccountId, whom: AccountId) -> None:
    async with db.transaction() as tx:
        try:
            await relationships.follow(tx, who, whom)
        except Forbidden:
            return
        await asyncio.sleep(0.05)


async def _block(db: Database, who: AccountId, whom: AccountId) -> None:
    async with db.transaction() as tx:
        await relationships.block(tx, who, whom)
        await asyncio.sleep(0.05)
