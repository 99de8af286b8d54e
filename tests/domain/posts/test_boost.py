"""Boosts."""

from json import loads

import pytest

from marula.base.kernel.errors import Forbidden
from marula.domain import posts
from marula.domain.posts import Visibility
from tests.domain.posts.writing import boost, counters, person, stats, write
from tests.world import World


async def test_a_boost_is_a_post_that_counts_on_both_sides(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    post = await write(world, ann)
    boosted = await boost(world, ben, post)
    assert (boosted.reblog_of_id, boosted.account_id, boosted.visibility) == (post.id, ben, Visibility.PUBLIC)
    assert await counters(world, post) == (0, 1, 0)
    assert (await stats(world, ben)).statuses_count == 1
    body = loads((await world.facts("PostPublished"))[-1]["body"])
    assert (int(body["post_id"]), int(body["reblog_of_id"])) == (boosted.id, post.id)


async def test_boosting_twice_is_boosting_once(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    post = await write(world, ann)
    assert await boost(world, ben, post) == await boost(world, ben, post)
    assert await counters(world, post) == (0, 1, 0)
    assert (await stats(world, ben)).statuses_count == 1
    assert len(await world.facts("PostPublished")) == 2


async def test_a_boost_can_be_taken_back_and_made_again(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    post = await write(world, ann)
    await boost(world, ben, post)
    for _ in range(2):
        async with world.ctx.db.transaction() as tx:
            await posts.unboost(tx, ben, post.id)
    assert await counters(world, post) == (0, 0, 0)
    assert (await stats(world, ben)).statuses_count == 0
    assert len(await world.facts("PostDeleted")) == 1
    await boost(world, ben, post)
    assert await counters(world, post) == (0, 1, 0)


@pytest.mark.parametrize(
    ("visibility", "by_author", "by_other"),
    [
        (Visibility.PUBLIC, True, True),
        (Visibility.UNLISTED, True, True),
        (Visibility.PRIVATE, True, False),
        (Visibility.DIRECT, False, False),
    ],
)
async def test_only_what_was_meant_to_be_shared_is_shared(
    world: World, visibility: Visibility, by_author: bool, by_other: bool
) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    post = await write(world, ann, visibility=visibility)
    for who, may in ((ann, by_author), (ben, by_other)):
        if may:
            assert (await boost(world, who, post)).visibility == visibility
        else:
            with pytest.raises(Forbidden):
                await boost(world, who, post)
    assert (await counters(world, post))[1] == by_author + by_other


@pytest.mark.parametrize(
    ("of", "asked", "reach"),
    [
        (Visibility.PUBLIC, Visibility.PRIVATE, Visibility.PRIVATE),
        (Visibility.PUBLIC, Visibility.UNLISTED, Visibility.UNLISTED),
        (Visibility.UNLISTED, Visibility.PUBLIC, Visibility.UNLISTED),
    ],
)
async def test_a_boost_reaches_as_far_as_asked_and_never_further_than_the_post(
    world: World, of: Visibility, asked: Visibility, reach: Visibility
) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    assert (await boost(world, ben, await write(world, ann, visibility=of), asked)).visibility == reach
