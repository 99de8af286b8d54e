"""How files come into storage.

The row of a blob is there before its bytes, and says so; it is kept in the transaction that writes what refers to it.
So after a crash no file is without its row, and no reference without its file.
"""

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from pathlib import Path

from marula.base.db import Tx
from marula.base.files import StorageFull
from marula.base.kernel.errors import Conflict
from marula.base.kernel.ids import BlobId
from marula.domain.context import Context
from marula.domain.storage import room, store
from marula.domain.storage.types import EXTENSIONS, Blob, Purpose, State

TRIES = 5
"""How often room is made for a copy that others take before it."""


async def bring(ctx: Context, source: Path, *, purpose: Purpose, content_type: str, remote: bool = False) -> Blob:
    """Put the content of a file into storage, once for all who bring the same. The caller holds no transaction.

    Within an hour something must refer to it and `keep` be called, in one transaction; else it is forgotten.
    Raises: StorageFull, StorageUnreachable. Costs: one transaction of its own, and the writing.
    """
    digest, size = await asyncio.to_thread(_measure, source)
    await room.check_disk(ctx)
    new = Blob(BlobId(0), _new_key(content_type), size, content_type, purpose, remote)
    blob, state = await (_arrive_below_ceiling(ctx, digest, new) if remote else _arrive(ctx, digest, new))
    if state is State.ARRIVING:
        await ctx.files.put(blob.key, source, content_type=content_type)
    return blob


async def keep(tx: Tx, blobs: Sequence[BlobId]) -> None:
    """Keep blobs that were brought, from the moment that this transaction commits. Raises Conflict when one is gone."""
    if await store.keep(tx, blobs) != len(set(blobs)):
        raise Conflict


async def _arrive(ctx: Context, digest: bytes, new: Blob) -> tuple[Blob, State]:
    async with ctx.db.transaction() as tx:
        return await store.arrive(tx, digest, new)


async def _arrive_below_ceiling(ctx: Context, digest: bytes, new: Blob) -> tuple[Blob, State]:
    """Room is made first. Those who bring copies do so one after another, so that together they stay below, too."""
    most = await room.ceiling(ctx)
    for _ in range(TRIES):
        async with ctx.db.transaction() as tx:
            await store.hold_ceiling(tx)
            known = await store.known(tx, digest, new.purpose, remote=True)
            if known or await store.total(tx, remote=True) + new.size <= most:
                return await store.arrive(tx, digest, new)
        await room.make(ctx, new.size, most)
    raise StorageFull


def _measure(source: Path) -> tuple[bytes, int]:
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
        return digest, file.tell()


def _new_key(content_type: str) -> str:
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name[2:4]}/{name[4:]}.{EXTENSIONS[content_type]}"
