"""Whom one shows on one's profile."""

import pytest

from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain import relationships
from tests.domain.relationships.people import block, follow, person, standing
from tests.world import World


async def endorse(world: World, who: AccountId, whom: AccountId) -> None:
    async with world.ctx.db.transaction() as tx:
        await relationships.endorse(tx, who, whom)


async def endorsed(world: World, who: AccountId, viewer: AccountId | None = None) -> list[AccountId]:
    async with world.ctx.db.reading() as db:
        return await relationships.endorsed(db, who, Page(), viewer=viewer)


async def test_one_endorses_whom_one_follows_once_and_takes_it_back(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await follow(world, ann, bob)
    await endorse(world, ann, bob)
    await endorse(world, ann, bob)
    assert len(await world.facts("AccountEndorsed")) == 1
    assert await endorsed(world, ann) == [bob]
    assert (await standing(world, ann, bob)).endorsed
    assert not (await standing(world, bob, ann)).endorsed
    for _ in range(2):
        async with world.ctx.db.transaction() as tx:
            await relationships.unendorse(tx, ann, bob)
    assert len(await world.facts("AccountUnendorsed")) == 1
    assert not (await standing(world, ann, bob)).endorsed


async def test_nobody_endorses_whom_they_do_not_follow(world: World) -> None:
    ann, bob, cat = await person(world, "ann"), await person(world, "bob"), await person(world, "cat", locked=True)
    await follow(world, bob, ann)
    await follow(world, ann, cat)
    for whom in (ann, bob, cat):
        with pytest.raises(Invalid, match="You must be already following the person you want to endorse"):
            await endorse(world, ann, whom)
    assert await world.rows("select from endorsements") == []


@pytest.mark.parametrize("how", ["unfollow", "block", "is blocked", "is removed"])
async def test_an_endorsement_ends_with_the_follow(world: World, how: str) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await follow(world, ann, bob)
    await endorse(world, ann, bob)
    async with world.ctx.db.transaction() as tx:
        if how == "unfollow":
            await relationships.unfollow(tx, ann, bob)
        elif how == "is removed":
            await relationships.remove_from_followers(tx, bob, ann)
        else:
            await relationships.block(tx, *((ann, bob) if how == "block" else (bob, ann)))
    assert await endorsed(world, ann) == []
    async with world.ctx.db.transaction() as tx:
        await relationships.unblock(tx, bob, ann)
        await relationships.unblock(tx, ann, bob)
    await follow(world, ann, bob)
    assert await endorsed(world, ann) == []


async def test_the_suspended_and_those_a_viewer_has_nothing_to_do_with_are_left_out(world: World) -> None:
    ann, bob, cat, dan, zoe = [await person(world, name) for name in ("ann", "bob", "cat", "dan", "zoe")]
    for whom in (bob, cat, dan):
        await follow(world, ann, whom)
        await endorse(world, ann, whom)
    await block(world, zoe, cat)
    await world.rows("update accounts set suspended_at = now() where id = $1", dan)
    assert await endorsed(world, ann) == [cat, bob]
    assert await endorsed(world, ann, viewer=zoe) == [bob]
