"""How connections are handed out, taken back, passed on and closed."""

import asyncio
from dataclasses import dataclass, field

import pytest

from marula.base.db import connections
from marula.base.db.connections import Connections

PATIENCE = 5.0


@dataclass
class Raw:
    """A connection that only knows how it fares."""

    number: int
    closed: bool = False
    begun: bool = False
    parted: asyncio.Event = field(default_factory=asyncio.Event)

    def is_closed(self) -> bool:
        return self.closed

    def is_in_transaction(self) -> bool:
        return self.begun

    def terminate(self) -> None:
        self.closed = True

    async def close(self, **_: float) -> None:
        self.closed = True
        self.parted.set()


@dataclass
class Server:
    """What is connected to."""

    opened: list[Raw] = field(default_factory=list[Raw])
    away: bool = False

    async def connect(self) -> Raw:
        await asyncio.sleep(0)
        if self.away:
            raise ConnectionError("away")
        self.opened.append(Raw(len(self.opened)))
        return self.opened[-1]


@pytest.fixture
def server() -> Server:
    return Server()


async def test_the_connection_used_last_is_handed_out_first(server: Server) -> None:
    pool = Connections(server.connect, 3)
    first, second = await pool.take(PATIENCE), await pool.take(PATIENCE)
    pool.give_back(first, sound=True)
    pool.give_back(second, sound=True)
    assert await pool.take(PATIENCE) is second
    assert len(server.opened) == 2


async def test_who_waits_longest_is_given_the_next_connection(server: Server) -> None:
    pool = Connections(server.connect, 1)
    held = await pool.take(PATIENCE)
    order: list[str] = []

    async def want(name: str) -> None:
        raw = await pool.take(PATIENCE)
        order.append(name)
        pool.give_back(raw, sound=True)

    waiting = [asyncio.create_task(want(name)) for name in ("a", "b", "c")]
    await asyncio.sleep(0)
    pool.give_back(held, sound=True)
    await asyncio.gather(*waiting)
    assert (order, len(server.opened)) == (["a", "b", "c"], 1)


async def test_patience_ends(server: Server) -> None:
    pool = Connections(server.connect, 1)
    held = await pool.take(PATIENCE)
    with pytest.raises(TimeoutError):
        await pool.take(0.01)
    pool.give_back(held, sound=True)
    assert await pool.take(0.01) is held


@pytest.mark.parametrize("fault", ["unsound", "closed", "begun"])
async def test_a_spoilt_connection_is_closed_and_replaced(server: Server, fault: str) -> None:
    pool = Connections(server.connect, 1)
    raw = await pool.take(PATIENCE)
    raw.closed, raw.begun = fault == "closed", fault == "begun"
    pool.give_back(raw, sound=fault != "unsound")
    assert raw.closed
    assert (await pool.take(0.01)).number == 1


async def test_who_waits_opens_a_connection_in_the_place_of_a_spoilt_one(server: Server) -> None:
    pool = Connections(server.connect, 1)
    held = await pool.take(PATIENCE)
    waiting = asyncio.create_task(pool.take(PATIENCE))
    await asyncio.sleep(0)
    pool.give_back(held, sound=False)
    assert (await waiting).number == 1
    with pytest.raises(TimeoutError):
        await pool.take(0.01)


async def test_a_connection_that_was_cut_while_it_rested_is_not_handed_out(server: Server) -> None:
    pool = Connections(server.connect, 1)
    raw = await pool.take(PATIENCE)
    pool.give_back(raw, sound=True)
    raw.closed = True
    assert (await pool.take(0.01)).number == 1


async def test_a_connection_given_to_somebody_who_left_is_passed_on(server: Server) -> None:
    pool = Connections(server.connect, 1)
    held = await pool.take(PATIENCE)
    leaving = asyncio.create_task(pool.take(PATIENCE))
    await asyncio.sleep(0)
    pool.give_back(held, sound=True)
    leaving.cancel()
    kept = (await asyncio.gather(leaving, return_exceptions=True))[0]
    if kept is held:  # Python 3.11 gives what was there before the cancellation
        pool.give_back(held, sound=True)
    assert await pool.take(0.01) is held


async def test_the_room_of_a_connection_that_could_not_be_opened_is_free_again(server: Server) -> None:
    pool = Connections(server.connect, 1)
    server.away = True
    for _ in range(3):
        with pytest.raises(ConnectionError):
            await pool.take(PATIENCE)
    server.away = False
    assert (await pool.take(0.01)).number == 0


async def test_connections_that_nobody_needs_are_closed_after_a_while(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "REST", 0.02)
    pool = Connections(server.connect, 2)
    first, second = await pool.take(PATIENCE), await pool.take(PATIENCE)
    pool.give_back(first, sound=True)
    pool.give_back(second, sound=True)
    async with asyncio.timeout(PATIENCE):
        await first.parted.wait()
        await second.parted.wait()
    assert [(await pool.take(0.01)).number for _ in range(2)] == [2, 3]


async def test_after_the_end_nothing_is_handed_out_or_kept(server: Server) -> None:
    pool = Connections(server.connect, 2)
    idle, busy = await pool.take(PATIENCE), await pool.take(PATIENCE)
    pool.give_back(idle, sound=True)
    await pool.close()
    assert (idle.closed, busy.closed) == (True, False)
    pool.give_back(busy, sound=True)
    assert busy.closed
    with pytest.raises(ConnectionError):
        await pool.take(PATIENCE)
