"""Hashtags on profiles, and their counters."""

from datetime import datetime, timedelta

import pytest

from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import AccountId
from marula.domain import tags
from marula.domain.posts import Visibility
from marula.domain.tags import FeaturedTag
from tests.domain.posts.writing import boost, delete, person, revise, write
from tests.world import START, World


async def feature(world: World, who: AccountId, name: str) -> FeaturedTag:
    async with world.ctx.db.transaction() as tx:
        return await tags.feature(tx, who, *tags.rules.asked(name))


async def used(world: World, who: AccountId) -> dict[str, tuple[int, datetime | None]]:
    """How much each hashtag on a profile was used, and when last."""
    async with world.ctx.db.reading() as db:
        return {one.name: (one.statuses_count, one.last_status_at) for one in await tags.featured_by(db, who)}


async def test_a_featured_hashtag_knows_what_was_written_before(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    for visibility in Visibility:
        await write(world, ann, "#baobab", visibility=visibility)
    await write(world, ben, "#baobab")
    made = await feature(world, ann, " #Baobab")
    assert (made.name, made.display_name, made.statuses_count) == ("baobab", "Baobab", 2)
    assert made.last_status_at == START
    assert (await feature(world, ann, "marula")).last_status_at is None


async def test_the_counters_follow_what_is_published_changed_and_deleted(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    for name in ("baobab", "marula"):
        await feature(world, ann, name)
    first = await write(world, ann, "#baobab")
    world.clock.advance(timedelta(days=1))
    later = START + timedelta(days=1)
    second = await write(world, ann, "#baobab #baobab", visibility=Visibility.UNLISTED)
    await write(world, ann, "#baobab", visibility=Visibility.PRIVATE)
    await write(world, ben, "#baobab")
    await boost(world, ann, first)
    assert await used(world, ann) == {"baobab": (2, later), "marula": (0, None)}
    world.clock.advance(timedelta(days=1))
    await revise(world, second, "#marula")
    assert await used(world, ann) == {"baobab": (1, START), "marula": (1, later)}
    await revise(world, first, "#baobab #marula")
    assert await used(world, ann) == {"baobab": (1, START), "marula": (2, later)}
    await delete(world, first)
    assert await used(world, ann) == {"marula": (1, later), "baobab": (0, None)}


async def test_featuring_twice_is_featuring_once(world: World) -> None:
    ann = await person(world, "ann")
    assert await feature(world, ann, "Baobab") == await feature(world, ann, "#baobab")
    assert len(await world.facts("TagFeatured")) == 1


async def test_a_profile_has_place_for_ten(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    for number in range(10):
        await feature(world, ann, f"tag{number}")
    with pytest.raises(Invalid, match="maximum number of hashtags"):
        await feature(world, ann, "onemore")
    await feature(world, ann, "tag3")
    await feature(world, ben, "onemore")


@pytest.mark.parametrize("name", ["", "  ", "#", "42", "two words"])
async def test_what_cannot_be_a_hashtag_is_refused(world: World, name: str) -> None:
    ann = await person(world, "ann")
    with pytest.raises(Invalid):
        await feature(world, ann, name)


async def test_only_its_owner_takes_a_hashtag_off_a_profile(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    made = await feature(world, ann, "baobab")
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(NotFound):
            await tags.unfeature(tx, ben, made.id)
        await tags.unfeature(tx, ann, made.id)
        with pytest.raises(NotFound):
            await tags.unfeature(tx, ann, made.id)
    assert await used(world, ann) == {}


async def test_the_most_used_recent_hashtags_that_are_not_featured_are_suggested(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    await write(world, ann, "#marula #acacia #baobab")
    await write(world, ann, "#acacia")
    await write(world, ben, "#fig")
    await feature(world, ann, "marula")
    async with world.ctx.db.reading() as db:
        assert [one.name for one in await tags.recently_used(db, ann, 10)] == ["acacia", "baobab"]
        assert len(await tags.recently_used(db, ann, 1)) == 1
