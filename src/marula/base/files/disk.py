"""Bytes in a folder of this machine."""

import asyncio
import os
import secrets
import shutil
from collections.abc import AsyncGenerator, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from marula.base.files.port import Kept, Room, StorageUnreachable
from marula.base.files.troubles import on_disk
from marula.base.kernel.errors import NotFound

PIECE = 256 * 1024
"""Bytes that are read at a time."""

UNFINISHED = ".part"
"""What the name of a file ends with that is being written."""


class Disk:
    """Files below one folder."""

    def __init__(self, folder: Path, public: str) -> None:
        """`public`: what stands before a key in its public address, with a slash at the end."""
        self.folder = folder
        self.public = public

    async def put(self, key: str, source: Path, *, content_type: str) -> None:
        """Copy a file in; it takes its place in one step. Raises StorageFull, StorageUnreachable."""
        await asyncio.to_thread(self._put, self._path(key), source)

    async def read(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncGenerator[bytes]:
        """The bytes of a part of a file. Raises NotFound, StorageUnreachable."""
        try:
            file = await asyncio.to_thread(self._path(key).open, "rb")
        except FileNotFoundError as error:
            raise NotFound from error
        except OSError as error:
            raise StorageUnreachable from error
        with file:
            file.seek(start)
            left = None if end is None else max(0, end - start)
            while left is None or left:
                with on_disk():
                    piece = await asyncio.to_thread(file.read, PIECE if left is None else min(PIECE, left))
                if not piece:
                    return
                left = None if left is None else left - len(piece)
                yield piece

    async def stat(self, key: str) -> Kept | None:
        """What is kept under this key."""
        return await asyncio.to_thread(self._stat, key)

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove files, and what is left of them by whoever was killed while writing. Raises StorageUnreachable."""
        await asyncio.to_thread(self._delete, keys)

    async def listed(self) -> AsyncGenerator[Kept]:
        """Every file, a folder at a time."""
        walk = self._walk()
        while (found := await asyncio.to_thread(next, walk, None)) is not None:
            for one in found:
                yield one

    async def room(self) -> Room | None:
        """The room of the file system that the folder is on, as far as this user may use it."""
        return await asyncio.to_thread(self._room)

    def _path(self, key: str) -> Path:
        path = self.folder / key
        if ".." in path.parts or not path.is_relative_to(self.folder):
            raise ValueError(f"not a key: {key}")
        return path

    def _put(self, path: Path, source: Path) -> None:
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
        with on_disk():
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with source.open("rb") as given, part.open("wb") as taken:
                    shutil.copyfileobj(given, taken, PIECE)
                    taken.flush()
                    os.fsync(taken.fileno())
                part.replace(path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
            self._settle(path.parent)

    def _settle(self, folder: Path) -> None:
        """Have the names in a folder, and the folder's own in those above, survive a power cut."""
        for each in (folder, *folder.relative_to(self.folder).parents):
            handle = os.open(self.folder / each, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _stat(self, key: str) -> Kept | None:
        try:
            found = self._path(key).stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StorageUnreachable from error
        return Kept(key, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def _delete(self, keys: Sequence[str]) -> None:
        for key in keys:
            path = self._path(key)
            with on_disk():
                try:
                    path.unlink(missing_ok=True)
                    for part in path.parent.glob(f"{path.name}.*{UNFINISHED}"):
                        part.unlink(missing_ok=True)
                except NotADirectoryError:
                    continue

    def _walk(self) -> Iterator[list[Kept]]:
        for folder, _, names in os.walk(self.folder, onerror=_unlisted):
            found: list[Kept] = []
            for name in names:
                path = Path(folder, name)
                kept = self._stat(path.relative_to(self.folder).as_posix())
                if kept is not None:
                    found.append(kept)
            yield found

    def _room(self) -> Room | None:
        with on_disk():
            here = self.folder
            while not here.exists():
                here = here.parent
            found = os.statvfs(here)
        return Room(found.f_frsize * found.f_blocks, found.f_frsize * found.f_bavail)


def _unlisted(error: OSError) -> None:
    """A folder that went meanwhile, or is not there yet, holds nothing; of others it must be known what they hold."""
    if not isinstance(error, FileNotFoundError):
        raise StorageUnreachable from error
