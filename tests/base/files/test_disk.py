"""Files in a folder: whole or not there, in pieces, and never outside."""

from pathlib import Path

import pytest

from marula.base.files import Disk, StorageUnreachable
from marula.base.kernel.errors import NotFound


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path / "media", "https://marula.example/media/")


CONTENT = bytes(range(256)) * 4096


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_bytes(CONTENT)
    return path


async def read(disk: Disk, key: str, **part: int) -> bytes:
    return b"".join([piece async for piece in disk.read(key, **part)])


async def test_what_was_put_is_read_again_whole_or_in_part(disk: Disk, source: Path) -> None:
    await disk.put("ab/cd/one.jpg", source, content_type="image/jpeg")
    assert await read(disk, "ab/cd/one.jpg") == CONTENT
    assert await read(disk, "ab/cd/one.jpg", start=300_000, end=700_001) == CONTENT[300_000:700_001]
    kept = await disk.stat("ab/cd/one.jpg")
    assert kept is not None
    assert kept.size == len(CONTENT)


async def test_what_is_not_there_is_not_found(disk: Disk) -> None:
    assert await disk.stat("ab/cd/none.jpg") is None
    with pytest.raises(NotFound):
        await read(disk, "ab/cd/none.jpg")


async def test_what_was_deleted_is_gone_and_may_be_deleted_again(disk: Disk, source: Path) -> None:
    await disk.put("ab/cd/one.jpg", source, content_type="image/jpeg")
    await disk.delete(["ab/cd/one.jpg", "ab/cd/never.jpg"])
    await disk.delete(["ab/cd/one.jpg"])
    assert [kept async for kept in disk.listed()] == []


async def test_everything_is_listed(disk: Disk, source: Path) -> None:
    keys = {"ab/cd/one.jpg", "ab/ef/two.png", "gh/ij/three.mp4"}
    for key in keys:
        await disk.put(key, source, content_type="image/jpeg")
    assert {kept.key async for kept in disk.listed()} == keys


async def test_a_key_cannot_lead_outside(disk: Disk, source: Path) -> None:
    for key in ("../secret", "/etc/passwd", "ab/../../secret"):
        with pytest.raises(ValueError, match="not a key"):
            await disk.put(key, source, content_type="image/jpeg")


async def test_a_folder_that_cannot_be_written_is_said_to_be_unreachable(tmp_path: Path, source: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    disk = Disk(tmp_path / "file" / "media", "https://marula.example/media/")
    with pytest.raises(StorageUnreachable):
        await disk.put("ab/cd/one.jpg", source, content_type="image/jpeg")


async def test_the_room_of_a_folder_that_is_not_there_yet_is_that_of_its_file_system(disk: Disk) -> None:
    room = await disk.room()
    assert room is not None
    assert 0 < room.free <= room.total
