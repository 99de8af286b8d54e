"""The pool of connections, and the only place where transactions begin and end."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, Literal, TypeAlias

import asyncpg

from marula.base.db.connection import Connection, Tx
from marula.base.kernel.clock import Clock
from marula.base.kernel.errors import Unreachable

Durability: TypeAlias = Literal["full", "relaxed"]

PATIENCE = 15
"""Seconds to wait for a connection."""

AWAY = (
    ConnectionError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
)
"""What is raised while the database is away; to others it is Unreachable."""

_holding: ContextVar[bool] = ContextVar("holding", default=False)


class _PooledConnection(asyncpg.Connection):
    """A connection that skips the reset query on release: nothing here changes session state."""

    def get_reset_query(self) -> str:
        return ""


class Database:
    """PostgreSQL, reached through a pool.

    A task holds one connection at a time: tasks that each hold one and wait for another would wait for each other for
    ever. Asking for a second one raises RuntimeError. `aside` is for what is loaded in between, such as settings.
    """

    def __init__(self, pool: Any, clock: Clock, dsn: str) -> None:
        self._pool = pool
        self._clock = clock
        self._aside = asyncio.Lock()
        self.dsn = dsn

    @classmethod
    async def connect(cls, dsn: str, clock: Clock, *, size: int = 10, name: str = "marula") -> "Database":
        """Open the pool. `size` is the largest number of connections, `name` is shown in pg_stat_activity."""
        pool = await asyncpg.create_pool(
            dsn,
            min_size=1,
            max_size=size,
            connection_class=_PooledConnection,
            command_timeout=30,
            max_inactive_connection_lifetime=300,
            server_settings={
                "application_name": name,
                "timezone": "UTC",
                "jit": "off",
                "plan_cache_mode": "force_generic_plan",
                "random_page_cost": "1.1",
            },
        )
        return cls(pool, clock, dsn)

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[Connection, None]:
        """A connection outside any transaction, for reading. Raises Unreachable when none gets free in time."""
        async with _one_at_a_time(), self._connection() as raw:
            yield Connection(raw)

    @asynccontextmanager
    async def transaction(self, durability: Durability = "full") -> AsyncGenerator[Tx, None]:
        """A transaction: committed when the block ends, rolled back when it raises.

        `relaxed` lets the commit return before the disk has it. Only for what can be computed again:
        feeds, counters, job acknowledgements. Never for people's posts. Raises Unreachable as `reading`.
        """
        async with _one_at_a_time(), self._connection() as raw, raw.transaction():
            if durability == "relaxed":
                await raw.execute("set local synchronous_commit to off")
            yield Tx(raw, self._clock.now())

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

    @asynccontextmanager
    async def _connection(self) -> AsyncGenerator[Any, None]:
        try:
            raw = await self._pool.acquire(timeout=PATIENCE)
        except (TimeoutError, *AWAY) as error:
            raise Unreachable from error
        try:
            yield raw
        except AWAY as error:
            if isinstance(error, ValueError):  # an argument that does not fit is a bug, not an absence
                raise
            raise Unreachable from error
        finally:
            await self._pool.release(raw)


@asynccontextmanager
async def _one_at_a_time() -> AsyncGenerator[None, None]:
    if _holding.get():
        raise RuntimeError("this task holds a connection already")
    token = _holding.set(True)
    try:
        yield
    finally:
        _holding.reset(token)
