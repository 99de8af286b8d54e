"""The ledger and the files against each other: what has no row, and what rows have no file."""

import asyncio
import re
from collections.abc import Sequence

import msgspec

from marula.base.files import Kept
from marula.base.kernel.ids import BlobId
from marula.domain.context import Context
from marula.domain.storage import guests, store
from marula.domain.storage.cleaning import HELD, clean
from marula.domain.storage.types import Blob

OURS = re.compile(r"([0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{28}\.[a-z0-9.]+?)(\.[0-9a-f]{8}\.part)?")
"""A key, and what the name of a file ends with that is being written."""

BATCH = 500
AT_A_TIME = 8


class Findings(msgspec.Struct, kw_only=True):
    """What does not fit. `strays`: files without a row. `foreign`: files that are none of ours, which are left alone.

    `copies`: rows of copies whose file is not there, or cut off; they are fetched again. `lost`: the keys of files of
    people here that are not there; their rows stay, for nobody else has them.
    """

    strays: int = 0
    stray_bytes: int = 0
    foreign: int = 0
    copies: int = 0
    lost: list[str] = []


async def reconcile(ctx: Context, *, mend: bool) -> Findings:
    """Look at every file and every row, a batch at a time; `mend`: remove strays, and forget copies that are gone.

    What is younger than an hour is left alone. Raises StorageUnreachable.
    """
    found = Findings()
    batch: list[Kept] = []
    async for kept in ctx.files.listed():
        batch.append(kept)
        if len(batch) == BATCH:
            await _strays(ctx, batch, found, mend=mend)
            batch = []
    await _strays(ctx, batch, found, mend=mend)
    await _absent(ctx, found, mend=mend)
    if mend:
        await clean(ctx)
    return found


async def _strays(ctx: Context, batch: Sequence[Kept], found: Findings, *, mend: bool) -> None:
    parts = [(kept, OURS.fullmatch(kept.key)) for kept in batch]
    found.foreign += sum(part is None for _, part in parts)
    old = [(kept, part) for kept, part in parts if part is not None and kept.written_at < ctx.clock.now() - HELD]
    async with ctx.db.reading() as db:
        known = await store.keys_known(db, [part[1] for _, part in old])
    strays = [kept for kept, part in old if part[2] is not None or part[1] not in known]
    found.strays += len(strays)
    found.stray_bytes += sum(kept.size for kept in strays)
    if mend:
        await ctx.files.delete([kept.key for kept in strays])


async def _absent(ctx: Context, found: Findings, *, mend: bool) -> None:
    last = BlobId(0)
    while True:
        async with ctx.db.reading() as db:
            blobs = await store.after(db, last, BATCH)
        if not blobs:
            return
        absent = await _without_file(ctx, blobs)
        copies = [blob.id for blob in absent if blob.remote]
        found.copies += len(copies)
        found.lost += [blob.key for blob in absent if not blob.remote]
        if mend and copies:
            async with ctx.db.transaction("relaxed") as tx:
                await guests.give_up(tx, copies, cared_for=True)
        last = blobs[-1].id


async def _without_file(ctx: Context, blobs: Sequence[Blob]) -> list[Blob]:
    """Those whose file is not there as it was written."""
    room = asyncio.Semaphore(AT_A_TIME)

    async def whole(blob: Blob) -> bool:
        async with room:
            kept = await ctx.files.stat(blob.key)
        return kept is not None and kept.size == blob.size

    there = await asyncio.gather(*(whole(blob) for blob in blobs))
    return [blob for blob, is_there in zip(blobs, there, strict=True) if not is_there]
