"""The job queue: rows live and die with their transaction, and are handed out in order, each to one worker."""

import asyncio
from datetime import timedelta

import pytest

from marula.base.db import Database, Row
from marula.base.jobs import job, jobs, later, later_at, store
from marula.base.jobs.registry import job_of
from tests.world import START, World

SOON = timedelta(minutes=1)
ME = 7


@job(lane="feeds", attempts=3)
async def queued(ctx: object, word: str) -> None:
    """Waits in the queue of these tests."""


@job(lane="feeds", priority=-1)
async def queued_first(ctx: object, word: str) -> None:
    """Overtakes the others of its lane."""


@job(lane="mail")
async def queued_elsewhere(ctx: object) -> None:
    """Waits in another lane."""


async def only_row(world: World) -> Row:
    (row,) = await world.rows("select * from jobs")
    return row


async def words(world: World, free: dict[str, int]) -> list[str]:
    """Lease, and give what was leased in the order of ids."""
    async with world.ctx.db.transaction() as tx:
        return [row["arguments"] for row in sorted(await store.lease(tx, ME, free), key=lambda row: row["id"])]


async def test_later_writes_one_row_that_is_due_now(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        await later(tx, queued, "a")
    row = await only_row(world)
    assert (row["name"], row["lane"], row["arguments"]) == (job_of(queued).name, "feeds", '["a"]')
    assert (row["run_at"], row["attempts"], row["dead_at"]) == (START, 0, None)


async def test_a_transaction_that_fails_leaves_no_row(world: World) -> None:
    async def fail() -> None:
        async with world.ctx.db.transaction() as tx:
            await later(tx, queued, "a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await world.rows("select 1 from jobs") == []


async def test_nobody_leases_a_row_before_its_transaction_commits(shared: Database) -> None:
    async def lease() -> list[Row]:
        async with shared.transaction() as tx:
            return await store.lease(tx, ME, {"feeds": 5})

    async def enqueue(written: asyncio.Event, looked: asyncio.Event) -> None:
        async with shared.transaction() as tx:
            await later(tx, queued, "a")
            written.set()
            await looked.wait()

    written, looked = asyncio.Event(), asyncio.Event()
    writing = asyncio.create_task(enqueue(written, looked))
    await written.wait()
    assert await lease() == []
    looked.set()
    await writing
    assert len(await lease()) == 1


async def test_arguments_are_stored_by_position(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(TypeError):
            await later(tx, queued, word="a")


async def test_later_at_waits_for_its_moment(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        await later_at(tx, START + SOON, queued, "a")
    assert await words(world, {"feeds": 5}) == []
    async with world.ctx.db.reading() as db:
        assert await store.next_due(db, ["feeds"]) == START + SOON
        assert await store.next_due(db, ["mail"]) is None
    world.clock.advance(SOON)
    assert await words(world, {"feeds": 5}) == ['["a"]']


async def test_once_keeps_the_row_that_waits(world: World) -> None:
    rows = [store.Enqueued(job_of(queued), f'["{word}"]', START, once="o") for word in "ab"]
    async with world.ctx.db.transaction() as tx:
        await store.insert(tx, rows[:1])
        await store.insert(tx, rows[1:])
    assert (await only_row(world))["arguments"] == '["a"]'


async def test_once_lets_a_row_wait_while_another_runs(world: World) -> None:
    row = store.Enqueued(job_of(queued), '["a"]', START, once="o")
    async with world.ctx.db.transaction() as tx:
        await store.insert(tx, [row])
        (running,) = await store.lease(tx, ME, {"feeds": 1})
        await store.insert(tx, [row])
        await store.retry_at(tx, running["id"], START + SOON, "failed")
    assert len(await world.rows("select 1 from jobs where leased_by is null")) == 2


async def test_a_lease_takes_no_more_of_a_lane_than_there_is_room_for(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        for word in "abc":
            await later(tx, queued, word)
        await later(tx, queued_elsewhere)
    assert await words(world, {"feeds": 2, "upkeep": 5}) == ['["a"]', '["b"]']
    assert await words(world, {"feeds": 2, "mail": 5}) == ['["c"]', "[]"]
    assert await words(world, {"feeds": 2, "mail": 5}) == []


async def test_smaller_priorities_go_first_then_older_rows(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        await later(tx, queued, "old")
        await later(tx, queued, "new")
        await later(tx, queued_first, "urgent")
    assert await words(world, {"feeds": 1}) == ['["urgent"]']
    assert await words(world, {"feeds": 1}) == ['["old"]']
    assert await words(world, {"feeds": 1}) == ['["new"]']


async def test_two_workers_at_once_never_lease_the_same_row(shared: Database) -> None:
    async with shared.transaction() as tx:
        for number in range(40):
            await later(tx, queued, str(number))

    async def take(worker: int) -> list[int]:
        async with shared.transaction() as tx:
            rows = await store.lease(tx, worker, {"feeds": 15})
            await asyncio.sleep(0.05)
            return [row["id"] for row in rows]

    taken = [identifier for ids in await asyncio.gather(*(take(worker) for worker in (1, 2, 3))) for identifier in ids]
    assert len(taken) == len(set(taken)) == 40


async def test_a_row_that_is_given_back_counts_no_attempt(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        await later(tx, queued, "a")
        (row,) = await store.lease(tx, ME, {"feeds": 1})
        assert row["attempts"] == 1
        await store.give_back(tx, [row["id"]])
    again = await only_row(world)
    assert (again["attempts"], again["leased_by"]) == (0, None)


async def buried(world: World, *given: str) -> list[int]:
    """Dead rows with these words, the first one died first."""
    ids: list[int] = []
    for word in given:
        async with world.ctx.db.transaction() as tx:
            await later(tx, queued, word)
            (row,) = await store.lease(tx, ME, {"feeds": 1})
            await store.bury(tx, row["id"], f"cannot {word}")
            ids.append(row["id"])
        world.clock.advance(SOON)
    return ids


async def test_the_dead_are_listed_newest_first_and_not_leased(world: World) -> None:
    first, second = await buried(world, "a", "b")
    async with world.ctx.db.transaction() as tx:
        await later(tx, queued_elsewhere)
        assert await store.lease(tx, ME, {"feeds": 5}) == []
        assert [row["id"] for row in await store.listed(tx, dead=True, limit=5)] == [second, first]
        assert [row["id"] for row in await store.listed(tx, dead=True, limit=1)] == [second]
        assert [row["last_error"] for row in await store.listed(tx, dead=True, limit=1)] == ["cannot b"]
        assert [row["name"] for row in await store.listed(tx, dead=False, limit=5)] == [job_of(queued_elsewhere).name]


async def test_revived_rows_start_from_their_first_attempt(world: World) -> None:
    first, second = await buried(world, "a", "b")
    async with world.ctx.db.transaction() as tx:
        assert await store.revive(tx, [first]) == 1
        assert await store.revive(tx, [first]) == 0
        (row,) = await store.lease(tx, ME, {"feeds": 5})
        assert (row["id"], row["attempts"]) == (first, 1)
        assert await store.revive(tx, None) == 1
        (row,) = await store.lease(tx, ME, {"feeds": 5})
        assert row["id"] == second


async def test_only_dead_rows_are_discarded(world: World) -> None:
    first, _ = await buried(world, "a", "b")
    async with world.ctx.db.transaction() as tx:
        await later(tx, queued, "alive")
        assert await store.discard(tx, [first]) == 1
        assert await store.discard(tx, None) == 1
    assert (await only_row(world))["arguments"] == '["alive"]'


async def test_counts_tell_how_each_lane_stands(world: World) -> None:
    await buried(world, "a")
    async with world.ctx.db.transaction() as tx:
        await later(tx, queued, "running")
        await store.lease(tx, ME, {"feeds": 1})
        await later(tx, queued, "waiting")
        await later(tx, queued_elsewhere)
        counts = {row["lane"]: (row["waiting"], row["running"], row["dead"]) for row in await store.counts(tx)}
    assert counts == {"feeds": (1, 1, 1), "mail": (1, 0, 0)}


async def test_rows_of_a_worker_that_died_are_taken_over_and_those_of_the_living_are_not(shared: Database) -> None:
    living, dying = await shared.dedicated("living"), await shared.dedicated("dying")
    try:
        for raw, number in ((living, 1), (dying, 2)):
            await raw.execute("select pg_advisory_lock($1, $2)", store.LEASES, number)
        async with shared.transaction() as tx:
            await later(tx, queued, "a")
            await later(tx, queued, "b")
        for number in (1, 2):
            async with shared.transaction() as tx:
                await store.lease(tx, number, {"feeds": 1})
        async with shared.transaction() as tx:
            assert await store.reclaim(tx) == 0
        await dying.close()
        await living.execute("select pg_advisory_lock($1, 2), pg_advisory_unlock($1, 2)", store.LEASES)
        async with shared.transaction() as tx:
            assert await store.reclaim(tx) == 1
            assert [row["arguments"] for row in await store.lease(tx, 3, {"feeds": 5})] == ['["b"]']
    finally:
        await living.close()


async def test_each_timer_is_given_to_one_caller(shared: Database) -> None:
    periods = {"t1": SOON, "t2": SOON}

    async def ask() -> list[str]:
        async with shared.transaction() as tx:
            return await store.tick(tx, periods)

    given = [name for names in await asyncio.gather(*(ask() for _ in range(5))) for name in names]
    assert sorted(given) == ["t1", "t2"]


async def test_a_timer_is_due_once_in_each_period_and_once_after_a_long_downtime(world: World) -> None:
    async def ask() -> list[str]:
        async with world.ctx.db.transaction() as tx:
            return await store.tick(tx, {"t": SOON})

    assert await ask() == ["t"]
    assert await ask() == []
    world.clock.advance(SOON)
    assert await ask() == ["t"]
    world.clock.advance(timedelta(days=30))
    assert await ask() == ["t"]
    assert await ask() == []


def test_two_jobs_cannot_share_a_name() -> None:
    name = job_of(queued).name
    assert jobs[name].run is queued
    with pytest.raises(ValueError, match="two jobs are named"):
        job(lane="now")(queued)


async def test_a_row_that_workers_keep_dying_with_is_dead_and_says_why(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        await later(tx, queued, "deadly")
        [row] = await store.listed(tx, dead=False, limit=10)
        for worker in range(1, store.LOSSES + 1):
            assert len(await store.lease(tx, worker, {"feeds": 1})) == 1
            assert await store.reclaim(tx) == 1
        assert await store.lease(tx, 9, {"feeds": 1}) == []
        [dead] = await store.listed(tx, dead=True, limit=10)
        assert (dead["id"], dead["last_error"]) == (
            row["id"],
            "the process died while it ran this job, for the 5th time",
        )
        assert await store.revive(tx, None) == 1
        await store.lease(tx, 9, {"feeds": 1})
        assert await store.reclaim(tx) == 1
        assert await store.listed(tx, dead=True, limit=10) == []
