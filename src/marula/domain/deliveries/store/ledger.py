"""The SQL of the ledger: what became of what was owed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import PostId
from marula.domain.deliveries.store.owing import WAKE
from marula.domain.deliveries.types import FINAL, REVISION, Receipt

_RECEIPT = """
    select parcels.uri, parcels.kind, d.inbox, d.host, d.state, d.owed_at, d.attempts, d.tried_at, d.status, d.why,
        case when d.state = 'waiting' then greatest(d.due_at, line.due_at) end as next_at
    from deliveries d join parcels on parcels.id = d.parcel_id
    left join delivery_lines line on line.host = d.host and line.sender = d.sender
"""


async def reached(db: Connection, subject: str) -> list[str]:
    """The inboxes that got something about this subject, or may have, or are still to get it."""
    rows = await db.all(
        """
        select distinct inbox from deliveries d join parcels on parcels.id = d.parcel_id
        where parcels.subject = $1 and d.state <> 'dropped' order by inbox
        """,
        subject,
    )
    return [row["inbox"] for row in rows]


async def of_post(db: Connection, post: PostId, most: int) -> list[Receipt]:
    """What became of everything about a post, the oldest first."""
    return _receipts(await db.all(f"{_RECEIPT} where parcels.post_id = $1 order by d.id limit $2", post, most))


async def of_uri(db: Connection, uri: str, most: int) -> list[Receipt]:
    """What became of the parcel with this id, or of all about the subject with it, the oldest first."""
    where = "parcels.id in (select id from parcels where uri = $1 union select id from parcels where subject = $1)"
    return _receipts(await db.all(f"{_RECEIPT} where {where} order by d.id limit $2", uri, most))


async def lost_at(db: Connection, host: str, most: int) -> list[Receipt]:
    """What a server did not get and will not get, the latest first."""
    where = "d.host = $1 and d.state in ('given_up', 'dropped')"
    return _receipts(await db.all(f"{_RECEIPT} where {where} order by d.id desc limit $2", host, most))


async def waiting_at(db: Connection, host: str) -> tuple[int, datetime | None]:
    """How many deliveries wait for a server, and when the next is tried."""
    row = await db.one(
        """
        select (select count(*) from deliveries where host = $1 and state = 'waiting') as number,
               (select min(due_at) from delivery_lines where host = $1) as next_at
        """,
        host,
    )
    assert row is not None
    return row["number"], row["next_at"]


async def counts(db: Connection) -> dict[str, int]:
    """How many deliveries wait, for how many servers (`hosts`), and how many of these failed last (`failing`)."""
    row = await db.one(
        """
        select (select count(*) from deliveries where state = 'waiting') as waiting,
               count(distinct host) as hosts, count(distinct host) filter (where failures > 0) as failing
        from delivery_lines
        """
    )
    assert row is not None
    return dict(row)


async def tally(tx: Tx, reasons: Mapping[str, int]) -> None:
    """Count tries by how they ended."""
    await tx.run(
        """
        insert into delivery_tallies as tally (reason, number)
        select * from unnest($1::text[], $2::bigint[]) as given (reason, number) order by reason
        on conflict (reason) do update set number = tally.number + excluded.number
        """,
        list(reasons),
        list(reasons.values()),
    )


async def tallies(db: Connection) -> dict[str, int]:
    """How many tries ever ended in which way."""
    rows = await db.all("select reason, number from delivery_tallies order by reason")
    return {row["reason"]: row["number"] for row in rows}


async def drop(tx: Tx, host: str, why: str, most: int) -> None:
    """Drop what waits for a server."""
    await tx.run(
        """
        update deliveries set state = 'dropped', why = $2 where id in (
            select id from deliveries where host = $1 and state = 'waiting' order by id limit $3 for update)
        """,
        host,
        why,
        most,
    )


async def retry_host(tx: Tx, host: str) -> int:
    """Owe again what a server did not get. Gives the number."""
    return await _again(tx, "host = $1 and state in ('given_up', 'dropped')", host)


async def retry_parcels(tx: Tx, uri: str, post: PostId | None) -> int:
    """Owe again what of these parcels did not arrive. Gives the number."""
    where = """
        state in ('given_up', 'dropped') and parcel_id in (
            select id from parcels where uri = $1 union select id from parcels where subject = $1
            union select id from parcels where post_id = $2::bigint)
    """
    return await _again(tx, where, uri, post)


async def forget(tx: Tx, before: datetime, most: int) -> int:
    """Remove up to `most` parcels from before, with their ledger, unless something waits. Gives their number."""
    return await tx.run(
        """
        delete from parcels where id in (
            select id from parcels where created_at < $1 and not exists (
                select from deliveries where parcel_id = parcels.id and state = 'waiting')
            order by created_at limit $2)
        """,
        before,
        most,
    )


async def shed(tx: Tx, since: datetime, before: datetime, most: int) -> int:
    """Forget the bytes of up to `most` parcels of this time that arrived everywhere. Gives their number."""
    return await tx.run(
        """
        update parcels set body = '' where id in (
            select id from parcels where created_at >= $1 and created_at < $2 and body <> '' and not exists (
                select from deliveries where parcel_id = parcels.id and state <> 'delivered')
            limit $3)
        """,
        since,
        before,
        most,
    )


async def _again(tx: Tx, where: str, *args: object) -> int:
    """Owe again what was lost, but not what is over: what came later about the same subject ends it, or has arrived."""
    now, wake, final, revision = range(len(args) + 1, len(args) + 5)
    return await tx.value(
        f"""
        with owed as (
            update deliveries set state = 'waiting', attempts = 0, owed_at = ${now}, due_at = null,
                why = null, status = null
            where {where} and host <> '' and not exists (
                select from parcels mine join parcels later
                    on later.subject = mine.subject and later.sender = mine.sender and later.id > mine.id
                where mine.id = deliveries.parcel_id and (later.kind = ${final} or (
                    (later.kind <> ${revision} or mine.kind = ${revision}) and exists (
                        select from deliveries arrived where arrived.parcel_id = later.id
                            and arrived.inbox = deliveries.inbox and arrived.state = 'delivered'))))
            returning host, sender
        ),
        lined as (
            insert into delivery_lines as line (host, sender, due_at)
            select host, sender, ${now}::timestamptz from (select distinct host, sender from owed) as each
            order by sender, host
            on conflict (host, sender) do update set touched = line.touched + 1, failures = 0, due_at = excluded.due_at
            returning host
        ),
        woken as (select pg_notify(${wake}, '') from lined limit 1)
        select (select count(*) from owed) + 0 * (select count(*) from woken)
        """,
        *args,
        tx.now,
        WAKE,
        FINAL,
        REVISION,
    )


def _receipts(rows: Sequence[Row]) -> list[Receipt]:
    return [Receipt(**dict(row)) for row in rows]
