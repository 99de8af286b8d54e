"""Reading nothing of somebody."""

from datetime import timedelta

from marula.base.kernel.ids import AccountId
from marula.domain import relationships
from tests.domain.relationships.people import kinds, person, standing
from tests.world import World

HOUR = timedelta(hours=1)


async def mute(
    world: World, who: AccountId, whom: AccountId, notifications: bool = True, duration: timedelta | None = None
) -> None:
    async with world.ctx.db.transaction() as tx:
        await relationships.mute(tx, who, whom, notifications=notifications, duration=duration)


async def test_a_mute_hides_notifications_unless_it_is_told_not_to(world: World) -> None:
    ann, bob, eve = [await person(world, name) for name in ("ann", "bob", "eve")]
    await mute(world, ann, bob)
    await mute(world, ann, eve, notifications=False)
    seen = [await standing(world, ann, other) for other in (bob, eve)]
    assert [(s.muting, s.muting_notifications) for s in seen] == [(True, True), (True, False)]


async def test_muting_again_changes_the_mute_and_is_told_once(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    world.clock.moment += timedelta(days=36_500)
    await mute(world, ann, bob)
    await mute(world, ann, bob, notifications=False, duration=HOUR)
    seen = await standing(world, ann, bob)
    assert (seen.muting_notifications, seen.muting_expires_at) == (False, world.clock.now() + HOUR)
    assert await kinds(world) == ["AccountMuted"]


async def test_a_mute_is_lifted(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await mute(world, ann, bob)
    for _ in range(2):
        async with world.ctx.db.transaction() as tx:
            await relationships.unmute(tx, ann, bob)
    assert not (await standing(world, ann, bob)).muting
    assert await kinds(world) == ["AccountMuted", "AccountUnmuted"]


async def test_a_mute_runs_out(world: World) -> None:
    ann, bob, eve = [await person(world, name) for name in ("ann", "bob", "eve")]
    await mute(world, ann, bob, duration=HOUR)
    await mute(world, ann, eve, duration=3 * HOUR)
    world.clock.advance(2 * HOUR)
    for _ in range(2):
        await relationships.reactions.end_mutes(world.ctx)
    assert [row["target_id"] for row in await world.rows("select target_id from mutes")] == [eve]
    assert await kinds(world) == ["AccountMuted", "AccountMuted", "AccountUnmuted"]


async def test_a_mute_that_ran_out_can_be_made_anew(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await mute(world, ann, bob, duration=HOUR)
    world.clock.advance(2 * HOUR)
    await mute(world, ann, bob)
    assert await kinds(world) == ["AccountMuted", "AccountMuted"]


async def test_nobody_mutes_themselves(world: World) -> None:
    ann = await person(world, "ann")
    await mute(world, ann, ann)
    assert not (await standing(world, ann, ann)).muting
