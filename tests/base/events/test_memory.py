"""What a process remembers, and when it loads again."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from marula.base.db import Connection, Database
from marula.base.events import Live, Memory, Remembered, RememberedEach, changed, changed_each

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


PETS: RememberedEach[int, str] = RememberedEach("pets", most=2)


async def learn(memory: Memory, key: int, value: str | None, kind: RememberedEach[int, str] = PETS) -> str | None:
    async def load() -> str | None:
        return value

    return await memory.learn(kind, key, load)


async def test_things_are_remembered_by_their_keys(shared: Database, live: Live) -> None:
    memory = Memory(shared, live)
    assert memory.recall(PETS, 1) is None
    assert await learn(memory, 1, "cat") == "cat"
    assert (memory.recall(PETS, 1), memory.recall(PETS, 2)) == ("cat", None)


async def test_what_is_not_there_is_not_remembered(shared: Database, live: Live) -> None:
    memory = Memory(shared, live)
    assert await learn(memory, 1, None) is None
    assert await learn(memory, 1, "cat") == "cat"
    assert memory.recall(PETS, 1) == "cat"


async def test_the_first_learned_goes_when_there_are_too_many(shared: Database, live: Live) -> None:
    memory = Memory(shared, live)
    for key, name in ((1, "cat"), (2, "dog"), (1, "cat"), (3, "owl")):
        await learn(memory, key, name)
    assert [memory.recall(PETS, key) for key in (1, 2, 3)] == ["cat", None, "owl"]


async def test_things_are_forgotten_after_a_while(shared: Database, live: Live) -> None:
    memory, brief = Memory(shared, live), RememberedEach[int, str]("brief", seconds=0.01)
    await learn(memory, 1, "cat", brief)
    assert memory.recall(brief, 1) == "cat"
    await asyncio.sleep(0.02)
    assert memory.recall(brief, 1) is None


async def test_a_change_counts_in_this_process_before_its_transaction_is_over(shared: Database, live: Live) -> None:
    memory = Memory(shared, live)
    await learn(memory, 1, "cat")
    await learn(memory, 2, "dog")
    async with shared.transaction() as tx:
        await changed_each(tx, PETS, 1)
        assert memory.recall(PETS, 1) == "cat"
    assert (memory.recall(PETS, 1), memory.recall(PETS, 2)) == (None, "dog")
    async with shared.transaction() as tx:
        await changed_each(tx, PETS)
    assert memory.recall(PETS, 2) is None


async def test_a_change_counts_in_other_processes_when_they_hear_of_it(shared: Database, live: Live) -> None:
    other = Memory(shared, live)
    await learn(other, 1, "cat")
    raw = await shared.dedicated("elsewhere")
    await raw.execute("select pg_notify('marula_live', 'forget_each pets')")
    await raw.close()
    async with asyncio.timeout(PATIENCE):
        while other.recall(PETS, 1) is not None:  # noqa: ASYNC110 - nothing is told when it is forgotten
            await asyncio.sleep(0.01)


async def test_nothing_is_recalled_or_learned_while_changes_cannot_be_heard(shared: Database) -> None:
    memory = Memory(shared, Live(shared))
    assert await learn(memory, 1, "cat") == "cat"
    assert memory.recall(PETS, 1) is None


async def test_a_thing_that_changed_while_it_was_loaded_is_not_kept(shared: Database, live: Live) -> None:
    memory = Memory(shared, live)

    async def load() -> str:
        async with shared.transaction() as tx:
            await changed_each(tx, PETS, 1)
        return "the cat as it was"

    assert await memory.learn(PETS, 1, load) == "the cat as it was"
    assert memory.recall(PETS, 1) is None


async def test_things_by_key_go_when_something_for_all_changes(shared: Database, live: Live, sign: Sign) -> None:
    memory, what = Memory(shared, live), Remembered("sign", sign.load)
    await learn(memory, 1, "cat")
    async with shared.transaction() as tx:
        await changed(tx, what)
    assert memory.recall(PETS, 1) is None
