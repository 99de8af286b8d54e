"""What a process remembers, and when it loads again."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from marula.base.db import Connection, Database
from marula.base.events import Live, Memory, Remembered, changed

PATIENCE = 5.0


@dataclass
class Sign:
    """A thing to remember: each loading gives the next number, while the gate is open."""

    loaded: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def load(self, db: Connection) -> int:
        self.loaded += 1
        mine = self.loaded
        self.begun.set()
        await self.gate.wait()
        return await db.value("select $1::integer", mine)


@pytest.fixture
def sign() -> Sign:
    made = Sign()
    made.gate.set()
    return made


@pytest.fixture
async def live(shared: Database) -> AsyncIterator[Live]:
    """It listens already."""
    made, ready = Live(shared), asyncio.Event()
    made.on_missed(ready.set)
    listening = asyncio.create_task(made.listen())
    await asyncio.wait_for(ready.wait(), PATIENCE)
    yield made
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


async def test_a_value_is_loaded_once(shared: Database, sign: Sign) -> None:
    memory, what = Memory(shared, Live(shared)), Remembered("sign", sign.load)
    assert [await memory.get(what), await memory.get(what)] == [1, 1]


async def test_a_task_that_holds_a_connection_may_load(shared: Database, sign: Sign) -> None:
    memory, what = Memory(shared, Live(shared)), Remembered("sign", sign.load)
    async with shared.transaction():
        assert await memory.get(what) == 1


async def test_a_change_is_loaded_after_its_commit(shared: Database, live: Live, sign: Sign) -> None:
    memory, what, forgotten = Memory(shared, live), Remembered("sign", sign.load), asyncio.Event()
    memory.on_forgotten(forgotten.set)
    assert await memory.get(what) == 1
    async with shared.transaction() as tx:
        await changed(tx, what)
        assert await memory.get(what) == 1
    await asyncio.wait_for(forgotten.wait(), PATIENCE)
    assert await memory.get(what) == 2


async def test_a_change_of_one_thing_keeps_the_others(shared: Database, sign: Sign) -> None:
    other = Sign(gate=sign.gate)
    memory = Memory(shared, Live(shared))
    this, that = Remembered("sign", sign.load), Remembered("other", other.load)
    await memory.get(this)
    await memory.get(that)
    memory.forget("sign")
    assert (await memory.get(this), await memory.get(that)) == (2, 1)


async def test_after_lost_messages_everything_is_loaded_again(shared: Database, sign: Sign) -> None:
    memory, what = Memory(shared, Live(shared)), Remembered("sign", sign.load)
    told: list[bool] = []
    memory.on_forgotten(lambda: told.append(True))
    await memory.get(what)
    memory.forget_all()
    assert told == [True]
    assert await memory.get(what) == 2


async def test_a_value_that_was_forgotten_while_it_was_loaded_is_not_kept(shared: Database, sign: Sign) -> None:
    memory, what = Memory(shared, Live(shared)), Remembered("sign", sign.load)
    sign.gate.clear()
    loading = asyncio.create_task(memory.get(what))
    await asyncio.wait_for(sign.begun.wait(), PATIENCE)
    memory.forget("sign")
    sign.gate.set()
    assert await loading == 1
    assert await memory.get(what) == 2
    assert await memory.get(what) == 2
