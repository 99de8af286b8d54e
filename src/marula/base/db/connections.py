"""The open connections of one process, handed to one task at a time."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

REST = 300.0
"""Seconds after which a connection that nobody needs is closed."""

GRACE = 5.0
"""Seconds that a connection has to say goodbye."""


class Connections:
    """Opens connections when they are needed, at most so many, and closes them when they are not.

    The one used last is handed out first: few serve most requests, have their statements planned, and the others come
    to rest. asyncpg's own pool does more at each handing out and taking back: it resets the session, which nothing here
    changes, starts a task and sets two timers.
    """

    def __init__(self, connect: Callable[[], Awaitable[Any]], size: int) -> None:
        self._connect = connect
        self._room = size
        self._idle: deque[tuple[Any, float]] = deque()
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._parting: set[asyncio.Task[None]] = set()
        self._sweeping: asyncio.TimerHandle | None = None
        self._closed = False

    async def take(self, patience: float) -> Any:
        """A connection. Raises TimeoutError when none gets free in time, and what connecting raises."""
        if self._closed:
            raise ConnectionError("the connections are closed")
        while self._idle:
            raw, _ = self._idle.pop()
            if not raw.is_closed():
                return raw
            self._room += 1
        if self._room > 0:
            self._room -= 1
            return await self._open()
        raw = await self._wait(patience)
        return await self._open() if raw is None else raw

    def give_back(self, raw: Any, *, sound: bool) -> None:
        """Take a connection back. One that is not `sound`, or in the middle of something, is used no more."""
        if sound and not self._closed and not raw.is_closed() and not raw.is_in_transaction():
            self._pass_on(raw)
        else:
            raw.terminate()
            self._pass_on(None)

    async def close(self) -> None:
        """Close those that are idle now, and the others when they are given back."""
        self._closed = True
        if self._sweeping is not None:
            self._sweeping.cancel()
        while self._idle:
            self._part(self._idle.popleft()[0])
        await asyncio.gather(*self._parting, return_exceptions=True)

    async def _open(self) -> Any:
        try:
            return await self._connect()
        except BaseException:
            self._pass_on(None)
            raise

    async def _wait(self, patience: float) -> Any:
        """What is passed on next, in turn: a connection, or None for the room to open one."""
        turn: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            return await asyncio.wait_for(turn, patience)
        except BaseException:
            if turn.done() and not turn.cancelled():
                self._pass_on(turn.result())
            raise

    def _pass_on(self, raw: Any) -> None:
        """Give a connection, or the room for one (None), to whoever waits longest; keep it when nobody does."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(raw)
                return
        if raw is None:
            self._room += 1
            return
        loop = asyncio.get_running_loop()
        self._idle.append((raw, loop.time()))
        if self._sweeping is None:
            self._sweeping = loop.call_later(REST, self._sweep)

    def _sweep(self) -> None:
        """Close those that have rested long enough."""
        loop = asyncio.get_running_loop()
        while self._idle and self._idle[0][1] <= loop.time() - REST:
            self._part(self._idle.popleft()[0])
            self._room += 1
        self._sweeping = loop.call_later(REST, self._sweep) if self._idle else None

    def _part(self, raw: Any) -> None:
        parting = asyncio.get_running_loop().create_task(raw.close(timeout=GRACE))
        self._parting.add(parting)
        parting.add_done_callback(self._parting.discard)
