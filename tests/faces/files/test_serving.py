"""Files over HTTP: whole, in parts, from a cache, and nothing that a browser would run."""

import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from marula.base.files.s3 import S3, Bucket
from marula.domain import storage
from marula.domain.storage import Blob, Purpose
from marula.main.web import make_app
from tests.world import World

CONTENT = bytes(range(256)) * 3000


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(make_app(world.ctx))
    async with httpx.AsyncClient(transport=transport, base_url="https://marula.example") as made:
        yield made


@pytest.fixture
async def film(world: World, tmp_path: Path) -> Blob:
    path = tmp_path / "film"
    path.write_bytes(CONTENT)
    return await storage.bring(world.ctx, path, purpose=Purpose.ATTACHMENT, content_type="video/mp4")


async def test_a_file_is_served_whole_to_be_kept_for_good(client: httpx.AsyncClient, film: Blob) -> None:
    answer = await client.get(f"/media/{film.key}")
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["access-control-allow-origin"] == "*"
    head = await client.head(f"/media/{film.key}")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(CONTENT)))


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=700000-", 700_000, len(CONTENT)),
        ("bytes=-10", len(CONTENT) - 10, len(CONTENT)),
        ("bytes=10-999999999", 10, len(CONTENT)),
        (f"bytes=-{len(CONTENT) * 2}", 0, len(CONTENT)),
    ],
)
async def test_a_part_is_served(client: httpx.AsyncClient, film: Blob, asked: str, start: int, end: int) -> None:
    answer = await client.get(f"/media/{film.key}", headers={"Range": asked})
    assert (answer.status_code, answer.content) == (206, CONTENT[start:end])
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(CONTENT)}"
    assert answer.headers["content-length"] == str(end - start)


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=0-1,5-6", "bytes=", "lines=1-2", "bytes=a-b"])
async def test_a_range_that_cannot_be_read_gives_the_whole(client: httpx.AsyncClient, film: Blob, asked: str) -> None:
    answer = await client.get(f"/media/{film.key}", headers={"Range": asked})
    assert (answer.status_code, len(answer.content)) == (200, len(CONTENT))


@pytest.mark.parametrize("asked", [f"bytes={len(CONTENT)}-", "bytes=-0"])
async def test_a_range_behind_the_end_is_refused(client: httpx.AsyncClient, film: Blob, asked: str) -> None:
    answer = await client.get(f"/media/{film.key}", headers={"Range": asked})
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(CONTENT)}")


async def test_who_has_the_file_is_told_so_and_gets_parts_of_the_same_only(
    client: httpx.AsyncClient, film: Blob
) -> None:
    mark = (await client.get(f"/media/{film.key}")).headers["etag"]
    again = await client.get(f"/media/{film.key}", headers={"If-None-Match": f'"x", {mark}'})
    assert (again.status_code, again.content) == (304, b"")
    same = await client.get(f"/media/{film.key}", headers={"Range": "bytes=0-9", "If-Range": mark})
    assert same.status_code == 206
    other = await client.get(f"/media/{film.key}", headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert other.status_code == 200


async def test_what_is_not_there_or_not_to_be_shown_is_not_found(
    world: World, client: httpx.AsyncClient, tmp_path: Path
) -> None:
    path = tmp_path / "export"
    path.write_bytes(b"private")
    export = await storage.bring(world.ctx, path, purpose=Purpose.EXPORT, content_type="application/zip")
    for key in (export.key, f"ab/cd/{'0' * 28}.jpg", f"ab/cd/{'0' * 28}.html", "ab/cd/..%2f..%2fsecret", "ab/cd/x.jpg"):
        answer = await client.get(f"/media/{key}")
        assert answer.status_code == 404, key
    assert (await client.post(f"/media/{export.key}")).status_code == 405


async def test_an_empty_file_is_served(world: World, client: httpx.AsyncClient, tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.write_bytes(b"")
    blob = await storage.bring(world.ctx, path, purpose=Purpose.ATTACHMENT, content_type="image/png")
    answer = await client.get(f"/media/{blob.key}")
    assert (answer.status_code, answer.content) == (200, b"")


async def test_a_copy_that_is_looked_at_is_noted_once_a_day(world: World, film: Blob, tmp_path: Path) -> None:
    path = tmp_path / "copy"
    path.write_bytes(b"copy")
    copy = await storage.bring(world.ctx, path, purpose=Purpose.ATTACHMENT, content_type="image/png", remote=True)
    async with world.ctx.db.transaction() as tx:
        await storage.mark_seen(tx, [copy.key, film.key])
    rows = await world.rows("select key, seen_at from blobs where seen_at is not null")
    assert [row["key"] for row in rows] == [copy.key]


async def test_what_a_bucket_serves_itself_is_found_there(world: World, film: Blob) -> None:
    bucket = S3(Bucket(name="files", public="https://files.example/", region="us-east-1"))
    transport = httpx.ASGITransport(make_app(dataclasses.replace(world.ctx, files=bucket)))
    async with httpx.AsyncClient(transport=transport, base_url="https://marula.example") as client:
        answer = await client.get(f"/media/{film.key}")
        assert (answer.status_code, answer.headers["location"]) == (302, f"https://files.example/{film.key}")
        for wrong in ("ab/cd/x.jpg", film.key.replace(".mp4", ".html")):
            assert (await client.get(f"/media/{wrong}")).status_code == 404
