"""How blobs go that nothing refers to."""

from datetime import timedelta

from marula.domain.context import Context
from marula.domain.storage import store
from marula.domain.storage.references import references

HELD = timedelta(hours=1)
"""A blob that was brought stays at least this long without anything that refers to it."""

BATCH = 200


async def clean(ctx: Context) -> None:
    """Let blobs go that nothing refers to: first the row says so, then the bytes go, then the row."""
    released = BATCH
    while released == BATCH:
        async with ctx.db.transaction("relaxed") as tx:
            released = await store.let_go(tx, tx.now - HELD, references(), BATCH)
    while True:
        async with ctx.db.reading() as db:
            gone = await store.leaving(db, BATCH)
        if not gone:
            return
        await ctx.files.delete([blob.key for blob in gone])
        async with ctx.db.transaction("relaxed") as tx:
            await store.forget(tx, [blob.id for blob in gone])
