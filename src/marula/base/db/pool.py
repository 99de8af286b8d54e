"""The pool of connections, and the only place where transactions begin and end."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import asyncpg

from marula.base.db.connection import Connection, Tx
from marula.base.db.connections import Connections
from marula.base.kernel.clock import Clock
from marula.base.kernel.errors import Unreachable

T = TypeVar("T")
Durability: TypeAlias = Literal["full", "relaxed"]

PATIENCE = 15
"""Seconds to wait for a connection."""

AWAY = (
    ConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
)
"""What is raised while the database is away; to others it is Unreachable."""

KEPT_PREPARED = 6000
"""Characters of a statement up to which a connection keeps it prepared. All of ours are shorter; asyncpg's question
about types, asked once or twice, is longer, and its plan takes 1.2 MB of each connection."""

SESSION = {
    "timezone": "UTC",
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "random_page_cost": "1.1",
    "idle_in_transaction_session_timeout": "20s",
}
"""The last one: who stands still within a transaction does not hold up for ever those who wait for its locks."""

BEGIN: dict[Durability, str] = {"full": "begin", "relaxed": "begin; set local synchronous_commit to off"}

_holding: ContextVar[bool] = ContextVar("holding", default=False)


class Database:
    """PostgreSQL, reached through a pool.

    A task holds one connection at a time: tasks that each hold one and wait for another would wait for each other for
    ever. Asking for a second one raises RuntimeError. `aside` is for what is loaded in between, such as settings.
    """

    def __init__(self, connections: Connections, clock: Clock, dsn: str) -> None:
        self._connections = connections
        self._clock = clock
        self._aside = asyncio.Lock()
        self._listeners: list[Callable[[Sequence[str]], None]] = []
        self.dsn = dsn

    @classmethod
    async def connect(cls, dsn: str, clock: Clock, *, size: int = 10, name: str = "marula") -> "Database":
        """Open the pool. `size` is the largest number of connections, `name` is shown in pg_stat_activity."""

        async def connect() -> Any:
            return await asyncpg.connect(
                dsn,
                command_timeout=30,
                timeout=PATIENCE,
                max_cacheable_statement_size=KEPT_PREPARED,
                server_settings=SESSION | {"application_name": name},
            )

        connections = Connections(connect, size)
        connections.give_back(await connections.take(PATIENCE), sound=True)
        return cls(connections, clock, dsn)

    async def close(self) -> None:
        await self._connections.close()

    def reading(self) -> AbstractAsyncContextManager[Connection]:
        """A connection outside any transaction, for reading. Raises Unreachable when none gets free in time."""
        return _Held(self, Connection)

    @asynccontextmanager
    async def transaction(self, durability: Durability = "full") -> AsyncGenerator[Tx, None]:
        """A transaction: committed when the block ends, rolled back when it raises.

        `relaxed` lets the commit return before the disk has it. Only for what can be computed again:
        feeds, counters, job acknowledgements. Never for people's posts. Raises Unreachable as `reading`.
        """
        announced: list[str] = []
        try:
            async with _Held(self, _itself) as raw, self._block(raw, durability):
                yield Tx(raw, self._clock.now(), announced)
        finally:
            if announced:
                for listener in self._listeners:
                    listener(announced)

    def on_end(self, listener: Callable[[Sequence[str]], None]) -> None:
        """Call `listener(messages)` after each transaction of this process that announced any, however it ended."""
        self._listeners.append(listener)

    @asynccontextmanager
    async def aside(self) -> AsyncGenerator[Connection, None]:
        """A connection of its own beside the pool, for a task that may hold one already. One task at a time."""
        async with self._aside:
            raw = await asyncpg.connect(self.dsn, timeout=PATIENCE)
            try:
                yield Connection(raw)
            finally:
                await raw.close()

    async def dedicated(self, name: str) -> Any:
        """A connection of one's own, outside the pool, for LISTEN and session locks. The caller closes it."""
        return await asyncpg.connect(self.dsn, server_settings={"application_name": name})

    async def take(self) -> Any:
        """A raw connection, for the blocks above. Raises TimeoutError and what connecting raises."""
        return await self._connections.take(PATIENCE)

    def give_back(self, raw: Any, *, sound: bool) -> None:
        """Take it back; what was cut short in it makes it unsound."""
        self._connections.give_back(raw, sound=sound)

    def _block(self, raw: Any, durability: Durability) -> AbstractAsyncContextManager[None]:
        return _Block(raw, BEGIN[durability])


class _Block:
    """A transaction on a connection, from the beginning of a block to its end."""

    __slots__ = ("_begin", "_raw")

    def __init__(self, raw: Any, begin: str) -> None:
        self._raw = raw
        self._begin = begin

    async def __aenter__(self) -> None:
        await self._raw.execute(self._begin)

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            await self._raw.execute("commit")
        elif not self._raw.is_closed():
            try:
                await self._raw.execute("rollback")
            except (TimeoutError, *AWAY):
                self._raw.terminate()  # it was cut in the middle of a statement; what was raised there is what counts


class _Held(Generic[T]):
    """A connection in the hands of this task, and no other one, until the block ends."""

    __slots__ = ("_database", "_raw", "_wrap")

    def __init__(self, database: Database, wrap: Callable[[Any], T]) -> None:
        self._database = database
        self._wrap = wrap

    async def __aenter__(self) -> T:
        if _holding.get():
            raise RuntimeError("this task holds a connection already")
        try:
            self._raw = await self._database.take()
        except (TimeoutError, *AWAY) as error:
            raise Unreachable from error
        _holding.set(True)
        return self._wrap(self._raw)

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        _holding.set(False)
        cut = isinstance(error, TimeoutError) or not isinstance(error, Exception | None)
        self._database.give_back(self._raw, sound=not cut)
        if isinstance(error, AWAY) and not isinstance(error, ValueError):  # a ValueError is a bug, not an absence
            raise Unreachable from error


def _itself(raw: Any) -> Any:
    return raw
