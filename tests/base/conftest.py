"""For mechanisms that only show with several connections: a database of their own, where transactions commit."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from marula.base.db import Database, migrations
from marula.base.kernel.clock import SystemClock


@pytest.fixture(scope="module")
def own_database(postgres: str) -> Iterator[str]:
    """The DSN of a migrated database for the tests of one module."""
    name = f"own_{uuid.uuid4().hex[:12]}"
    asyncio.run(_sql(postgres, f'create database "{name}"'))
    head, _, query = postgres.partition("?")
    dsn = f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    migrations.migrate(dsn)
    yield dsn
    asyncio.run(_sql(postgres, f'drop database "{name}" with (force)'))


@pytest.fixture
async def shared(own_database: str) -> AsyncIterator[Database]:
    """A real pool on that database, with empty queues and an empty log."""
    db = await Database.connect(own_database, SystemClock(), size=6)
    async with db.transaction() as tx:
        await tx.run("truncate jobs, timers, facts")
    yield db
    await db.close()


async def _sql(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
