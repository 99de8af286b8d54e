"""Who can be on a list, and who leaves it."""

import pytest

from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain import lists, relationships
from tests.domain.lists.keeping import add, make, members, remove
from tests.domain.relationships.people import block, follow, person, stranger
from tests.world import World


async def test_those_one_follows_those_one_asked_and_oneself_can_be_on_a_list(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    cat, far = await person(world, "cat", locked=True), await stranger(world, "far")
    for whom in (ben, cat, far):
        await follow(world, ann, whom)
    made = await make(world, ann, ann, ben, cat, far)
    assert set(await members(world, made)) == {ann, ben, cat, far}


async def test_a_member_must_be_followed(world: World) -> None:
    ann, ben, cat = [await person(world, name) for name in ("ann", "ben", "cat")]
    await follow(world, ann, ben)
    made = await make(world, ann)
    with pytest.raises(Invalid, match="must be a followed account"):
        await add(world, made, ben, cat)
    assert await members(world, made) == []


async def test_an_unknown_account_is_not_found(world: World) -> None:
    ann = await person(world, "ann")
    made = await make(world, ann)
    with pytest.raises(NotFound):
        await add(world, made, ann, AccountId(404))


async def test_nobody_is_on_a_list_twice(world: World) -> None:
    ann = await person(world, "ann")
    made = await make(world, ann, ann)
    with pytest.raises(Invalid, match="already been taken"):
        await add(world, made, ann)


async def test_taking_off_a_list_does_nothing_to_those_who_are_not_on_it(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    made = await make(world, ann, ann)
    await remove(world, made, ben, AccountId(404))
    assert await members(world, made) == [ann]
    assert await world.facts("ListMembersRemoved") == []
    await remove(world, made, ann)
    assert await members(world, made) == []
    assert len(await world.facts("ListMembersRemoved")) == 1


async def test_who_is_unfollowed_leaves_all_lists_of_the_follower_only(world: World) -> None:
    ann, ben, cat = [await person(world, name) for name in ("ann", "ben", "cat")]
    for who in (ann, cat):
        await follow(world, who, ben)
    first, second, other = await make(world, ann, ben), await make(world, ann, ann, ben), await make(world, cat, ben)
    async with world.ctx.db.transaction() as tx:
        await relationships.unfollow(tx, ann, ben)
    assert (await members(world, first), await members(world, second)) == ([], [ann])
    assert await members(world, other) == [ben]


async def test_a_block_takes_both_off_each_others_lists(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    await follow(world, ann, ben)
    await follow(world, ben, ann)
    anns, bens = await make(world, ann, ben), await make(world, ben, ann)
    await block(world, ann, ben)
    assert await members(world, anns) == await members(world, bens) == []


async def test_a_granted_request_keeps_its_member_and_a_refused_one_does_not(world: World) -> None:
    ann, ben, cat = await person(world, "ann"), *[await person(world, name, locked=True) for name in ("ben", "cat")]
    for whom in (ben, cat):
        await follow(world, ann, whom)
    made = await make(world, ann, ben, cat)
    async with world.ctx.db.transaction() as tx:
        await relationships.authorize_request(tx, ben, ann)
        await relationships.reject_request(tx, cat, ann)
    assert await members(world, made) == [ben]


async def test_who_is_followed_again_at_once_may_be_put_on_a_list_at_once(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    await follow(world, ann, ben)
    made = await make(world, ann)
    async with world.ctx.db.transaction() as tx:
        await relationships.unfollow(tx, ann, ben)
        await relationships.follow(tx, ann, ben)
        await lists.add(tx, ann, made.id, [ben])
    assert await members(world, made) == [ben]


async def test_members_are_paged_by_their_ids_without_the_suspended(world: World) -> None:
    ann = await person(world, "ann")
    people = [await person(world, f"member{number}") for number in range(4)]
    for whom in people:
        await follow(world, ann, whom)
    made = await make(world, ann, *people)
    await world.rows("update accounts set suspended_at = now() where id = $1", people[0])
    async with world.ctx.db.reading() as db:
        first = await lists.members(db, made.id, Page(limit=2))
        rest = await lists.members(db, made.id, Page(limit=2, max_id=first[-1]))
    assert (first, rest) == ([people[3], people[2]], [people[1]])
