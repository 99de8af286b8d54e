"""The worker, on real connections: what it runs, when, and what becomes of jobs that fail."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from marula.base.db import Database, Row
from marula.base.jobs import every, job, jobs, later, store, timers
from marula.base.jobs.registry import job_of
from marula.base.jobs.worker import Worker, pause
from marula.base.kernel.clock import Clock, SystemClock

PATIENCE = 5.0


@dataclass
class Shop:
    """What the jobs of these tests are handed."""

    db: Database
    clock: Clock = field(default_factory=SystemClock)
    ran: list[str] = field(default_factory=list[str])
    started: asyncio.Event = field(default_factory=asyncio.Event)
    release: asyncio.Event = field(default_factory=asyncio.Event)


@job(lane="feeds")
async def worked(ctx: Shop, word: str) -> None:
    """Notes that it ran."""
    ctx.ran.append(word)


@job(lane="feeds", attempts=2)
async def worked_badly(ctx: Shop, words: str) -> None:
    """Fails with these words."""
    ctx.ran.append(words)
    raise ValueError(words)


@job(lane="feeds")
async def worked_oddly(ctx: Shop) -> None:
    """Fails with words that are no text for PostgreSQL."""
    raise ValueError("odd \x00 \ud800 words")


@job(lane="feeds", attempts=2)
async def worked_until_cancelled(ctx: Shop) -> None:
    """Waits for something of its own that is cancelled."""
    inner = asyncio.ensure_future(asyncio.sleep(60))
    asyncio.get_running_loop().call_soon(inner.cancel)
    await inner


@job(lane="upkeep")
async def worked_long(ctx: Shop) -> None:
    """Runs until it is released."""
    ctx.started.set()
    await ctx.release.wait()
    ctx.ran.append("long")


@job(lane="fan_out")
async def worked_in_turn_long(ctx: Shop) -> None:
    """Runs until it is released."""
    ctx.started.set()
    await ctx.release.wait()


@job(lane="fan_out", attempts=2)
async def worked_in_turn(ctx: Shop, word: str) -> None:
    """Takes the longer the earlier it comes, and fails when it is told to."""
    ctx.ran.append(f"{word} begins")
    await asyncio.sleep(0.05 if word == "first" else 0)
    if word == "bad":
        raise ValueError(word)
    ctx.ran.append(f"{word} ends")


@asynccontextmanager
async def working(shop: Shop, *, grace: timedelta = timedelta(seconds=2)) -> AsyncGenerator[asyncio.Event, None]:
    """A worker runs inside the block, and is asked to stop at its end."""
    stop = asyncio.Event()
    running = asyncio.create_task(Worker(shop).run(stop, grace=grace))
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(running, PATIENCE + grace.total_seconds())


async def until(holds: Callable[[], object]) -> None:
    """Wait until the condition holds, a few seconds at most."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - a test may look again and again
            await asyncio.sleep(0.01)


async def rows(db: Database) -> list[Row]:
    async with db.reading() as reading:
        return await reading.all("select * from jobs where name not in (select name from timers) order by id")


async def rows_when(db: Database, holds: Callable[[list[Row]], object]) -> list[Row]:
    """The rows, as soon as the condition holds for them."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = await rows(db)
            if holds(found):
                return found
            await asyncio.sleep(0.02)


async def only_row_with(db: Database, column: str) -> Row:
    """The only row, as soon as it has a value in this column."""
    (row,) = await rows_when(db, lambda found: len(found) == 1 and found[0][column])
    return row


async def test_a_sleeping_worker_runs_a_job_within_a_second_of_the_commit(shared: Database) -> None:
    shop = Shop(shared)
    async with working(shop):
        await asyncio.sleep(0.3)
        async with shared.transaction() as tx:
            await later(tx, worked, "a")
        before = asyncio.get_running_loop().time()
        await until(lambda: shop.ran)
        assert asyncio.get_running_loop().time() - before < 1
        await rows_when(shared, lambda found: not found)
    assert shop.ran == ["a"]


async def test_a_job_that_fails_is_tried_again_later_with_its_error_kept(shared: Database) -> None:
    shop = Shop(shared)
    async with working(shop):
        async with shared.transaction() as tx:
            await later(tx, worked_badly, "no luck")
        row = await only_row_with(shared, "last_error")
    assert row["last_error"] == "ValueError: no luck"
    assert (row["attempts"], row["dead_at"], row["leased_by"]) == (1, None, None)
    assert row["run_at"] > datetime.now(UTC) + timedelta(seconds=5)


async def test_a_job_is_dead_after_its_last_attempt(shared: Database) -> None:
    shop = Shop(shared)
    async with shared.transaction() as tx:
        await later(tx, worked_badly, "no luck")
        await tx.run("update jobs set attempts = 1")
    async with working(shop):
        row = await only_row_with(shared, "dead_at")
    assert (row["attempts"], row["last_error"]) == (2, "ValueError: no luck")


async def test_words_that_the_database_cannot_hold_do_not_keep_a_job_from_failing(shared: Database) -> None:
    shop = Shop(shared)
    async with working(shop):
        async with shared.transaction() as tx:
            await later(tx, worked_oddly)
        row = await only_row_with(shared, "last_error")
    assert row["last_error"].startswith("ValueError: odd")


async def test_a_job_whose_own_waiting_is_cancelled_has_failed(shared: Database) -> None:
    shop = Shop(shared)
    async with working(shop):
        async with shared.transaction() as tx:
            await later(tx, worked_until_cancelled)
        row = await only_row_with(shared, "last_error")
    assert (row["last_error"], row["attempts"]) == ("CancelledError: ", 1)


async def test_an_unknown_job_is_dead_at_once_and_stops_no_others(shared: Database) -> None:
    shop = Shop(shared)
    async with shared.transaction() as tx:
        await tx.run("insert into jobs (lane, name, arguments, run_at) values ('feeds', 'gone', '[]', $1)", tx.now)
        await later(tx, worked, "a")
    async with working(shop):
        await until(lambda: shop.ran)
        row = await only_row_with(shared, "dead_at")
    assert row["name"] == "gone"
    assert "gone" in row["last_error"]


async def test_arguments_that_do_not_fit_are_a_failure_like_any_other(shared: Database) -> None:
    shop = Shop(shared)
    async with shared.transaction() as tx:
        await store.insert(tx, [store.Enqueued(job_of(worked), "[1, 2]", tx.now)])
    async with working(shop):
        row = await only_row_with(shared, "last_error")
    assert row["last_error"].startswith("ValidationError")
    assert shop.ran == []


async def test_a_stopping_worker_lets_running_jobs_end(shared: Database) -> None:
    shop = Shop(shared)
    async with shared.transaction() as tx:
        await later(tx, worked_long)
    async with working(shop) as stop:
        await asyncio.wait_for(shop.started.wait(), PATIENCE)
        stop.set()
        await asyncio.sleep(0.1)
        shop.release.set()
    assert shop.ran == ["long"]
    assert await rows(shared) == []


async def test_a_stopping_worker_gives_back_what_does_not_end_in_time(shared: Database) -> None:
    shop = Shop(shared)
    async with shared.transaction() as tx:
        await later(tx, worked_long)
    async with working(shop, grace=timedelta(seconds=0.1)):
        await asyncio.wait_for(shop.started.wait(), PATIENCE)
    (row,) = await rows(shared)
    assert (row["attempts"], row["leased_by"], row["last_error"]) == (0, None, None)
    assert shop.ran == []


async def test_a_worker_takes_over_the_rows_of_one_that_died(shared: Database) -> None:
    shop = Shop(shared)
    async with shared.transaction() as tx:
        await later(tx, worked, "a")
        await store.lease(tx, 1, {"feeds": 1})
    async with working(shop):
        await until(lambda: shop.ran)
    assert await rows(shared) == []


async def test_a_worker_that_lost_its_connection_says_so(shared: Database) -> None:
    shop = Shop(shared)
    async with shared.transaction() as tx:
        await later(tx, worked, "listens")
    running = asyncio.create_task(Worker(shop).run(asyncio.Event()))
    await until(lambda: shop.ran)
    async with shared.reading() as db:
        killed = await db.run(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and application_name = 'marula-worker'"
        )
    assert killed == 1
    with pytest.raises(ConnectionError):
        await asyncio.wait_for(running, PATIENCE)


async def test_a_timer_enqueues_its_job(shared: Database) -> None:
    @every(timedelta(hours=1))
    @job(lane="feeds")
    async def worked_hourly(ctx: Shop) -> None:
        ctx.ran.append("hourly")

    others = {name: timer for name, timer in timers.items() if timer.job is not job_of(worked_hourly)}
    for name in others:
        del timers[name]
    shop = Shop(shared)
    try:
        async with working(shop):
            await until(lambda: shop.ran)
            await asyncio.sleep(0.1)
    finally:
        name = job_of(worked_hourly).name
        del timers[name], jobs[name]
        timers.update(others)
    assert shop.ran == ["hourly"]


async def test_run_due_runs_what_jobs_enqueue_and_raises_what_they_raise(shared: Database) -> None:
    shop = Shop(shared)
    async with shared.transaction() as tx:
        await later(tx, worked, "a")
        await later(tx, worked, "b")
    assert await Worker(shop).run_due() == 2
    assert shop.ran == ["a", "b"]
    async with shared.transaction() as tx:
        await later(tx, worked_badly, "no luck")
    with pytest.raises(ValueError, match="no luck"):
        await Worker(shop).run_due()


def test_pauses_grow_from_seconds_to_a_day() -> None:
    spans = [pause(attempts).total_seconds() for attempts in range(1, 30)]
    assert 15 <= spans[0] <= 19
    assert 86_400 <= spans[-1] <= 108_000
    assert spans[5] > 10 * spans[1]


async def test_jobs_of_a_lane_in_turn_run_one_after_another_whoever_runs_them(shared: Database) -> None:
    shop = Shop(shared)
    words = ["first", "second", "bad", "third"]
    async with working(shop), working(shop):
        async with shop.db.transaction() as tx:
            for word in words:
                await later(tx, worked_in_turn, word)
        await until(lambda: "third ends" in shop.ran)
    told = [f"{word} {part}" for word in words for part in ("begins", "ends")]
    assert shop.ran == [one for one in told if one != "bad ends"]


async def test_a_lane_in_turn_goes_on_with_another_worker(shared: Database) -> None:
    shop = Shop(shared)
    async with working(shop):
        async with working(shop) as stop:
            stop.set()
        async with shop.db.transaction() as tx:
            await later(tx, worked_in_turn, "after")
        await until(lambda: "after ends" in shop.ran)


async def test_what_was_taken_in_turn_and_not_begun_is_given_back_when_the_worker_stops(shared: Database) -> None:
    shop = Shop(shared)
    async with shop.db.transaction() as tx:
        await later(tx, worked_in_turn_long)
        await later(tx, worked_in_turn, "second")
    async with working(shop, grace=timedelta(0)):
        await asyncio.wait_for(shop.started.wait(), PATIENCE)
    async with shop.db.reading() as db:
        left = await db.all("select name, leased_by, attempts from jobs where lane = 'fan_out' order by id")
    assert [(row["name"], row["leased_by"], row["attempts"]) for row in left] == [
        (job_of(worked_in_turn_long).name, None, 0),
        (job_of(worked_in_turn).name, None, 0),
    ]
    assert shop.ran == []
