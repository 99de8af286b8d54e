"""The ceiling: what copies of others' files may take, whoever brings them, and what goes for it."""

import errno
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from marula.base.db import Connection, Tx
from marula.base.files import Room, StorageFull, StorageUnreachable
from marula.base.kernel.ids import BlobId
from marula.domain import site, storage
from marula.domain.storage import Blob, Purpose, guests, references, rules, store
from marula.domain.storage.reactions import keep_room, watch_disk
from marula.main.web import make_app
from tests.world import World

CEILING = 1000


@pytest.fixture
async def users(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world with a table that refers to blobs, gives up copies, and a ceiling of 1000 bytes."""
    monkeypatch.setattr(references, "_references", {references.Reference("uses", "blob_id"): None})

    async def give_up(tx: Tx, blobs: Sequence[BlobId]) -> None:
        await tx.run("update uses set blob_id = null where blob_id = any($1::bigint[])", blobs)

    async def loved(db: Connection, blobs: Sequence[BlobId]) -> set[BlobId]:
        rows = await db.all("select blob_id from uses where name like 'loved%' and blob_id = any($1::bigint[])", blobs)
        return {row["blob_id"] for row in rows}

    monkeypatch.setattr(guests, "_yielding", {Purpose.ATTACHMENT: give_up})
    monkeypatch.setattr(guests, "_sparing", {loved: None})
    async with world.ctx.db.transaction() as tx:
        await tx.run("create table uses (name text primary key, blob_id bigint references blobs (id))")
        await tx.run(
            "create trigger uses_loosen after delete or update of blob_id on uses "
            "for each row execute function loosen_blobs('blob_id')"
        )
        await site.change(tx, "remote_media_ceiling", CEILING)
    return world


async def bring(world: World, folder: Path, name: str, size: int = 300, *, remote: bool = True) -> Blob:
    """A blob that is used."""
    path = folder / name
    path.write_bytes(name.encode().ljust(size, b"."))
    blob = await storage.bring(world.ctx, path, purpose=Purpose.ATTACHMENT, content_type="image/jpeg", remote=remote)
    async with world.ctx.db.transaction() as tx:
        await tx.run("insert into uses (name, blob_id) values ($1, $2)", name, blob.id)
        await storage.keep(tx, [blob.id])
    world.clock.advance(timedelta(hours=2))
    return blob


async def kept(world: World) -> list[str]:
    """The names of what is used and there."""
    rows = await world.rows("select name, key from uses join blobs b on b.id = blob_id order by name")
    for row in rows:
        assert await world.ctx.files.stat(row["key"]) is not None
    return [row["name"] for row in rows]


async def taken(world: World) -> int:
    async with world.ctx.db.reading() as db:
        assert await db.value("select coalesce(sum(size), 0)::bigint from blobs where remote") == await storage.total(
            db, remote=True
        )
        return await storage.total(db, remote=True)


async def test_copies_never_take_more_than_the_ceiling(users: World, tmp_path: Path) -> None:
    for number in range(12):
        await bring(users, tmp_path, f"{number:02}")
        assert await taken(users) <= CEILING
    assert await kept(users) == ["09", "10", "11"]


async def test_the_bytes_of_what_goes_go_too(users: World, tmp_path: Path) -> None:
    gone = await bring(users, tmp_path, "first")
    for number in range(4):
        await bring(users, tmp_path, f"{number}")
    assert await users.ctx.files.stat(gone.key) is None


async def test_what_was_looked_at_lately_stays_longer(users: World, tmp_path: Path) -> None:
    old = await bring(users, tmp_path, "old")
    await bring(users, tmp_path, "middle")
    users.clock.advance(timedelta(days=2))
    async with users.ctx.db.transaction() as tx:
        await storage.mark_seen(tx, [old.key])
    await bring(users, tmp_path, "new")
    await bring(users, tmp_path, "newest")
    assert await kept(users) == ["new", "newest", "old"]


async def test_of_equal_age_the_larger_goes_first(users: World, tmp_path: Path) -> None:
    async with users.ctx.db.transaction() as tx:
        await site.change(tx, "remote_media_ceiling", 2_000_000)
    await bring(users, tmp_path, "small")
    await bring(users, tmp_path, "large", 1_500_000)
    await bring(users, tmp_path, "next", 600_000)
    assert await kept(users) == ["next", "small"]


async def test_what_people_here_care_for_stays_and_then_nothing_more_is_taken(users: World, tmp_path: Path) -> None:
    for number in range(3):
        await bring(users, tmp_path, f"loved{number}")
    with pytest.raises(StorageFull):
        await bring(users, tmp_path, "another")
    assert await kept(users) == ["loved0", "loved1", "loved2"]
    assert await taken(users) <= CEILING


async def test_a_copy_larger_than_the_ceiling_makes_nothing_go(users: World, tmp_path: Path) -> None:
    await bring(users, tmp_path, "there")
    with pytest.raises(StorageFull):
        await bring(users, tmp_path, "huge", CEILING + 1)
    assert await kept(users) == ["there"]


async def test_files_of_people_here_do_not_count_and_do_not_go(users: World, tmp_path: Path) -> None:
    await bring(users, tmp_path, "ours", 5 * CEILING, remote=False)
    for number in range(5):
        await bring(users, tmp_path, f"{number}")
    assert await kept(users) == ["2", "3", "4", "ours"]


async def test_a_lower_ceiling_holds_from_then_on(users: World, tmp_path: Path) -> None:
    for number in range(3):
        await bring(users, tmp_path, f"{number}")
    async with users.ctx.db.transaction() as tx:
        await site.change(tx, "remote_media_ceiling", 400)
    await keep_room(users.ctx)
    await keep_room(users.ctx)
    assert await kept(users) == ["2"]


async def test_copies_go_when_nobody_looked_for_so_many_days(users: World, tmp_path: Path) -> None:
    async with users.ctx.db.transaction() as tx:
        await site.change(tx, "media_cache_retention_period", 7)
    await bring(users, tmp_path, "old")
    await bring(users, tmp_path, "loved")
    await bring(users, tmp_path, "ours", remote=False)
    users.clock.advance(timedelta(days=6))
    await bring(users, tmp_path, "new")
    users.clock.advance(timedelta(days=2))
    await keep_room(users.ctx)
    assert await kept(users) == ["loved", "new", "ours"]


async def test_a_full_disk_takes_nothing_more_and_gives_what_it_has(
    users: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = await bring(users, tmp_path, "there", remote=False)

    async def room() -> Room:
        return Room(1000, 49)

    monkeypatch.setattr(users.ctx.files, "room", room)
    for remote in (True, False):
        with pytest.raises(StorageFull):
            await bring(users, tmp_path, "another", remote=remote)
    assert b"".join([piece async for piece in users.ctx.files.read(there.key)]).startswith(b"there")
    assert (await storage.usage(users.ctx)).warning.startswith("The disk for files is full")
    assert len(await users.rows("select from blobs")) == 1


async def test_copies_make_room_for_people_on_a_disk_that_fills(
    users: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bring(users, tmp_path, "copy")
    await bring(users, tmp_path, "ours", remote=False)

    async def room() -> Room:
        return Room(10_000, 900)

    monkeypatch.setattr(users.ctx.files, "room", room)
    await keep_room(users.ctx)
    assert await kept(users) == ["ours"]


async def test_the_day_on_which_the_disk_fills_is_foretold(users: World, monkeypatch: pytest.MonkeyPatch) -> None:
    free = 500

    async def room() -> Room:
        return Room(1000, free)

    monkeypatch.setattr(users.ctx.files, "room", room)
    for _ in range(6):
        await watch_disk(users.ctx)
        users.clock.advance(timedelta(days=1))
        free -= 25
    usage = await storage.usage(users.ctx)
    assert usage.full_on == usage.today.day + timedelta(days=(350 - 50) // 25)
    assert usage.full_on is not None
    assert str(usage.full_on) in usage.warning
    told = await _metrics(users)
    assert f"marula_disk_days_left {float((usage.full_on - usage.today.day).days)}" in told
    assert {"marula_disk_total_bytes 1000.0", "marula_disk_free_bytes 350.0"} <= told
    assert len(await users.rows("select from storage_days")) == 6


async def test_a_disk_that_does_not_answer_is_told_of_and_ends_nothing(
    users: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bring(users, tmp_path, "copy")

    async def room() -> Room:
        raise StorageUnreachable from OSError(errno.EIO, "Input/output error", "/somewhere")

    monkeypatch.setattr(users.ctx.files, "room", room)
    usage = await storage.usage(users.ctx)
    assert usage.warning == "The disk for files cannot be reached: Input/output error."
    told = await _metrics(users)
    assert {"marula_disk_free_bytes NaN", "marula_disk_days_left +Inf"} <= told
    assert f'marula_kept_bytes{{purpose="attachment",whose="others"}} {float(usage.today.remote)}' in told


async def test_a_look_at_a_disk_that_does_not_answer_leaves_what_was_written_of_the_day(
    users: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await watch_disk(users.ctx)
    before = await users.rows("select * from storage_days")

    async def room() -> Room:
        raise StorageUnreachable

    monkeypatch.setattr(users.ctx.files, "room", room)
    with pytest.raises(StorageUnreachable, match="The disk for files cannot be reached"):
        await watch_disk(users.ctx)
    assert await users.rows("select * from storage_days") == before


async def _metrics(world: World) -> set[str]:
    transport = httpx.ASGITransport(make_app(world.ctx))
    async with httpx.AsyncClient(transport=transport, base_url="https://marula.example") as client:
        return set((await client.get("/metrics")).text.splitlines())


def test_nothing_is_foretold_of_a_disk_that_empties_or_that_nobody_knows() -> None:
    assert rules.full_on([]) is None
    assert rules.lacking(None) == 0
    assert not rules.full(None)


async def test_the_least_worth_are_found_by_an_index(users: World) -> None:
    async with users.ctx.db.transaction() as tx:
        await tx.run(
            """
            insert into blobs (id, digest, key, size, content_type, purpose, remote, state, created_at, seen_at, worth)
            select n, sha256(n::text::bytea), n::text, n, 'image/jpeg', 0, true, 1, $1, $1,
                   $1::timestamptz - n * interval '1 second' from generate_series(1, 100000) n
            """,
            users.clock.now(),
        )
        await tx.run("analyze blobs")
        now = users.clock.now() + timedelta(days=1)
        plan = await tx.all(f"explain {store.LEAST_WORTH}", now, now, [Purpose.ATTACHMENT], 200)
    text = "\n".join(row[0] for row in plan)
    assert "blobs_worth_idx" in text
    assert "Sort" not in text
