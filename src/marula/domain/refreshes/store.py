"""The SQL of refreshes."""

from datetime import datetime, timedelta

from marula.base.db import Connection, Tx
from marula.domain.refreshes.types import Kind

GIVEN_UP = timedelta(minutes=30)
"""After which a refresh that did not end is begun anew."""


async def begin(tx: Tx, kind: Kind, subject: int, *, again: timedelta) -> bool:
    """Claim a refresh. False when one is going on, or was begun less than `again` ago."""
    return (
        await tx.run(
            """
            insert into refreshes (kind, subject, begun_at) values ($1, $2, $3)
            on conflict (kind, subject) do update set begun_at = excluded.begun_at, ended_at = null
            where refreshes.begun_at < $3::timestamptz
                - case when refreshes.ended_at is null then greatest($4::interval, $5) else $4 end
            """,
            kind,
            subject,
            tx.now,
            again,
            GIVEN_UP,
        )
        == 1
    )


async def end(tx: Tx, kind: Kind, subject: int) -> None:
    """Note that a refresh is over."""
    await tx.run("update refreshes set ended_at = $3 where kind = $1 and subject = $2", kind, subject, tx.now)


async def running(db: Connection, kind: Kind, subject: int, now: datetime) -> bool | None:
    """Whether a refresh goes on; None when nobody asked for it lately."""
    return await db.value(
        """
        select ended_at is null and begun_at > $3::timestamptz - $4::interval from refreshes
        where kind = $1 and subject = $2
        """,
        kind,
        subject,
        now,
        GIVEN_UP,
    )


async def forget(tx: Tx, before: datetime, batch: int) -> int:
    """Remove what is long over. Gives how many."""
    return await tx.run(
        """
        delete from refreshes where ctid = any(array(select ctid from refreshes where begun_at < $1 limit $2))
        """,
        before,
        batch,
    )
