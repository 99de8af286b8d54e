"""A server for the commands: a migrated database of its own, and `call`, which runs a command in this process."""

import asyncio
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from marula.base.db import Row, migrations
from marula.cli import main, tootctl
from tests.conftest import database_named


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


Call = Callable[..., Answer]
Rows = Callable[..., list[Row]]


@pytest.fixture(scope="module")
def server(postgres: str) -> Iterator[str]:
    """The DSN of an empty, migrated database, shared by the tests of one file."""
    name = f"test_cli_{uuid.uuid4().hex[:12]}"
    run_sql(postgres, f'create database "{name}"')
    dsn = database_named(postgres, name)
    migrations.migrate(dsn)
    yield dsn
    run_sql(postgres, f'drop database "{name}" with (force)')


@pytest.fixture
def environment(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables of that server, and no `.env` file."""
    monkeypatch.setenv("DATABASE_URL", server)
    monkeypatch.setenv("MARULA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LOCAL_DOMAIN", "marula.example")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def call(environment: None, capfd: pytest.CaptureFixture[str]) -> Call:
    """`call("accounts", "list")` runs `marula accounts list`."""
    return lambda *words: _answer(main, words, capfd)


@pytest.fixture
def toot(environment: None, capfd: pytest.CaptureFixture[str]) -> Call:
    """The same for `tootctl`."""
    return lambda *words: _answer(tootctl.main, words, capfd)


@pytest.fixture
def rows(server: str) -> Rows:
    """Rows of the database, for assertions."""

    def read(sql: str, *args: object) -> list[Row]:
        return run_sql(server, sql, *args)

    return read


def run_sql(dsn: str, sql: str, *args: object) -> list[Row]:
    """Run one statement."""

    async def run() -> list[Row]:
        connection = await asyncpg.connect(dsn)
        try:
            return await connection.fetch(sql, *args)
        finally:
            await connection.close()

    return asyncio.run(run())


def _answer(run: Callable[[tuple[str, ...]], int], words: tuple[str, ...], capfd: pytest.CaptureFixture[str]) -> Answer:
    capfd.readouterr()
    try:
        code = run(words)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    said = capfd.readouterr()
    return Answer(code, said.out, said.err)
