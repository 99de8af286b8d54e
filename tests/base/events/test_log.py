"""The log of facts: a fact and the jobs that follow from it are one transaction."""

import pytest

from marula.base.db import statements_run
from marula.base.events import Fact, facts, reactions_of, reacts_to, record
from marula.base.jobs import jobs
from tests.world import START, World


class BellRang(Fact, frozen=True):
    """Somebody is at the door."""

    door: int
    loud: bool


class CurtainMoved(Fact, frozen=True):
    """Nothing follows from this."""


heard: list[tuple[str, BellRang]] = []


@reacts_to(BellRang, lane="notify")
async def open_door(ctx: object, fact: BellRang) -> None:
    heard.append(("open", fact))


@reacts_to(BellRang, when=lambda fact: fact.loud, attempts=3)
async def calm_dog(ctx: object, fact: BellRang) -> None:
    heard.append(("calm", fact))


async def enqueued(world: World) -> set[str]:
    return {row["name"].rpartition(".")[2] for row in await world.rows("select name from jobs")}


async def test_a_fact_is_written_with_one_job_for_each_reaction(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        await record(tx, BellRang(door=7, loud=True))
    (row,) = await world.rows("select kind, body, happened_at from facts")
    assert (row["kind"], row["happened_at"]) == ("BellRang", START)
    assert await enqueued(world) == {"open_door", "calm_dog"}


async def test_a_reaction_that_does_not_want_the_fact_gets_no_job(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        await record(tx, BellRang(door=7, loud=False))
    assert await enqueued(world) == {"open_door"}


async def test_a_transaction_that_fails_leaves_neither_fact_nor_job(world: World) -> None:
    async def fail() -> None:
        async with world.ctx.db.transaction() as tx:
            await record(tx, BellRang(door=7, loud=True))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await world.facts() == []
    assert await enqueued(world) == set()


async def test_a_reaction_is_handed_the_fact_as_it_was(world: World) -> None:
    heard.clear()
    fact = BellRang(door=2**62, loud=False)
    async with world.ctx.db.transaction() as tx:
        await record(tx, fact)
    assert await world.settle() == 1
    assert heard == [("open", fact)] * 2


async def test_a_fact_costs_two_statements_and_one_when_nothing_follows(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        with statements_run() as count:
            await record(tx, BellRang(door=7, loud=True))
            assert count() == 2
        with statements_run() as count:
            await record(tx, CurtainMoved())
            assert count() == 1
    assert len(await world.facts("CurtainMoved")) == 1
    assert facts["CurtainMoved"] is CurtainMoved


def test_reactions_are_jobs_like_others() -> None:
    calm = reactions_of(BellRang)[1].job
    assert jobs[calm.name] is calm
    assert (calm.lane, calm.attempts) == ("now", 3)
    assert reactions_of(CurtainMoved) == []
