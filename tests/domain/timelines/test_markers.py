"""How far somebody has read."""

from marula.domain import timelines
from tests.domain.posts.writing import person
from tests.world import World


async def test_a_marker_is_kept_and_its_version_grows(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    before = len(await world.facts())
    async with world.ctx.db.transaction() as tx:
        assert await timelines.marker(tx, ann, "home") == 0
        assert await timelines.markers(tx, ann, ["home", "notifications"]) == []
        [home, notifications] = await timelines.mark(tx, ann, {"notifications": 7, "home": 5})
        assert (home.timeline, home.last_read_id, home.version) == ("home", 5, 1)
        assert (notifications.timeline, notifications.last_read_id) == ("notifications", 7)
        [again] = await timelines.mark(tx, ann, {"home": 3})
        assert (again.last_read_id, again.version, again.updated_at) == (3, 2, world.clock.now())
        assert await timelines.marker(tx, ann, "home") == 3
        assert await timelines.markers(tx, ann, ["home"]) == [again]
        assert await timelines.marker(tx, ben, "home") == 0
    assert len(await world.facts()) == before
