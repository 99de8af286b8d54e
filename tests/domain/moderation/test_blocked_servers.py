"""What becomes of the people of servers that are blocked."""

from datetime import timedelta
from typing import Any

from marula.base.jobs import later
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, boundaries, moderation, relationships
from marula.domain.accounts import Account, NewAccount
from marula.domain.boundaries import BlockDraft, Severity
from marula.domain.relationships import FollowOptions
from tests.domain.relationships.people import counters, person
from tests.world import World


async def stranger(world: World, name: str, domain: str = "far.example") -> AccountId:
    async with world.ctx.db.transaction() as tx:
        return await accounts.create(tx, NewAccount(username=name, domain=domain, uri=f"https://{domain}/users/{name}"))


async def follow(world: World, who: AccountId, whom: AccountId) -> None:
    async with world.ctx.db.transaction() as tx:
        await relationships.follow(tx, who, whom)
        if (await relationships.relationships(tx, who, [whom]))[0].requested:
            await relationships.authorize_request(tx, whom, who)


async def block(world: World, severity: Severity, domain: str = "far.example", **more: Any) -> None:
    async with world.ctx.db.transaction() as tx:
        await boundaries.block(tx, BlockDraft(domain=domain, severity=severity, **more))
    await world.settle()


async def unblock(world: World, domain: str = "far.example") -> None:
    async with world.ctx.db.transaction() as tx:
        await boundaries.unblock(tx, domain)
    await world.settle()


async def now(world: World, who: AccountId) -> Account:
    async with world.ctx.db.reading() as db:
        found = await accounts.by_id(db, who)
    assert found is not None
    return found


async def test_people_of_a_silenced_server_are_limited_until_it_is_taken_back(world: World) -> None:
    ben, eve = await stranger(world, "ben"), await stranger(world, "eve", "sub.far.example")
    dan = await stranger(world, "dan", "near.example")
    await block(world, "silence")
    assert [(await now(world, one)).silenced_at is not None for one in (ben, eve, dan)] == [True, True, False]
    assert (await now(world, ben)).version > 1
    await unblock(world)
    assert [(await now(world, one)).silenced_at for one in (ben, eve, dan)] == [None, None, None]


async def test_a_nearer_block_keeps_its_people_out_of_it(world: World) -> None:
    eve = await stranger(world, "eve", "sub.far.example")
    await block(world, "noop", "sub.far.example")
    await block(world, "suspend")
    assert (await now(world, eve)).suspended_at is None
    await unblock(world, "sub.far.example")
    assert (await now(world, eve)).suspended_at is not None


async def test_when_a_limit_becomes_a_suspension_the_limit_goes(world: World) -> None:
    ben = await stranger(world, "ben")
    await block(world, "silence")
    await block(world, "suspend")
    found = await now(world, ben)
    assert found.silenced_at is None
    assert found.suspended_at is not None


async def test_what_was_decided_of_a_person_stays_when_the_block_goes(world: World) -> None:
    ben = await stranger(world, "ben")
    async with world.ctx.db.transaction() as tx:
        await tx.run("update accounts set suspended_at = $2 where id = $1", ben, tx.now - timedelta(days=1))
    await block(world, "suspend")
    await unblock(world)
    assert (await now(world, ben)).suspended_at is not None


async def test_follows_with_a_suspended_server_end_and_everybody_is_told_once_what_they_lost(world: World) -> None:
    ann, cid = await person(world, "ann"), await person(world, "cid")
    others = [await stranger(world, f"ben{number}") for number in range(60)]
    for other in others:
        await follow(world, ann, other)
    await follow(world, others[0], ann)
    await follow(world, others[0], cid)
    await world.settle()
    await block(world, "suspend")
    assert await counters(world, ann) == (0, 0)
    assert await counters(world, cid) == (0, 0)
    lost = await world.rows("select account_id, kind, followers_count, following_count from severances order by 1")
    assert [tuple(row) for row in lost] == [(ann, "domain_block", 1, 60), (cid, "domain_block", 1, 0)]
    told = await world.rows("select account_id from notifications where kind = 'severed_relationships' order by 1")
    assert [row["account_id"] for row in told] == [ann, cid]


async def test_a_silenced_server_keeps_its_follows(world: World) -> None:
    ann, ben = await person(world, "ann"), await stranger(world, "ben")
    await follow(world, ann, ben)
    await block(world, "silence")
    assert (await counters(world, ann))[1] == 1


async def test_everything_can_be_applied_anew(world: World) -> None:
    ben = await stranger(world, "ben")
    await block(world, "suspend")
    async with world.ctx.db.transaction() as tx:
        await tx.run("update accounts set suspended_at = null where id = $1", ben)
        await later(tx, moderation.reactions.enforce_all)
    await world.settle()
    assert (await now(world, ben)).suspended_at is not None


async def test_follows_that_ended_with_a_block_come_back_with_its_end(world: World) -> None:
    ann, ben = await person(world, "ann"), await stranger(world, "ben")
    async with world.ctx.db.transaction() as tx:
        await relationships.follow(tx, ann, ben, FollowOptions(reblogs=False, notify=True, languages=("de",)))
        await relationships.authorize_request(tx, ben, ann)
    await follow(world, ben, ann)
    await block(world, "suspend")
    assert await world.rows("select id from follows") == []
    await unblock(world)
    (back,) = await world.rows("select account_id, target_id from follows")
    assert (back["account_id"], back["target_id"]) == (ben, ann)
    (asked,) = await world.rows("select account_id, target_id, show_reblogs, notify, languages from follow_requests")
    assert tuple(asked) == (ann, ben, False, True, ["de"])
    assert await counters(world, ann) == (1, 0)
    assert await world.rows("select 1 from severed_follows") == []


async def test_what_is_no_longer_possible_stays_ended(world: World) -> None:
    ann, ben, dan = await person(world, "ann"), await stranger(world, "ben"), await stranger(world, "dan")
    for other in (ben, dan):
        await follow(world, ann, other)
        await follow(world, other, ann)
    await block(world, "suspend")
    async with world.ctx.db.transaction() as tx:
        await relationships.block(tx, ann, ben)
    await unblock(world)
    assert [row["account_id"] for row in await world.rows("select account_id from follows")] == [dan]
    assert [row["target_id"] for row in await world.rows("select target_id from follow_requests")] == [dan]


async def test_follows_come_back_only_when_no_block_above_holds(world: World) -> None:
    ann, eve = await person(world, "ann"), await stranger(world, "eve", "sub.far.example")
    await follow(world, eve, ann)
    await block(world, "suspend", "sub.far.example")
    await block(world, "suspend")
    await unblock(world, "sub.far.example")
    assert await world.rows("select id from follows") == []
    await unblock(world)
    assert len(await world.rows("select id from follows")) == 1


async def test_a_block_taken_back_twice_gives_back_twice(world: World) -> None:
    ann, ben = await person(world, "ann"), await stranger(world, "ben")
    await follow(world, ben, ann)
    for _ in range(2):
        await block(world, "suspend")
        assert await world.rows("select id from follows") == []
        await unblock(world)
        assert len(await world.rows("select id from follows")) == 1


async def test_what_nobody_gives_back_is_forgotten_after_half_a_year(world: World) -> None:
    ann, ben = await person(world, "ann"), await stranger(world, "ben")
    await follow(world, ben, ann)
    await block(world, "suspend")
    world.clock.advance(timedelta(days=179))
    await relationships.reactions.forget_severed(world.ctx)
    assert len(await world.rows("select 1 from severed_follows")) == 1
    world.clock.advance(timedelta(days=2))
    await relationships.reactions.forget_severed(world.ctx)
    assert await world.rows("select 1 from severed_follows") == []
