"""The SQL of the terms of service."""

from datetime import date

from marula.base.db import Connection, Tx
from marula.domain.terms.types import Terms


async def insert(tx: Tx, effective_on: date, text: str) -> bool:
    """Write terms. False when there are some for that day."""
    sql = "insert into terms_of_service (effective_on, text, published_at) values ($1, $2, $3) on conflict do nothing"
    return await tx.run(sql, effective_on, text, tx.now) == 1


async def delete(tx: Tx, effective_on: date) -> None:
    """Remove the terms of a day."""
    await tx.run("delete from terms_of_service where effective_on = $1", effective_on)


async def versions(db: Connection) -> list[Terms]:
    """All versions, by their day, each with the day of the next."""
    rows = await db.all(
        """
        select effective_on, text, published_at, lead(effective_on) over (order by effective_on) as succeeded_by
        from terms_of_service order by effective_on
        """
    )
    return [Terms(**dict(row)) for row in rows]


async def published(db: Connection) -> bool:
    """Whether there are any terms."""
    return await db.value("select exists (select from terms_of_service)")
