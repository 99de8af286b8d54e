"""Making, changing and removing lists."""

import pytest

from marula.base.kernel.errors import Invalid, NotFound
from marula.domain import lists
from tests.domain.lists.keeping import make, members, revise
from tests.domain.posts.writing import follow, person
from tests.world import World


async def test_a_list_belongs_to_whoever_made_it(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    made = await make(world, ann, title="  friends ")
    async with world.ctx.db.transaction() as tx:
        assert await lists.of_owner(tx, ann) == [made]
        assert await lists.of_owner(tx, ben) == []
        assert (made.title, made.replies_policy, made.exclusive) == ("friends", "list", False)
        for refused in (
            lists.own(tx, ben, made.id),
            lists.delete(tx, ben, made.id),
            lists.add(tx, ben, made.id, [ben]),
            lists.remove(tx, ben, made.id, [ben]),
            lists.revise(tx, ben, made.id, lists.ListChanges(title="mine")),
        ):
            with pytest.raises(NotFound):
                await refused
    assert len(await world.facts("ListCreated")) == 1


@pytest.mark.parametrize(("title", "why"), [(" ", "can't be blank"), ("x" * 257, "is too long")])
async def test_a_title_is_neither_empty_nor_long(world: World, title: str, why: str) -> None:
    ann = await person(world, "ann")
    made = await make(world, ann, title="x" * 256)
    with pytest.raises(Invalid, match=why):
        await make(world, ann, title=title)
    with pytest.raises(Invalid, match=why):
        await revise(world, made, title=title)


async def test_nobody_has_more_than_50_lists(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    for number in range(50):
        await make(world, ann, title=str(number))
    with pytest.raises(Invalid, match="You have reached the maximum number of lists"):
        await make(world, ann)
    await make(world, ben)


async def test_what_is_not_asked_to_change_stays_and_no_change_is_no_fact(world: World) -> None:
    ann = await person(world, "ann")
    made = await make(world, ann, title="friends", replies_policy="none")
    assert await revise(world, made) == made
    assert await world.facts("ListRevised") == []
    after = await revise(world, made, exclusive=True)
    assert (after.title, after.replies_policy, after.exclusive) == ("friends", "none", True)
    assert len(await world.facts("ListRevised")) == 1


async def test_a_deleted_list_takes_its_members_and_its_feed_with_it(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    await follow(world, ann, ben)
    made = await make(world, ann, ben)
    async with world.ctx.db.transaction() as tx:
        await lists.delete(tx, ann, made.id)
    assert await members(world, made) == []
    assert await world.rows("select from list_members") == []
