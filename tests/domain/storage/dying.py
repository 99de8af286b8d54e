"""A process that brings a file into storage, uses it and lets it go, and is killed at one step of that.

`python -m tests.domain.storage.dying DSN FOLDER STEP`; without such a step it ends by itself.
"""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

from marula.base.files import Disk
from marula.base.kernel.config import load
from marula.domain import storage
from marula.domain.context import Context
from marula.domain.storage import Purpose, references
from marula.domain.storage.reactions import sweep
from marula.main.context import open_context

CONTENT = b"as if it were a picture" * 10_000
BRINGING = ("row written", "half copied", "copied", "named", "brought", "used", "committed")
REMOVING = ("unused", "leaving", "removed")


def die() -> None:
    """As `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(patch: pytest.MonkeyPatch, step: str) -> None:
    """Have this process die at a step within the store."""
    if step == "half copied":
        patch.setattr(shutil, "copyfileobj", _half)
    places: dict[str, tuple[str, bool]] = {
        "row written": ("put", True),
        "named": ("_settle", True),
        "leaving": ("delete", True),
        "removed": ("_delete", False),
    }
    if step == "copied":
        patch.setattr(Path, "replace", _dying(Path.replace, first=True))
    elif step in places:
        name, first = places[step]
        patch.setattr(Disk, name, _dying(getattr(Disk, name), first=first))


def _dying(work: Callable[..., Any], *, first: bool) -> Callable[..., Any]:
    def dying(*given: Any, **named: Any) -> Any:
        if not first:
            work(*given, **named)
        die()

    return dying


def _half(source: IO[bytes], target: IO[bytes], size: int) -> None:
    target.write(source.read(len(CONTENT) // 2))
    target.flush()
    die()


def configured(dsn: str, folder: Path) -> Any:
    """The settings of a server in this folder."""
    return load({"DATABASE_URL": dsn, "LOCAL_DOMAIN": "marula.example", "MARULA_DATA_DIR": str(folder)}, None)


async def live(ctx: Context, source: Path, step: str) -> None:
    """All that happens to a file."""

    def reached(here: str) -> None:
        if here == step:
            die()

    blob = await storage.bring(ctx, source, purpose=Purpose.ATTACHMENT, content_type="image/jpeg")
    reached("brought")
    async with ctx.db.transaction() as tx:
        await tx.run("insert into uses (name, blob_id) values ('post', $1)", blob.id)
        await storage.keep(tx, [blob.id])
        reached("used")
    reached("committed")
    async with ctx.db.transaction() as tx:
        await tx.run("delete from uses")
    reached("unused")
    await age(ctx)
    await sweep(ctx)


async def age(ctx: Context) -> None:
    """Let hours go by for what nothing refers to."""
    async with ctx.db.transaction() as tx:
        await tx.run("update blobs set loose_at = loose_at - interval '3 hours'")


async def main(dsn: str, folder: Path, step: str) -> None:
    source = folder / "source"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(references, "_references", {references.Reference("uses", "blob_id"): None})
        arm(patch, step)
        async with open_context(configured(dsn, folder), dsn) as ctx:
            await live(ctx, source, step)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
