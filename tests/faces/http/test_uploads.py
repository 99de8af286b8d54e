"""Files of multipart forms: on the disk while they come, within limits, and gone when the request is over."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from marula.faces.http.params import read
from marula.faces.http.request import BODY_LIMIT, BadRequest, Request
from marula.faces.http.uploads import Takes, Upload

PICTURE = b"\x89PNG\x00\xff" * 100
HEAD = 'name="file"; filename="a.png"\r\nContent-Type: image/png'


def body(*parts: tuple[str, bytes]) -> bytes:
    made = [f"--b\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + data + b"\r\n" for head, data in parts]
    return b"".join(made) + b"--b--\r\n"


def request(pieces: Sequence[bytes], *, leaves: bool = False, length: int | None = None) -> Request:
    """A request whose body comes in pieces; its sender may leave after the last one."""
    left = list(pieces)

    async def receive() -> dict[str, Any]:
        if not left:
            return {"type": "http.disconnect"}
        piece = left.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(left) or leaves}

    headers = [(b"content-type", b"multipart/form-data; boundary=b")]
    if length is not None:
        headers.append((b"content-length", b"%d" % length))
    return Request({"method": "POST", "path": "/", "query_string": b"", "headers": headers}, receive)


def left(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
async def test_a_file_is_on_the_disk_with_its_bytes_its_name_and_its_kind(tmp_path: Path, size: int) -> None:
    whole = body(('name="description"', "größer".encode()), (HEAD, PICTURE))
    asked = request(cut(whole, size))
    params = await read(asked, Takes(tmp_path, 1000))
    upload = params["file"]
    assert isinstance(upload, Upload)
    assert params["description"] == "größer"
    assert (upload.filename, upload.content_type, upload.size) == ("a.png", "image/png", 600)
    assert upload.path.read_bytes() == PICTURE
    assert upload.path.parent == tmp_path
    asked.end()
    assert left(tmp_path) == []


async def test_a_name_from_outside_is_no_path(tmp_path: Path) -> None:
    asked = request([body(('name="file"; filename="../../etc/passwd"', b"x"))])
    upload = (await read(asked, Takes(tmp_path, 1000)))["file"]
    assert upload.path.parent == tmp_path
    asked.end()


async def test_a_file_that_is_too_large_is_refused_while_it_comes(tmp_path: Path) -> None:
    asked = request(cut(body((HEAD, PICTURE)), 100))
    with pytest.raises(BadRequest) as refused:
        await read(asked, Takes(tmp_path, 300))
    assert refused.value.status == 413
    asked.end()
    assert left(tmp_path) == []


async def test_a_body_that_says_that_it_is_too_large_is_not_read(tmp_path: Path) -> None:
    asked = request([], length=3 * BODY_LIMIT)
    with pytest.raises(BadRequest) as refused:
        await read(asked, Takes(tmp_path, 1000))
    assert refused.value.status == 413


async def test_the_text_of_a_form_with_files_stays_small(tmp_path: Path) -> None:
    asked = request(cut(body(('name="description"', b"a" * (BODY_LIMIT + 1))), 60_000))
    with pytest.raises(BadRequest) as refused:
        await read(asked, Takes(tmp_path, 10 * BODY_LIMIT))
    assert refused.value.status == 413


async def test_nothing_stays_when_the_sender_goes_away(tmp_path: Path) -> None:
    asked = request(cut(body((HEAD, PICTURE)), 100)[:4], leaves=True)
    with pytest.raises(BadRequest):
        await read(asked, Takes(tmp_path, 1000))
    asked.end()
    assert left(tmp_path) == []


async def test_a_form_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    asked = request([body((HEAD, PICTURE))[:-20]])
    with pytest.raises(BadRequest):
        await read(asked, Takes(tmp_path, 1000))
    asked.end()
    assert left(tmp_path) == []


async def test_files_are_skipped_where_none_are_taken() -> None:
    assert await read(request([body((HEAD, PICTURE), ('name="a"', b"1"))])) == {"a": "1"}
