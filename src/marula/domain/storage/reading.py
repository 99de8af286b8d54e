"""What is kept, and for how long there is room."""

from datetime import date, timedelta

import msgspec

from marula.base.files import Room, StorageUnreachable
from marula.domain.context import Context
from marula.domain.storage import room, rules, store
from marula.domain.storage.types import Day, Total

LOOKED_BACK = timedelta(days=30)


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """How much is kept, how much may be, and what is to come. `warning`: a sentence for the owner, or nothing.

    `reachable`: whether the disk answers. When it does not, its room is None in `today`, as it is for buckets.
    """

    totals: list[Total]
    ceiling: int
    reachable: bool
    today: Day
    full_on: date | None
    warning: str


async def usage(ctx: Context) -> Usage:
    """How much is kept at this moment. Costs: three statements and a look at the disk."""
    most, today = await room.ceiling(ctx), ctx.clock.now().date()
    found, trouble = await _room(ctx)
    async with ctx.db.reading() as db:
        totals = await store.totals(db)
        days = await store.days(db, today - LOOKED_BACK)
    now = Day(
        today,
        sum(one.bytes for one in totals if not one.remote),
        sum(one.bytes for one in totals if one.remote),
        None if found is None else found.total,
        None if found is None else found.free,
    )
    coming = rules.full_on([*(day for day in days if day.day < today), now])
    warning = ""
    if trouble is not None:
        warning = f"The disk for files cannot be reached{_reason(trouble)}."
    elif rules.full(found):
        warning = "The disk for files is full: uploads are refused, and no files of other servers are kept."
    elif coming is not None and coming - today < rules.WARNED:
        warning = f"The disk for files will be full on {coming.isoformat()} if it goes on filling as it does."
    elif rules.lacking(found):
        warning = "The disk for files is nearly full. At 95 % uploads are refused."
    return Usage(totals=totals, ceiling=most, reachable=trouble is None, today=now, full_on=coming, warning=warning)


async def _room(ctx: Context) -> tuple[Room | None, StorageUnreachable | None]:
    """The room of the disk, where somebody can say; and why nobody can, when the disk does not answer."""
    try:
        return await ctx.files.room(), None
    except StorageUnreachable as error:
        return None, error


def _reason(trouble: StorageUnreachable) -> str:
    """What the system says of it. The sentence of the error itself is meant for those who upload something."""
    said = trouble.__cause__
    return f": {said.strerror}" if isinstance(said, OSError) and said.strerror else ""
