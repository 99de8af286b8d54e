"""The SQL of markers: how far somebody has read."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId


class Marker(msgspec.Struct, frozen=True):
    """How far somebody has read a timeline."""

    timeline: str
    last_read_id: int
    version: int
    updated_at: datetime


async def marker(db: Connection, who: AccountId, timeline: str) -> int:
    """The last id read on a timeline; 0 when nothing was."""
    return (
        await db.value("select last_read_id from markers where account_id = $1 and timeline = $2", who, timeline) or 0
    )


async def markers(db: Connection, who: AccountId, timelines: Sequence[str]) -> list[Marker]:
    """How far somebody has read these timelines; those never read are absent."""
    rows = await db.all(
        """
        select timeline, last_read_id, version, updated_at from markers
        where account_id = $1 and timeline = any($2::text[])
        """,
        who,
        timelines,
    )
    return [Marker(**dict(row)) for row in rows]


async def put_marker(tx: Tx, who: AccountId, timeline: str, last_read: int) -> Marker:
    """Set a marker; its version grows by one."""
    row = await tx.one(
        """
        insert into markers (account_id, timeline, last_read_id, version, updated_at) values ($1, $2, $3, 1, $4)
        on conflict (account_id, timeline) do update
        set last_read_id = excluded.last_read_id, version = markers.version + 1, updated_at = excluded.updated_at
        returning timeline, last_read_id, version, updated_at
        """,
        who,
        timeline,
        last_read,
        tx.now,
    )
    assert row is not None
    return Marker(**dict(row))
