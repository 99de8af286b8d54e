"""The migrations: they run up and down, and the tables they make are those that the features declare."""

import asyncio
import uuid
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from marula.base.db import migrations
from marula.base.db.schema import metadata
from tests.conftest import database_named


@pytest.fixture
def empty(postgres: str) -> Iterator[str]:
    name = f"migrations_{uuid.uuid4().hex[:12]}"
    asyncio.run(_run(postgres, f'create database "{name}"'))
    yield database_named(postgres, name)
    asyncio.run(_run(postgres, f'drop database "{name}" with (force)'))


def test_up_and_down_leave_nothing_behind(empty: str) -> None:
    assert asyncio.run(migrations.pending(empty))
    migrations.migrate(empty)
    assert not asyncio.run(migrations.pending(empty))
    migrations.downgrade(empty, "base")
    left = asyncio.run(_rows(empty, "select relname from pg_class where relnamespace = 'public'::regnamespace"))
    assert {row["relname"] for row in left} <= {"alembic_version", "alembic_version_pkc"}
    migrations.migrate(empty)
    assert asyncio.run(migrations.current(empty)) == migrations.head()


def test_the_database_has_the_tables_that_the_features_declare(empty: str) -> None:
    migrations.migrate(empty)
    migrations.declare_tables()
    assert asyncio.run(_differences(empty)) == []


async def _differences(dsn: str) -> list[Any]:
    async def connect() -> Any:
        return await asyncpg.connect(dsn)

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect)

    def compare(connection: Connection) -> list[Any]:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with engine.connect() as connection:
        found = await connection.run_sync(compare)
    await engine.dispose()
    return found


async def _run(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(statement)
    await connection.close()


async def _rows(dsn: str, query: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(dsn)
    rows = await connection.fetch(query)
    await connection.close()
    return rows
