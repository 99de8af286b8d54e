"""Voting."""

from datetime import timedelta
from json import loads

import pytest

from marula.base.kernel.errors import Invalid, NotFound
from marula.domain.posts import PollAsked
from tests.domain.posts.writing import POLL, delete, person, poll_of, vote, write
from tests.world import World

SEVERAL = PollAsked(options=("a", "b", "c", "d"), expires_in=600, multiple=True)


async def tallies(world: World) -> tuple[list[int], int]:
    [row] = await world.rows("select tallies, voters_count from polls")
    return row["tallies"], row["voters_count"]


async def test_votes_are_counted_by_option_and_by_person(world: World) -> None:
    ann, ben, cat = await person(world, "ann"), await person(world, "ben"), await person(world, "cat")
    poll = await poll_of(world, await write(world, ann, poll=SEVERAL))
    await vote(world, ben, poll, 3, 0, 3)
    await vote(world, cat, poll, 0)
    assert await tallies(world) == ([2, 0, 0, 1], 2)
    assert [loads(fact["body"])["choices"] for fact in await world.facts("PollVoted")] == [[0, 3], [0]]


async def test_one_votes_once(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    poll = await poll_of(world, await write(world, ann, poll=SEVERAL))
    await vote(world, ben, poll, 0)
    for choice in (0, 1):
        with pytest.raises(Invalid, match="already voted"):
            await vote(world, ben, poll, choice)
    assert await tallies(world) == ([1, 0, 0, 0], 1)
    assert len(await world.facts("PollVoted")) == 1


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [((2,), "does not exist"), ((-1,), "does not exist"), ((), "does not exist"), ((0, 1), "already voted")],
)
async def test_a_vote_that_cannot_be_counts_nothing(world: World, choices: tuple[int, ...], sentence: str) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    poll = await poll_of(world, await write(world, ann, poll=POLL))
    with pytest.raises(Invalid, match=sentence):
        await vote(world, ben, poll, *choices)
    assert await tallies(world) == ([0, 0], 0)
    assert await world.facts("PollVoted") == []


async def test_nobody_votes_in_their_own_poll(world: World) -> None:
    ann = await person(world, "ann")
    poll = await poll_of(world, await write(world, ann, poll=POLL))
    with pytest.raises(Invalid, match="your own polls"):
        await vote(world, ann, poll, 0)


async def test_nobody_votes_after_the_end(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    poll = await poll_of(world, await write(world, ann, poll=POLL))
    world.clock.advance(timedelta(minutes=10))
    with pytest.raises(Invalid, match="already ended"):
        await vote(world, ben, poll, 0)


async def test_a_poll_that_went_meanwhile_is_not_there(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    post = await write(world, ann, poll=POLL)
    poll = await poll_of(world, post)
    await delete(world, post)
    with pytest.raises(NotFound):
        await vote(world, ben, poll, 0)
