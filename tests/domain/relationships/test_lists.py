"""The lists of accounts by how they stand to one."""

from datetime import timedelta

from marula.base.db.connection import statements_run
from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain import relationships
from marula.domain.relationships import Listed
from tests.domain.relationships.people import block, follow, person
from tests.world import World

TWO = Page(limit=2)


def who(listed: list[Listed]) -> list[AccountId]:
    return [entry.account_id for entry in listed]


async def test_followers_and_following_are_paged_the_newest_first(world: World) -> None:
    ann, *others = [await person(world, name) for name in ("ann", "bob", "eve", "zoe")]
    bob, eve, zoe = others
    for other in others:
        await follow(world, other, ann)
        await follow(world, ann, other)
    async with world.ctx.db.reading() as db:
        first = await relationships.followers(db, ann, TWO)
        rest = await relationships.followers(db, ann, Page(limit=2, max_id=first[-1].cursor))
        above = await relationships.followers(db, ann, Page(limit=1, min_id=rest[0].cursor))
        following = await relationships.following(db, ann, TWO)
    assert (who(first), who(rest), who(above), who(following)) == ([zoe, eve], [bob], [eve], [zoe, eve])


async def test_a_viewer_does_not_see_those_they_have_nothing_to_do_with(world: World) -> None:
    ann, bob, eve, mia, zoe = [await person(world, name) for name in ("ann", "bob", "eve", "mia", "zoe")]
    for other in (bob, eve, mia):
        await follow(world, other, ann)
    await block(world, zoe, bob)
    await block(world, eve, zoe)
    async with world.ctx.db.transaction() as tx:
        await relationships.mute(tx, zoe, mia)
        await relationships.mute(tx, ann, mia)
        assert await relationships.followers(tx, ann, Page(), viewer=zoe) == []
        assert len(await relationships.followers(tx, ann, Page())) == 3
        assert len(await relationships.followers(tx, ann, Page(), viewer=ann)) == 3


async def test_suspended_accounts_are_in_no_list(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await follow(world, bob, ann)
    await world.rows("update accounts set suspended_at = now() where id = $1", bob)
    async with world.ctx.db.reading() as db:
        assert await relationships.followers(db, ann, Page()) == []


async def test_requests_blocks_and_mutes_have_their_lists(world: World) -> None:
    ann = await person(world, "ann", locked=True)
    bob, eve, mia = [await person(world, name) for name in ("bob", "eve", "mia")]
    await follow(world, bob, ann)
    await block(world, ann, eve)
    world.clock.advance(timedelta(days=36_500))
    async with world.ctx.db.transaction() as tx:
        await relationships.mute(tx, ann, mia, duration=timedelta(hours=1))
        assert who(await relationships.requests(tx, ann, Page())) == [bob]
        assert who(await relationships.blocked(tx, ann, Page())) == [eve]
        [entry] = await relationships.muted(tx, ann, Page())
        assert (entry.account_id, entry.expires_at) == (mia, tx.now + timedelta(hours=1))


async def test_standings_come_in_the_order_asked_without_the_unknown_by_one_statement(world: World) -> None:
    ann, bob, eve = [await person(world, name) for name in ("ann", "bob", "eve")]
    await follow(world, ann, bob)
    async with world.ctx.db.reading() as db:
        with statements_run() as count:
            seen = await relationships.relationships(db, ann, [eve, AccountId(404), bob])
    assert [(standing.id, standing.following) for standing in seen] == [(eve, False), (bob, True)]
    assert count() == 1
