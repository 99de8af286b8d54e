"""Fixtures for all tests: one PostgreSQL for the run, one transaction for each test, rolled back at its end."""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from marula.base.db import migrations
from marula.base.db.embedded import EmbeddedPostgres
from tests.folders import open_folder
from tests.world import World, make_world


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The DSN of a PostgreSQL whose databases tests may create and drop: MARULA_TEST_DATABASE_URL or one of our own."""
    given = os.environ.get("MARULA_TEST_DATABASE_URL")
    if given:
        yield given
        return
    with open_folder() as folder:
        server = EmbeddedPostgres(folder, say=lambda _: None)
        server.start()
        try:
            yield server.dsn
        finally:
            server.stop()


@pytest.fixture(scope="session")
def database(postgres: str) -> Iterator[str]:
    """The DSN of a fresh, migrated database that lives as long as the test run."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    asyncio.run(_sql(postgres, f'create database "{name}"'))
    dsn = database_named(postgres, name)
    migrations.migrate(dsn)
    yield dsn
    asyncio.run(_sql(postgres, f'drop database "{name}" with (force)'))


@pytest.fixture
async def world(database: str, tmp_path: Path) -> AsyncIterator[World]:
    """An empty server inside one transaction."""
    async with make_world(database, tmp_path) as made:
        yield made


def database_named(dsn: str, name: str) -> str:
    """The same server, another database."""
    head, _, query = dsn.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


async def _sql(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
