"""Transactions and what is counted in them, on a real pool."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from marula.base.db import Database, statements_run
from marula.base.kernel.clock import SystemClock
from marula.base.kernel.errors import Unreachable
from tests.world import START, HeldClock


@pytest.fixture
async def db(own_database: str) -> AsyncIterator[Database]:
    """A pool whose clock stands still, and an empty table `things`."""
    made = await Database.connect(own_database, HeldClock(), size=3, name="test-pool")
    async with made.transaction() as tx:
        await tx.run("drop table if exists things")
        await tx.run("create table things (name text unique)")
    yield made
    await made.close()


async def names(db: Database) -> list[str]:
    async with db.reading() as reading:
        return [row["name"] for row in await reading.all("select name from things order by name")]


async def test_a_transaction_commits_at_the_end_of_its_block(db: Database) -> None:
    async with db.transaction() as tx:
        await tx.run("insert into things values ('a')")
        seen_by_others = await asyncio.create_task(count_elsewhere(db))
    assert seen_by_others == 0
    assert await names(db) == ["a"]


async def count_elsewhere(db: Database) -> int:
    """How many things somebody else sees."""
    raw = await db.dedicated("elsewhere")
    try:
        return await raw.fetchval("select count(*) from things")
    finally:
        await raw.close()


async def write_and_raise(db: Database, error: BaseException) -> None:
    async with db.transaction() as tx:
        await tx.run("insert into things values ('a')")
        raise error


@pytest.mark.parametrize("error", [ValueError("no"), asyncio.CancelledError()])
async def test_a_block_that_raises_is_rolled_back(db: Database, error: BaseException) -> None:
    with pytest.raises(type(error)):
        await write_and_raise(db, error)
    assert await names(db) == []


async def test_a_statement_that_is_refused_rolls_back_what_came_before(db: Database) -> None:
    async def write_twice() -> None:
        async with db.transaction() as tx:
            await tx.run("insert into things values ('b')")
            await tx.run("insert into things values ('b')")

    with pytest.raises(asyncpg.UniqueViolationError):
        await write_twice()
    assert await names(db) == []


async def test_a_task_that_is_cancelled_while_it_waits_leaves_nothing_and_gives_its_connection_back(
    db: Database,
) -> None:
    started = asyncio.Event()

    async def write_slowly() -> None:
        async with db.transaction() as tx:
            await tx.run("insert into things values ('a')")
            started.set()
            await tx.run("select pg_sleep(30)")

    for _ in range(5):
        started.clear()
        task = asyncio.create_task(write_slowly())
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await names(db) == []


async def test_a_transaction_knows_one_moment(db: Database) -> None:
    async with db.transaction() as tx:
        assert tx.now == START


async def test_durability_is_full_unless_it_is_relaxed_and_is_full_again_afterwards(own_database: str) -> None:
    db = await Database.connect(own_database, SystemClock(), size=1)
    found: list[str] = []
    try:
        for durability in ("full", "relaxed", "full"):
            async with db.transaction(durability) as tx:
                found.append(await tx.value("show synchronous_commit"))
    finally:
        await db.close()
    assert found == ["on", "off", "on"]


async def test_every_method_counts_as_one_statement(db: Database) -> None:
    with statements_run() as count:
        async with db.transaction() as tx:
            assert await tx.run("insert into things values ('a'), ('b')") == 2
            await tx.run_many("insert into things values ($1)", [("c",), ("d",)])
            assert len(await tx.all("select name from things")) == 4
            assert await tx.one("select name from things where name = 'x'") is None
            assert await tx.value("select count(*) from things") == 4
    assert count() == 5


async def test_statements_are_counted_in_the_innermost_block_and_in_its_tasks(db: Database) -> None:
    with statements_run() as outer:
        await names(db)
        with statements_run() as inner:
            await asyncio.gather(names(db), names(db))
        await names(db)
    await names(db)
    assert (outer(), inner()) == (2, 2)


async def test_a_task_holds_one_connection_at_a_time(db: Database) -> None:
    async with db.reading():
        with pytest.raises(RuntimeError):
            await names(db)
    assert await names(db) == []


async def test_more_tasks_than_connections_take_turns(db: Database) -> None:
    assert await asyncio.gather(*(names(db) for _ in range(20))) == [[]] * 20


async def test_aside_is_a_connection_of_its_own(db: Database) -> None:
    async with db.transaction() as tx:
        await tx.run("insert into things values ('a')")
        async with db.aside() as other:
            assert await other.value("select count(*) from things") == 0


async def test_a_connection_that_was_cut_is_unreachable_once_and_replaced(db: Database) -> None:
    async def cut_own_connection() -> None:
        async with db.reading() as reading:
            await reading.run("select pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(Unreachable):
        await cut_own_connection()
    assert await names(db) == []


async def test_who_stands_still_within_a_transaction_is_cut_off_and_holds_up_nobody(db: Database) -> None:
    async with db.reading() as reading:
        assert await reading.value("show idle_in_transaction_session_timeout") == "20s"

    async def stand_still() -> None:
        async with db.transaction() as tx:
            await tx.run("set local idle_in_transaction_session_timeout = '50ms'")
            await tx.run("insert into things values ('never')")
            await asyncio.sleep(0.5)
            await tx.run("insert into things values ('neither')")

    with pytest.raises(Unreachable):
        await stand_still()
    async with db.transaction() as tx:
        await tx.run("insert into things values ('next')")
    assert await names(db) == ["next"]
