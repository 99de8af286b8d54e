"""Room for files: below the ceiling for copies of others' files, and on the disk."""

from datetime import datetime

from marula.base.files import StorageFull
from marula.domain import site
from marula.domain.context import Context
from marula.domain.storage import guests, rules, store
from marula.domain.storage.cleaning import clean

BATCH = 200


async def ceiling(ctx: Context) -> int:
    """The bytes that copies of others' files may take: as the owner set it, or else as the environment says."""
    return (await site.get(ctx)).remote_media_ceiling or ctx.config.remote_media_ceiling


async def check_disk(ctx: Context) -> None:
    """Raises StorageFull when the disk is so full that nothing more may be written."""
    if rules.full(await ctx.files.room()):
        raise StorageFull


async def make(ctx: Context, size: int, most: int) -> None:
    """Make room below the ceiling for a copy of this size. Raises StorageFull when there is none to be made."""
    async with ctx.db.reading() as db:
        over = await store.total(db, remote=True) + size - most
    if size > most or (over > 0 and await evict(ctx, over + rules.spare_room(most)) < over):
        raise StorageFull


async def evict(ctx: Context, wanted: int, *, unseen_since: datetime | None = None) -> int:
    """Give up copies of others' files, those that are worth least first, until so many bytes are free.

    None goes that people here care for. `unseen_since`: nor one that was looked at after that. Gives the bytes.
    """
    freed = 0
    while freed < wanted:
        async with ctx.db.transaction("relaxed") as tx:
            before = unseen_since or tx.now
            found = await store.least_worth(tx, before, unseen_since or tx.now, guests.purposes(), BATCH)
            chosen, bytes_chosen = [], 0
            for blob, size in found:
                if bytes_chosen < wanted - freed:
                    chosen.append(blob)
                    bytes_chosen += size
            await guests.give_up(tx, chosen)
            freed += await store.spare(tx, chosen)
        if not chosen:
            break
    await clean(ctx)
    return freed
