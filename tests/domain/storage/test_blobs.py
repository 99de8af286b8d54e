"""Blobs: kept once, while something refers to them, with their bytes and never without."""

from datetime import timedelta
from pathlib import Path

import pytest

from marula.base.kernel.errors import Conflict
from marula.domain import storage
from marula.domain.storage import Blob, Purpose, references
from marula.domain.storage.cleaning import HELD
from marula.domain.storage.reactions import sweep
from tests.world import World

SOON = HELD + timedelta(minutes=1)


@pytest.fixture
async def users(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world with a table that refers to blobs."""
    monkeypatch.setattr(references, "_references", {references.Reference("uses", "blob_id"): None})
    async with world.ctx.db.transaction() as tx:
        await tx.run("create table uses (name text primary key, blob_id bigint references blobs (id))")
        await tx.run(
            "create trigger uses_loosen after delete or update of blob_id on uses "
            "for each row execute function loosen_blobs('blob_id')"
        )
    return world


async def bring(world: World, path: Path, *, remote: bool = False) -> Blob:
    return await storage.bring(world.ctx, path, purpose=Purpose.ATTACHMENT, content_type="image/jpeg", remote=remote)


async def use(world: World, name: str, blob: Blob) -> None:
    async with world.ctx.db.transaction() as tx:
        await tx.run("insert into uses (name, blob_id) values ($1, $2)", name, blob.id)
        await storage.keep(tx, [blob.id])


async def swept(world: World) -> list[str]:
    """The keys that are left after a while, on the disk and in the ledger alike."""
    world.clock.advance(SOON)
    await sweep(world.ctx)
    ledger = [row["key"] for row in await world.rows("select key from blobs order by key")]
    for key in ledger:
        assert await world.ctx.files.stat(key) is not None
    return ledger


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture"
    path.write_bytes(b"as if it were a picture")
    return path


async def test_what_is_used_stays_and_what_is_not_goes(users: World, picture: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"another")
    used, unused = await bring(users, picture), await bring(users, other)
    await use(users, "post", used)
    assert await swept(users) == [used.key]
    assert await users.ctx.files.stat(unused.key) is None


async def test_the_same_content_is_kept_once_and_stays_until_the_last_use_goes(users: World, picture: Path) -> None:
    first, second = await bring(users, picture), await bring(users, picture)
    assert first.id == second.id
    await use(users, "one", first)
    await use(users, "two", second)
    async with users.ctx.db.transaction() as tx:
        await tx.run("delete from uses where name = 'one'")
    assert await swept(users) == [first.key]
    async with users.ctx.db.transaction() as tx:
        await tx.run("update uses set blob_id = null where name = 'two'")
    assert await swept(users) == []
    assert await users.ctx.files.stat(first.key) is None


async def test_ours_and_copies_of_others_are_kept_apart(users: World, picture: Path) -> None:
    ours, theirs = await bring(users, picture), await bring(users, picture, remote=True)
    assert ours.id != theirs.id
    async with users.ctx.db.reading() as db:
        assert await storage.total(db, remote=True) == theirs.size
        assert {(one.remote, one.files, one.bytes) for one in await storage.totals(db)} == {
            (False, 1, ours.size),
            (True, 1, theirs.size),
        }
    await swept(users)
    async with users.ctx.db.reading() as db:
        assert {(one.files, one.bytes) for one in await storage.totals(db)} == {(0, 0)}


async def test_what_was_brought_is_held_for_a_while_without_a_use(users: World, picture: Path) -> None:
    blob = await bring(users, picture)
    await sweep(users.ctx)
    assert await users.ctx.files.stat(blob.key) is not None
    await use(users, "late", blob)
    assert await swept(users) == [blob.key]


async def test_what_is_brought_again_while_its_last_use_goes_is_held(users: World, picture: Path) -> None:
    blob = await bring(users, picture)
    await use(users, "one", blob)
    again = await bring(users, picture)
    async with users.ctx.db.transaction() as tx:
        await tx.run("delete from uses")
    await sweep(users.ctx)
    await use(users, "two", again)
    assert await swept(users) == [blob.key]


async def test_what_was_forgotten_cannot_be_kept(users: World, picture: Path) -> None:
    blob = await bring(users, picture)
    await swept(users)
    with pytest.raises(Conflict):
        async with users.ctx.db.transaction() as tx:
            await storage.keep(tx, [blob.id])


async def test_a_key_says_nothing_and_a_strange_type_is_not_kept(users: World, picture: Path) -> None:
    blob = await bring(users, picture)
    assert blob.key.endswith(".jpg")
    assert len(blob.key) > 32
    with pytest.raises(KeyError):
        await storage.bring(users.ctx, picture, purpose=Purpose.ATTACHMENT, content_type="text/html")


@pytest.mark.parametrize("step", ["before the bytes", "after the bytes", "while leaving", "after the bytes left"])
async def test_a_crash_at_any_step_leaves_nothing_behind(users: World, picture: Path, step: str) -> None:
    blob = await bring(users, picture)
    async with users.ctx.db.transaction() as tx:
        if step in ("while leaving", "after the bytes left"):
            await tx.run("update blobs set state = 2")
    if step in ("before the bytes", "after the bytes left"):
        await users.ctx.files.delete([blob.key])
    assert await swept(users) == []
    assert await users.ctx.files.stat(blob.key) is None
    fresh = await bring(users, picture)
    await use(users, "anew", fresh)
    assert await swept(users) == [fresh.key]
