"""Multipart forms: their files go to the disk while they come, never whole into memory.

Spec: RFC 7578
"""

import asyncio
import tempfile
from collections.abc import AsyncIterable
from pathlib import Path
from typing import IO, Any

import msgspec
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from marula.base.files import on_disk
from marula.faces.http.request import BODY_LIMIT, BadRequest

MOST_PARTS = 200


class Upload(msgspec.Struct, frozen=True):
    """A file of a multipart form: what its sender says of it, and where its bytes are until the request is answered."""

    filename: str
    content_type: str
    path: Path
    size: int


class Takes(msgspec.Struct, frozen=True):
    """That a request may bring files: the folder for them, and how many bytes each may have."""

    folder: Path
    most: int

    @property
    def body(self) -> int:
        """How many bytes the whole body may have: a file with its thumbnail, and the rest."""
        return 2 * self.most + BODY_LIMIT


class Reader:
    """Reads one multipart body. Files that came are in `files`, whatever happened later: `discard` removes them."""

    def __init__(self, boundary: str, takes: Takes | None) -> None:
        """Without `takes`, files are skipped."""
        self.files: list[Path] = []
        self._takes = takes
        self._boundary = boundary
        self._found: list[tuple[str, Any]] = []
        self._part: MultipartSegment | None = None
        self._text = bytearray()
        self._texts = 0
        self._file: IO[bytes] | None = None

    async def read(self, chunks: AsyncIterable[bytes]) -> list[tuple[str, Any]]:
        """Names with texts and Uploads, in their order. Raises BadRequest, StorageFull, StorageUnreachable."""
        if not self._boundary:
            raise BadRequest("the multipart form has no boundary")
        try:
            with on_disk(), PushMultipartParser(self._boundary, max_segment_count=MOST_PARTS) as parser:
                async for chunk in chunks:
                    for event in parser.parse(chunk) if chunk else ():
                        await self._take(event)
        except UnicodeDecodeError as error:
            raise BadRequest("Invalid parameter encoding: the request is not UTF-8") from error
        except MultipartError as error:
            raise BadRequest(f"the multipart form cannot be read: {error}") from error
        finally:
            self._close()
        return self._found

    def discard(self) -> None:
        """Remove the files."""
        for path in self.files:
            path.unlink(missing_ok=True)
        self.files.clear()

    async def _take(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        if isinstance(event, MultipartSegment):
            self._part = event
            if event.filename is not None and self._takes is not None:
                await asyncio.to_thread(self._open, self._takes.folder)
        elif event is None:
            self._end()
        elif self._file is not None:
            await self._write(event)
        elif self._part is not None and self._part.filename is None:
            self._texts += len(event)
            if self._texts > BODY_LIMIT:
                raise BadRequest("the request is larger than 1 MB", 413)
            self._text += event

    async def _write(self, data: bytes | bytearray) -> None:
        assert self._file is not None
        assert self._part is not None
        assert self._takes is not None
        if self._part.bytes_received > self._takes.most:
            raise BadRequest(f"the file is larger than {self._takes.most // 1024 // 1024} MB", 413)
        await asyncio.to_thread(self._file.write, data)

    def _end(self) -> None:
        part = self._part
        assert part is not None
        if part.filename is None:
            self._found.append((part.name or "", self._text.decode("utf-8")))
        elif self._file is not None:
            self._file.close()
            kind = part.content_type or ""
            self._found.append((part.name or "", Upload(part.filename, kind, self.files[-1], part.bytes_received)))
        self._part, self._file, self._text = None, None, bytearray()

    def _open(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.NamedTemporaryFile(dir=folder, delete=False)  # noqa: SIM115 it outlives this function
        self.files.append(Path(self._file.name))

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
