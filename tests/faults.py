"""A store for files in which anything can go wrong, as disks and buckets do."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from enum import Enum
from pathlib import Path

from marula.base.files import Disk, Kept, Room, StorageFull, StorageUnreachable
from marula.domain.context import Context


class Fault(Enum):
    """What goes wrong. `LATE`: it was done, but the answer was lost."""

    FULL = "full"
    READ_ONLY = "read-only"
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    CUT = "cut in the middle"
    LATE = "done without an answer"


WRITES = ("put", "delete")


class Faulty:
    """Files in a folder. `faults`: what goes wrong, by the name of the method; `met`: how often it did;
    `told`: sizes that are told but not so."""

    def __init__(self, inner: Disk) -> None:
        self.inner = inner
        self.public = inner.public
        self.faults: dict[str, Fault] = {}
        self.met = 0
        self.told: dict[str, int] = {}

    async def put(self, key: str, source: Path, *, content_type: str) -> None:
        fault = await self._fault("put")
        if fault is Fault.CUT:
            await asyncio.to_thread(_half, source, self.inner.folder / f"{key}.0123abcd.part")
            raise StorageUnreachable
        await self.inner.put(key, source, content_type=content_type)
        self._lose(fault)

    async def read(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncGenerator[bytes]:
        fault = await self._fault("read")
        async for piece in self.inner.read(key, start=start, end=end):
            yield piece[: len(piece) // 2] if fault is Fault.CUT else piece
            if fault is Fault.CUT:
                raise StorageUnreachable

    async def stat(self, key: str) -> Kept | None:
        await self._fault("stat")
        kept = await self.inner.stat(key)
        return kept and Kept(key, self.told.get(key, kept.size), kept.written_at)

    async def delete(self, keys: Sequence[str]) -> None:
        fault = await self._fault("delete")
        await self.inner.delete(keys[:1] if fault is Fault.CUT else keys)
        self._lose(fault)

    async def listed(self) -> AsyncGenerator[Kept]:
        fault = await self._fault("listed")
        async for kept in self.inner.listed():
            yield kept
            self._lose(fault)

    async def room(self) -> Room | None:
        fault = self.faults.get("room")
        if fault is Fault.FULL:
            self.met += 1
            return Room(1000, 49)
        await self._fault("room")
        return await self.inner.room()

    async def _fault(self, method: str) -> Fault | None:
        """What goes wrong now; raises what does at once."""
        fault = self.faults.get(method)
        if fault is None:
            return None
        self.met += 1
        if fault is Fault.FULL and method == "put":
            raise StorageFull
        if fault is Fault.UNREACHABLE or (fault is Fault.READ_ONLY and method in WRITES):
            raise StorageUnreachable
        if fault is Fault.SLOW:
            await asyncio.sleep(0.05)
        return fault

    def _lose(self, fault: Fault | None) -> None:
        if fault in (Fault.CUT, Fault.LATE):
            raise StorageUnreachable


def _half(source: Path, part: Path) -> None:
    """What is left of a file by whoever was killed while writing it."""
    part.parent.mkdir(parents=True, exist_ok=True)
    data = source.read_bytes()
    part.write_bytes(data[: len(data) // 2])


def spoil(ctx: Context) -> Faulty:
    """Have everything of a server use a store in which things can go wrong."""
    assert isinstance(ctx.files, Disk)
    made = Faulty(ctx.files)
    object.__setattr__(ctx, "files", made)
    return made
