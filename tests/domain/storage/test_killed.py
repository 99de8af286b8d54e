"""A process that is killed at any step: afterwards no file is without its row, and no use without its file."""

import asyncio
import os
import signal
import sys
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from marula.base.db import migrations
from marula.domain.context import Context
from marula.domain.storage import references
from marula.domain.storage.reactions import sweep
from marula.main.context import open_context
from tests.conftest import database_named
from tests.domain.storage.dying import BRINGING, CONTENT, REMOVING, age, configured
from tests.flows.server import ROOT

USES = """
    create table uses (name text primary key, blob_id bigint references blobs (id));
    create trigger uses_loosen after delete or update of blob_id on uses
        for each row execute function loosen_blobs('blob_id');
"""


@pytest.fixture(scope="module")
async def lasting(postgres: str) -> AsyncIterator[str]:
    """A database that several processes see, with a table that refers to blobs."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    dsn = database_named(postgres, name)
    outer = await asyncpg.connect(postgres)
    await outer.execute(f'create database "{name}"')
    await asyncio.to_thread(migrations.migrate, dsn)
    inner = await asyncpg.connect(dsn)
    await inner.execute(USES)
    await inner.close()
    yield dsn
    await outer.execute(f'drop database "{name}" with (force)')
    await outer.close()


@pytest.fixture
async def ctx(lasting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Context]:
    """The server after the process was killed, with nothing in it at first."""
    monkeypatch.setattr(references, "_references", {references.Reference("uses", "blob_id"): None})
    async with open_context(configured(lasting, tmp_path), lasting) as made:
        async with made.db.transaction() as tx:
            await tx.run("delete from uses")
            await tx.run("delete from blobs")
        (tmp_path / "source").write_bytes(CONTENT)
        yield made


async def lived(dsn: str, folder: Path, step: str) -> int:
    """Let a process do it all as far as this step; how it ended."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.domain.storage.dying",
        dsn,
        str(folder),
        step,
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))},
        cwd=ROOT,
    )
    async with asyncio.timeout(60):
        return await process.wait()


async def found(ctx: Context) -> tuple[set[str], set[str], set[str]]:
    """The keys of files, of rows, and of what is used."""
    files = {kept.key async for kept in ctx.files.listed()}
    async with ctx.db.reading() as db:
        rows = {row["key"] for row in await db.all("select key from blobs")}
        used = {row["key"] for row in await db.all("select key from blobs join uses on blob_id = id")}
    return files, rows, used


@pytest.mark.parametrize("step", [*BRINGING, *REMOVING])
async def test_files_and_rows_fit_again_after_a_process_was_killed(
    ctx: Context, lasting: str, tmp_path: Path, step: str
) -> None:
    assert await lived(lasting, tmp_path, step) == -signal.SIGKILL
    files, rows, used = await found(ctx)
    assert used <= files
    assert {key.partition(".")[0] for key in files} <= {key.partition(".")[0] for key in rows}
    await age(ctx)
    await sweep(ctx)
    files, rows, used = await found(ctx)
    assert files == rows == used
    assert bool(used) == (step == "committed")


@pytest.mark.parametrize("step", BRINGING[:-1])
async def test_what_was_not_brought_can_be_brought_again_at_once(
    ctx: Context, lasting: str, tmp_path: Path, step: str
) -> None:
    assert await lived(lasting, tmp_path, step) == -signal.SIGKILL
    assert await lived(lasting, tmp_path, "none") == 0
    files, rows, _ = await found(ctx)
    assert files == rows == set()
