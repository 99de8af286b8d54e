"""The SQL of what was turned away."""

from collections.abc import Sequence
from datetime import timedelta

from marula.base.db import Connection, Tx
from marula.domain.intake.types import Refused

MOST = 2_000
"""Rows. When there are more, only servers that we have to do with are named."""
KEPT = timedelta(days=30)


async def note(tx: Tx, refused: Sequence[Refused]) -> None:
    """Count refusals to those of the same host and reason. Nobody can fill the table with hosts that they invent."""
    await tx.run(
        """
        insert into refusals (host, why, status, number, first_at, last_at)
        select named.host, why, max(status), sum(number), min(first_at), max(last_at)
        from unnest($1::text[], $2::text[], $3::smallint[], $4::bigint[], $5::timestamptz[], $6::timestamptz[])
            as given (host, why, status, number, first_at, last_at)
        cross join lateral (
            select case when (select count(*) from refusals) < $7
                          or exists (select from servers where servers.host = given.host)
                          or exists (select from refusals known where known.host = given.host and known.why = given.why)
                        then given.host else '' end as host
        ) as named
        group by named.host, why
        on conflict (host, why) do update
        set number = refusals.number + excluded.number, last_at = greatest(refusals.last_at, excluded.last_at),
            status = excluded.status
        """,
        [one.host for one in refused],
        [one.why for one in refused],
        [one.status for one in refused],
        [one.number for one in refused],
        [one.first_at for one in refused],
        [one.last_at for one in refused],
        MOST,
    )


async def of_host(db: Connection, host: str, most: int) -> list[Refused]:
    """What was turned away from a host, the latest first."""
    rows = await db.all(
        """
        select host, status, why, number, first_at, last_at from refusals where host = $1
        order by last_at desc, why limit $2
        """,
        host,
        most,
    )
    return [Refused(**dict(row)) for row in rows]


async def forget(tx: Tx) -> None:
    """Remove what was last turned away long ago."""
    await tx.run("delete from refusals where last_at < $1", tx.now - KEPT)
