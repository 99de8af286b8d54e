"""The SQL of what came and what became of it."""

from datetime import datetime

from marula.base.db import Connection, Row, Tx
from marula.domain.intake.types import ArrivalId, Received

_FIELDS = ", ".join(Received.__struct_fields__)


async def next_due(db: Connection) -> datetime | None:
    """When the next line that nobody works on is due."""
    return await db.value("select min(due_at) from arrival_lines where leased_by is null")


async def listed(
    db: Connection, *, host: str | None, dead: bool = False, before: ArrivalId, limit: int
) -> list[Received]:
    """What came, from this server or from all, the latest first; with `dead`, only what failed for good."""
    where = ["id < $1"] + ["host = $3"] * (host is not None) + ["state = 'dead'"] * dead
    given = [] if host is None else [host]
    rows = await db.all(
        f"select {_FIELDS} from arrivals where {' and '.join(where)} order by id desc limit $2", before, limit, *given
    )
    return [Received(**dict(row)) for row in rows]


async def counts(db: Connection) -> Row:
    """What waits, what is dead, and the age in seconds of the oldest that waits and is due."""
    row = await db.one(
        """
        select (select count(*) from arrivals where state = 'waiting') as waiting,
            (select count(*) from arrivals where state = 'dead') as dead,
            (select coalesce(extract(epoch from clock_timestamp() - min(due_at)), 0)::float8 from arrival_lines)
                as oldest
        """
    )
    assert row is not None
    return row


async def forget(tx: Tx, before: datetime, batch: int) -> int:
    """Remove a batch of what was concluded before this moment. Gives the number."""
    return await tx.run(
        """
        delete from arrivals where id in (
            select id from arrivals where concluded_at < $1 order by concluded_at limit $2 for update skip locked)
        """,
        before,
        batch,
    )
