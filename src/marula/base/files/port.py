"""What a place for bytes can do, and what can go wrong there."""

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec

from marula.base.kernel.errors import Refused, Unreachable


class StorageFull(Refused):
    """There is no room for more."""

    default = "There is no room for files on this server at the moment. Please tell the people who run it"


class StorageUnreachable(Unreachable):
    """The place for files does not answer, or does not let us write."""

    default = "Files cannot be reached at the moment, please try again"


class Kept(msgspec.Struct, frozen=True):
    """A file as it is kept: its size in bytes, and when it was written."""

    key: str
    size: int
    written_at: datetime


class Room(msgspec.Struct, frozen=True):
    """How much a place holds, and how much of it is free, in bytes."""

    total: int
    free: int


class Files(Protocol):
    """A place for bytes. A key is a path such as `ab/cd/name.jpg`, made by us, never by a stranger.

    Each may raise StorageUnreachable.
    """

    async def put(self, key: str, source: Path, *, content_type: str) -> None:
        """Keep the content of a file under this key: wholly or not at all. Once it returns, it survives a power cut.

        Raises StorageFull.
        """
        ...

    def read(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncGenerator[bytes]:
        """The bytes from `start` up to, not including, `end`, in pieces. Raises NotFound before the first piece."""
        ...

    async def stat(self, key: str) -> Kept | None:
        """What is kept under this key; None when nothing is."""
        ...

    async def delete(self, keys: Sequence[str]) -> None:
        """Forget these; those that are not there are forgotten already."""
        ...

    def listed(self) -> AsyncGenerator[Kept]:
        """Everything that is kept, in no order."""
        ...

    async def room(self) -> Room | None:
        """How much room there is; None where nobody can say."""
        ...

    @property
    def public(self) -> str:
        """What stands before a key in its public address, with a slash at the end."""
        ...
