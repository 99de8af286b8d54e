"""Live messages between two processes: here two pools on one database."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from marula.base.db import Database
from marula.base.events import Live, announce
from marula.base.kernel.clock import SystemClock

PATIENCE = 5.0


class Ear:
    """Another process that listens, and what it heard."""

    def __init__(self, db: Database) -> None:
        self.heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self.missed: asyncio.Queue[None] = asyncio.Queue()
        self.live = Live(db)
        self.live.on("bell", lambda payload: self.heard.put_nowait(("bell", payload)))
        self.live.on("bell", lambda payload: self.heard.put_nowait(("again", payload)))
        self.live.on_missed(lambda: self.missed.put_nowait(None))

    async def next(self) -> tuple[str, str]:
        return await asyncio.wait_for(self.heard.get(), PATIENCE)


@pytest.fixture
async def ear(own_database: str, shared: Database) -> AsyncIterator[Ear]:
    """It listens already."""
    other = await Database.connect(own_database, SystemClock(), size=1)
    ear = Ear(other)
    listening = asyncio.create_task(ear.live.listen())
    await asyncio.wait_for(ear.missed.get(), PATIENCE)
    yield ear
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await other.close()


async def test_other_processes_hear_a_message_when_it_commits_and_not_before(shared: Database, ear: Ear) -> None:
    async with shared.transaction() as tx:
        await announce(tx, "bell", "door 7")
        await asyncio.sleep(0.2)
        assert ear.heard.empty()
    assert await ear.next() == ("bell", "door 7")


async def test_listeners_are_called_in_the_order_in_which_they_subscribed(shared: Database, ear: Ear) -> None:
    async with shared.transaction() as tx:
        await announce(tx, "bell")
    assert [await ear.next(), await ear.next()] == [("bell", ""), ("again", "")]


async def test_nobody_hears_what_was_rolled_back_or_has_another_topic(shared: Database, ear: Ear) -> None:
    async def fail() -> None:
        async with shared.transaction() as tx:
            await announce(tx, "bell", "rolled back")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with shared.transaction() as tx:
        await announce(tx, "bells", "another topic")
        await announce(tx, "bell", "x" * 7_900)
    assert await ear.next() == ("bell", "x" * 7_900)


async def test_a_lost_connection_is_made_again_and_listeners_are_told(shared: Database, ear: Ear) -> None:
    async with shared.reading() as db:
        killed = await db.run(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and application_name = 'marula-live'"
        )
    assert killed == 1
    await asyncio.wait_for(ear.missed.get(), PATIENCE)
    async with shared.transaction() as tx:
        await announce(tx, "bell", "after")
    assert await ear.next() == ("bell", "after")


async def test_early_listeners_hear_their_own_process_before_the_transaction_is_over(shared: Database) -> None:
    live, heard = Live(shared), list[str]()
    live.on("bell", heard.append, early=True)
    live.on("bell", lambda payload: heard.append(f"late {payload}"))
    async with shared.transaction() as tx:
        await announce(tx, "bell", "door 7")
        assert heard == []
    assert heard == ["door 7"]


async def test_it_hears_while_it_is_connected(shared: Database, ear: Ear) -> None:
    assert not Live(shared).hears
    assert ear.live.hears
    async with shared.reading() as db:
        await db.run("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'marula-live'")
    await asyncio.wait_for(ear.missed.get(), PATIENCE)
    assert ear.live.hears
