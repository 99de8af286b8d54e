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
from marula.base.kernel.errors import Conflict
from marula.base.kernel.ids import BlobId
from marula.domain.context import Context
from marula.domain.storage import store
from marula.domain.storage.types import EXTENSIONS, Blob, Purpose, State


async def bring(ctx: Context, source: Path, *, purpose: Purpose, content_type: str, remote: bool = False) -> Blob:
    """Put the content of a file into storage, once for all who bring the same. The caller holds no transaction.

    Within an hour something must refer to it and `keep` be called, in one transaction; else it is forgotten.
    Raises: StorageFull, StorageUnreachable. Costs: one transaction of its own, and the writing.
    """
    digest, size = await asyncio.to_thread(_measure, source)
    async with ctx.db.transaction() as tx:
        blob, state = await store.arrive(
            tx,
            digest,
            Blob(BlobId(0), _new_key(content_type), size, content_type, purpose, remote),
        )
    if state is State.ARRIVING:
        await ctx.files.put(blob.key, source, content_type=content_type)
    return blob


async def keep(tx: Tx, blobs: Sequence[BlobId]) -> None:
    """Keep blobs that were brought, from the moment that this transaction commits. Raises Conflict when one is gone."""
    if await store.keep(tx, blobs) != len(set(blobs)):
        raise Conflict


def _measure(source: Path) -> tuple[bytes, int]:
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
        return digest, file.tell()


def _new_key(content_type: str) -> str:
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name[2:4]}/{name[4:]}.{EXTENSIONS[content_type]}"
