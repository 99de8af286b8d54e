"""The database as an operator handles it: written out, and put back into an empty one."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from marula.base.db import migrations
from tests.cli.conftest import Call, run_sql
from tests.conftest import database_named


@pytest.fixture
def empty(postgres: str) -> Iterator[str]:
    """The DSN of an empty database."""
    name = f"test_cli_{uuid.uuid4().hex[:12]}"
    run_sql(postgres, f'create database "{name}"')
    yield database_named(postgres, name)
    run_sql(postgres, f'drop database "{name}" with (force)')


def test_what_was_dumped_is_restored_whole(
    call: Call, server: str, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("accounts", "create", "ann", "--email", "ann@example.org", "--confirmed", "--approve").code == 0
    written = call("db", "dump")
    assert written.code == 0
    backup = tmp_path / "backup.sql"
    backup.write_text(written.out)
    assert call("db", "restore", str(backup)).err.startswith("The database is not empty, it is at revision")
    monkeypatch.setenv("DATABASE_URL", empty)
    restored = call("db", "restore", str(backup))
    assert (restored.code, restored.out) == (0, f"The database is back, at revision {migrations.head()}.\n")
    assert run_sql(empty, "select email from users") == run_sql(server, "select email from users")
    assert call("accounts", "create", "ben", "--email", "ben@example.org", "--confirmed", "--approve").code == 0


def test_a_backup_that_is_cut_off_or_absent_restores_nothing(
    call: Call, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = call("db", "dump").out
    broken = tmp_path / "broken.sql"
    broken.write_text(written[: len(written) // 2] + "\nnot sql;\n")
    monkeypatch.setenv("DATABASE_URL", empty)
    assert call("db", "restore", str(broken)).code == 1
    assert call("db", "restore", str(tmp_path / "none.sql")).err == f"There is no file {tmp_path / 'none.sql'}.\n"
    assert run_sql(empty, "select count(*) as tables from pg_tables where schemaname = 'public'")[0]["tables"] == 0
