"""Files in a bucket of a real server that speaks S3, and of one that does not answer."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import obstore
import pytest
from obstore.store import S3Store

from marula.base.files import StorageUnreachable
from marula.base.files.s3 import S3, Bucket
from marula.base.kernel.errors import NotFound

KEY = "ab/cd/0123456789abcdef0123456789ab.jpg"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of an S3 server of our own."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _make_bucket(address)
        yield address
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def files(endpoint: str) -> S3:
    return S3(bucket(endpoint))


def bucket(endpoint: str, **changes: object) -> Bucket:
    """The bucket of that server."""
    values = {"region": "us-east-1", "key_id": "key", "secret": "secret", "prefix": "media"} | changes
    return Bucket(name="files", public="https://files.example/", endpoint=endpoint, **values)  # pyright: ignore[reportArgumentType]


def seen(endpoint: str) -> S3Store:
    """The same bucket, as somebody else sees it."""
    return S3Store(
        "files",
        endpoint=endpoint,
        region="us-east-1",
        access_key_id="key",
        secret_access_key="secret",
        client_options={"allow_http": True},
    )


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _make_bucket(address: str) -> None:
    request = urllib.request.Request(f"{address}/files", method="PUT")
    for _ in range(120):
        try:
            urllib.request.urlopen(request, timeout=5)
            return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("the S3 server did not start")


def file(folder: Path, data: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(data)
    return path


async def content(files: S3, **part: int) -> bytes:
    return b"".join([piece async for piece in files.read(KEY, **part)])


async def test_a_file_comes_back_whole_and_in_parts(files: S3, tmp_path: Path) -> None:
    await files.put(KEY, file(tmp_path, b"0123456789"), content_type="image/jpeg")
    assert await content(files) == b"0123456789"
    assert await content(files, start=2, end=5) == b"234"
    assert await content(files, start=7) == b"789"
    assert await content(files, end=3) == b"012"
    assert await content(files, start=4, end=4) == b""


async def test_it_says_its_type_and_that_it_may_be_kept(files: S3, endpoint: str, tmp_path: Path) -> None:
    await files.put(KEY, file(tmp_path, b"x"), content_type="image/jpeg")
    told = (await obstore.get_async(seen(endpoint), f"media/{KEY}")).attributes
    assert told == {"Content-Type": "image/jpeg", "Cache-Control": "public, max-age=31536000, immutable"}
    await files.put(KEY, file(tmp_path, b"x"), content_type="application/octet-stream")
    told = (await obstore.get_async(seen(endpoint), f"media/{KEY}")).attributes
    assert told["Content-Disposition"] == "attachment"


async def test_a_large_file_is_written_in_parts(endpoint: str, tmp_path: Path) -> None:
    files, data = S3(bucket(endpoint, parts_above=1024)), bytes(range(256)) * 70_000
    await files.put(KEY, file(tmp_path, data), content_type="video/mp4")
    mark = (await obstore.head_async(seen(endpoint), f"media/{KEY}"))["e_tag"]
    assert mark is not None
    assert mark.rstrip('"').endswith("-3")
    assert await content(files) == data
    assert await content(files, start=len(data) - 3) == data[-3:]


async def test_what_is_there_is_known_and_listed_by_its_key(files: S3, tmp_path: Path) -> None:
    await files.put(KEY, file(tmp_path, b"abc"), content_type="image/jpeg")
    kept = await files.stat(KEY)
    assert kept is not None
    assert (kept.key, kept.size) == (KEY, 3)
    assert abs(kept.written_at - datetime.now(UTC)) < timedelta(minutes=5)
    assert [(one.key, one.size) async for one in files.listed()] == [(KEY, 3)]


async def test_what_is_deleted_is_gone_and_may_be_deleted_again(files: S3, tmp_path: Path) -> None:
    await files.put(KEY, file(tmp_path, b"abc"), content_type="image/jpeg")
    for _ in range(2):
        await files.delete([KEY, "ab/cd/never.jpg"])
        assert await files.stat(KEY) is None
    with pytest.raises(NotFound):
        await content(files)
    await files.delete([])


async def test_nobody_knows_how_much_room_there_is(files: S3) -> None:
    assert await files.room() is None


async def test_a_store_that_does_not_answer_is_unreachable(tmp_path: Path) -> None:
    files = S3(bucket(f"http://127.0.0.1:{free_port()}"))
    with pytest.raises(StorageUnreachable):
        await files.put(KEY, file(tmp_path, b"abc"), content_type="image/jpeg")
    for wanted in (files.stat(KEY), content(files), files.delete([KEY])):
        with pytest.raises(StorageUnreachable):
            await wanted
    with pytest.raises(StorageUnreachable):
        [one async for one in files.listed()]


async def test_a_store_that_is_silent_is_given_up_in_time(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        files = S3(bucket(address, read_within=timedelta(milliseconds=300)))
        begun = time.monotonic()
        with pytest.raises(StorageUnreachable):
            await files.stat(KEY)
        assert time.monotonic() - begun < 5


async def test_a_bucket_that_is_not_there_is_unreachable(endpoint: str, tmp_path: Path) -> None:
    files = S3(msgspec.structs.replace(bucket(endpoint), name="others"))
    with pytest.raises((StorageUnreachable, NotFound)):
        await files.put(KEY, file(tmp_path, b"abc"), content_type="image/jpeg")
