"""Being in a collection: added, taken out, leaving."""

import pytest

from marula.base.kernel.errors import Forbidden, Invalid, NotFound
from marula.base.kernel.ids import AccountId, CollectionItemId
from marula.domain import collections
from tests.domain.collections.recommending import create, feature, members, willing
from tests.domain.relationships.people import block, person
from tests.world import World


async def test_somebody_is_added_once(world: World) -> None:
    ann, bob = await person(world, "ann"), await willing(world, "bob")
    made = await create(world, ann)
    item = await feature(world, ann, made, bob)
    assert (item.account_id, item.state) == (bob, collections.State.ACCEPTED)
    with pytest.raises(Invalid, match="Account id has already been taken"):
        await feature(world, ann, made, bob)
    assert await members(world, made) == [bob]
    assert len(await world.facts("AccountFeatured")) == 1


async def test_who_does_not_want_to_be_discovered_is_not_added(world: World) -> None:
    ann, shy = await person(world, "ann"), await person(world, "shy")
    made = await create(world, ann)
    with pytest.raises(Forbidden, match="This account cannot be added to collections"):
        await feature(world, ann, made, shy)
    with pytest.raises(NotFound):
        await feature(world, ann, made, AccountId(1))


async def test_the_26th_account_finds_no_room(world: World) -> None:
    ann = await person(world, "ann")
    made = await create(world, ann, featured=[await willing(world, f"p{number}") for number in range(25)])
    with pytest.raises(Invalid, match="Collection items are too many"):
        await feature(world, ann, made, await willing(world, "late"))


async def test_who_is_taken_out_can_be_added_again(world: World) -> None:
    ann, bob = await person(world, "ann"), await willing(world, "bob")
    made = await create(world, ann)
    item = await feature(world, ann, made, bob)
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(Forbidden):
            await collections.unfeature(tx, bob, made, item.id)
        with pytest.raises(NotFound):
            await collections.unfeature(tx, ann, made, CollectionItemId(1))
        await collections.unfeature(tx, ann, made, item.id)
    assert await members(world, made, ann) == []
    await feature(world, ann, made, bob)
    assert await members(world, made) == [bob]


async def test_who_leaves_is_not_added_again(world: World) -> None:
    ann, bob = await person(world, "ann"), await willing(world, "bob")
    made = await create(world, ann)
    item = await feature(world, ann, made, bob)
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(Forbidden):
            await collections.leave(tx, ann, made, item.id)
        await collections.leave(tx, bob, made, item.id)
        await collections.leave(tx, bob, made, item.id)
    assert await members(world, made, ann) == []
    assert len(await world.facts("AccountNoLongerFeatured")) == 1
    with pytest.raises(Forbidden, match="This account cannot be added to collections"):
        await feature(world, ann, made, bob)


@pytest.mark.parametrize("owner_blocks", [True, False])
async def test_a_block_ends_it_in_both_directions(world: World, owner_blocks: bool) -> None:
    ann, bob = await willing(world, "ann"), await willing(world, "bob")
    made, other = await create(world, ann, featured=[bob]), await create(world, bob, featured=[ann])
    await (block(world, ann, bob) if owner_blocks else block(world, bob, ann))
    await world.settle()
    assert await members(world, made) == []
    assert await members(world, other) == []
    assert len(await world.facts("AccountNoLongerFeatured")) == 2


async def test_one_sees_in_it_nobody_one_blocks_and_nobody_suspended(world: World) -> None:
    ann, bob, cat, dan = [await willing(world, name) for name in ("ann", "bob", "cat", "dan")]
    made = await create(world, ann, featured=[bob, cat])
    await block(world, dan, bob)
    assert await members(world, made, dan) == [cat]
    await world.rows("update accounts set suspended_at = now() where id = $1", cat)
    assert await members(world, made, dan) == []
    assert await members(world, made) == [bob]


async def test_one_finds_the_collections_one_is_in(world: World) -> None:
    ann, bob, cat = [await willing(world, name) for name in ("ann", "bob", "cat")]
    first = await create(world, ann, featured=[cat])
    second = await create(world, bob, featured=[cat])
    async with world.ctx.db.reading() as db:
        assert await collections.featuring(db, cat, limit=40, offset=0) == [second, first]
        assert await collections.featuring(db, cat, limit=1, offset=1) == [first]
    async with world.ctx.db.transaction() as tx:
        [item] = (await collections.shown_items(tx, cat, [first]))[first]
        await collections.leave(tx, cat, first, item.id)
        assert await collections.featuring(tx, cat, limit=40, offset=0) == [second]
