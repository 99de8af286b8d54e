"""Ends of follows, by the follower and by the followed."""

from marula.domain import relationships
from tests.domain.relationships.people import counters, follow, kinds, person, standing
from tests.world import World


async def test_a_follow_is_taken_back(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await follow(world, ann, bob)
    for _ in range(2):
        async with world.ctx.db.transaction() as tx:
            await relationships.unfollow(tx, ann, bob)
    assert not (await standing(world, ann, bob)).following
    assert (await counters(world, bob), await counters(world, ann)) == ((0, 0), (0, 0))
    assert await kinds(world) == ["AccountFollowed", "AccountUnfollowed"]


async def test_a_request_is_taken_back(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob", locked=True)
    await follow(world, ann, bob)
    async with world.ctx.db.transaction() as tx:
        await relationships.unfollow(tx, ann, bob)
    assert not (await standing(world, ann, bob)).requested
    assert await kinds(world) == ["FollowRequested", "FollowRequestEnded"]
    [ended] = await world.facts("FollowRequestEnded")
    assert '"granted": false' in ended["body"]


async def test_a_follower_is_removed_and_not_unfollowed(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await follow(world, ann, bob)
    await follow(world, bob, ann)
    for _ in range(2):
        async with world.ctx.db.transaction() as tx:
            await relationships.remove_from_followers(tx, ann, bob)
    seen = await standing(world, ann, bob)
    assert (seen.following, seen.followed_by) == (True, False)
    assert await counters(world, ann) == (0, 1)
    assert (await kinds(world)).count("AccountUnfollowed") == 1
