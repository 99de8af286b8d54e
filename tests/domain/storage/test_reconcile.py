"""The ledger and the files against each other, also after a process was killed or a disk lost something."""

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from marula.base.db import Tx
from marula.base.files import Disk
from marula.base.kernel.ids import BlobId
from marula.domain import storage
from marula.domain.storage import Blob, Purpose, guests, references
from marula.domain.storage.cleaning import HELD, clean
from tests.domain.storage.test_blobs import bring, use
from tests.world import World

OTHER = "ab/cd/0123456789abcdef0123456789ab"


@pytest.fixture
async def users(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world with a table that refers to blobs and gives up copies."""

    async def give_up(tx: Tx, blobs: Sequence[BlobId]) -> None:
        await tx.run(
            "update uses set blob_id = null from blobs b where b.id = blob_id and remote and b.id = any($1::bigint[])",
            blobs,
        )

    monkeypatch.setattr(references, "_references", {references.Reference("uses", "blob_id"): None})
    monkeypatch.setattr(guests, "_yielding", {Purpose.ATTACHMENT: give_up})
    monkeypatch.setattr(guests, "_sparing", {})
    async with world.ctx.db.transaction() as tx:
        await tx.run("create table uses (name text primary key, blob_id bigint references blobs (id))")
        await tx.run(
            "create trigger uses_loosen after delete or update of blob_id on uses "
            "for each row execute function loosen_blobs('blob_id')"
        )
    return world


@pytest.fixture
async def kept(users: World, tmp_path: Path) -> Blob:
    """A file of somebody here."""
    path = tmp_path / "picture"
    path.write_bytes(b"a picture")
    blob = await bring(users, path)
    await use(users, "post", blob)
    return blob


def folder(world: World) -> Path:
    assert isinstance(world.ctx.files, Disk)
    return world.ctx.files.folder


def left(world: World, key: str, *, ago: timedelta = 2 * HELD) -> Path:
    """A file that nobody knows of."""
    path = folder(world) / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left")
    then = (world.clock.now() - ago).timestamp()
    os.utime(path, (then, then))
    return path


async def test_what_fits_is_left_as_it_is(users: World, kept: Blob) -> None:
    assert await storage.reconcile(users.ctx, mend=True) == storage.Findings()
    assert await users.ctx.files.stat(kept.key) is not None


async def test_files_without_a_row_go(users: World, kept: Blob) -> None:
    whole, part = left(users, f"{OTHER}.jpg"), left(users, f"{OTHER}.mp4.01234567.part")
    told = await storage.reconcile(users.ctx, mend=False)
    assert (told.strays, told.stray_bytes) == (2, 8)
    assert whole.exists()
    assert await storage.reconcile(users.ctx, mend=True) == told
    assert not whole.exists()
    assert not part.exists()
    assert await users.ctx.files.stat(kept.key) is not None


async def test_what_is_new_or_not_ours_is_left_alone(users: World) -> None:
    new, foreign = left(users, f"{OTHER}.jpg", ago=HELD / 2), left(users, "cache/notes.txt")
    found = await storage.reconcile(users.ctx, mend=True)
    assert (found.strays, found.foreign) == (0, 1)
    assert new.exists()
    assert foreign.exists()


async def test_what_is_arriving_has_a_row_and_stays(users: World, tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(b"arriving")
    blob = await bring(users, path)
    left(users, blob.key)
    assert (await storage.reconcile(users.ctx, mend=True)).strays == 0
    assert await users.ctx.files.stat(blob.key) is not None


@pytest.mark.parametrize("cut", [True, False])
async def test_copies_that_are_lost_or_cut_off_are_let_go(users: World, tmp_path: Path, cut: bool) -> None:
    path = tmp_path / "picture"
    path.write_bytes(b"a copy")
    blob = await bring(users, path, remote=True)
    await use(users, "theirs", blob)
    if cut:
        (folder(users) / blob.key).write_bytes(b"a c")
    else:
        (folder(users) / blob.key).unlink()
    assert (await storage.reconcile(users.ctx, mend=False)).copies == 1
    assert len(await users.rows("select from blobs")) == 1
    assert (await storage.reconcile(users.ctx, mend=True)).copies == 1
    assert await users.rows("select from blobs") == []
    assert await storage.reconcile(users.ctx, mend=True) == storage.Findings()


async def test_lost_files_of_people_here_are_named_and_their_rows_stay(users: World, kept: Blob) -> None:
    (folder(users) / kept.key).unlink()
    assert (await storage.reconcile(users.ctx, mend=True)).lost == [kept.key]
    assert len(await users.rows("select from blobs where state = 1")) == 1


async def test_a_store_that_fails_in_the_middle_leaves_nothing_behind(
    users: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(key: str, source: Path, *, content_type: str) -> None:
        raise OSError("the cable is out")

    path = tmp_path / "picture"
    path.write_bytes(b"never there")
    monkeypatch.setattr(users.ctx.files, "put", lost)
    with pytest.raises(OSError, match="cable"):
        await bring(users, path)
    users.clock.advance(2 * HELD)
    await clean(users.ctx)
    assert await users.rows("select from blobs") == []


async def test_a_store_that_does_not_delete_is_asked_again(
    users: World, kept: Blob, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with users.ctx.db.transaction() as tx:
        await tx.run("delete from uses")

    async def silent(keys: Sequence[str]) -> None:
        raise OSError("the cable is out")

    with monkeypatch.context() as patched:
        patched.setattr(users.ctx.files, "delete", silent)
        with pytest.raises(OSError, match="cable"):
            await clean(users.ctx)
    assert await users.ctx.files.stat(kept.key) is not None
    await clean(users.ctx)
    assert await users.ctx.files.stat(kept.key) is None
    assert await users.rows("select from blobs") == []
