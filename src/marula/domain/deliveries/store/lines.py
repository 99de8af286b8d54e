"""The SQL of lines: who carries what to which server."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from marula.base.db import Connection, Tx
from marula.domain.deliveries.store.owing import WAKE
from marula.domain.deliveries.types import Carried, Line, Owed, ParcelId, Tried

LEASES = 0x6D617264
"""The class of the session advisory locks that mark a courier as alive."""

WINDOW = 2000
"""Due lines that are looked at to choose fairly among their servers."""


async def lease(tx: Tx, worker: int, lots: Mapping[bool, int], busy: Mapping[str, int], per_host: int) -> list[Line]:
    """Take lines that are due, of each lot so many: those that go well (False), those that failed before (True).

    `busy`: how many lines of these servers are carried already. Of each server no more than `per_host` in all.
    """
    full = [host for host, number in busy.items() if number >= per_host]
    rows = await tx.all(
        """
        with due as materialized (
            select found.host, found.sender from unnest($2::boolean[], $3::integer[]) as lots (failing, most)
            cross join lateral (
                select host, sender, due_at from (
                    select host, sender, due_at, row_number() over (partition by host order by due_at) as place from (
                        select host, sender, due_at from delivery_lines
                        where leased_by is null and (failures > 0) = lots.failing and due_at <= $4
                            and host <> all($5::text[])
                        order by due_at limit $6
                    ) as early
                ) as ranked
                left join unnest($7::text[], $8::integer[]) as busy (name, used) on name = host
                where place <= $9 - coalesce(used, 0)
                order by due_at limit lots.most
            ) as found
        ),
        locked as materialized (
            select line.host, line.sender from delivery_lines line join due using (host, sender)
            where leased_by is null for update of line skip locked
        )
        update delivery_lines line set leased_by = $1 from locked
        where line.host = locked.host and line.sender = locked.sender
        returning line.host, line.sender, failures, touched
        """,
        worker,
        list(lots),
        list(lots.values()),
        tx.now,
        full,
        WINDOW,
        list(busy),
        list(busy.values()),
        per_host,
    )
    return [Line(**dict(row)) for row in rows]


async def waiting(tx: Tx, lines: Sequence[Line], most: int) -> list[Owed]:
    """What may go out of these lines now, in order, so many of each.

    Not what stepped aside until later, and not what comes after that and is about the same.
    """
    rows = await tx.all(
        """
        select owed.* from unnest($1::text[], $2::bigint[]) as line (host, sender)
        cross join lateral (
            select d.id, d.parcel_id, p.subject, d.host, d.sender, d.inbox, d.attempts
            from deliveries d join parcels p on p.id = d.parcel_id
            where d.host = line.host and d.sender = line.sender and d.state = 'waiting'
                and (d.due_at is null or d.due_at <= $4)
                and not exists (
                    select from deliveries aside join parcels about on about.id = aside.parcel_id
                    where aside.host = line.host and aside.sender = line.sender and aside.state = 'waiting'
                        and aside.due_at > $4 and aside.id < d.id and aside.parcel_id <> d.parcel_id
                        and about.subject is not distinct from p.subject)
            order by d.id limit $3
        ) as owed
        """,
        [line.host for line in lines],
        [line.sender for line in lines],
        most,
        tx.now,
    )
    return [Owed(**dict(row)) for row in rows]


async def bodies(db: Connection, parcels: Sequence[ParcelId]) -> dict[ParcelId, bytes]:
    """What is in these parcels."""
    rows = await db.all("select id, body from parcels where id = any($1::bigint[])", parcels)
    return {row["id"]: row["body"] for row in rows}


async def lock(tx: Tx, worker: int, lines: Sequence[Line]) -> None:
    """Hold these lines until the transaction ends, in the order in which everybody takes them."""
    await tx.run(
        """
        select from delivery_lines where leased_by = $1
            and (host, sender) in (select * from unnest($2::text[], $3::bigint[]))
        order by sender, host for update
        """,
        worker,
        [line.host for line in lines],
        [line.sender for line in lines],
    )


async def settle(tx: Tx, tried: Sequence[Tried]) -> None:
    """Write how these tries ended."""
    await tx.run(
        """
        update deliveries set state = tried.state, status = tried.status, why = tried.why, tried_at = $6,
            due_at = tried.due_at, attempts = attempts + 1
        from unnest($1::bigint[], $2::text[], $3::smallint[], $4::text[], $5::timestamptz[])
            as tried (id, state, status, why, due_at)
        where deliveries.id = tried.id and deliveries.state = 'waiting'
        """,
        [one.delivery for one in tried],
        [one.state for one in tried],
        [one.status for one in tried],
        [one.why for one in tried],
        [one.due_at for one in tried],
        tx.now,
    )


async def release(tx: Tx, worker: int, carried: Sequence[Carried]) -> None:
    """Give locked lines back. Those that are empty, and that nothing has joined since they were leased, are gone.

    What joined a line meanwhile is due at once, unless its server fails. A line with nothing but what stepped aside is
    due with the first of that.
    """
    empty = [one.line for one in carried if one.again_at is None]
    await tx.run(
        """
        delete from delivery_lines line
        using unnest($2::text[], $3::bigint[], $4::integer[]) as empty (host, sender, touched)
        where line.host = empty.host and line.sender = empty.sender and line.touched = empty.touched and leased_by = $1
            and not exists (
                select from deliveries aside where aside.host = line.host and aside.sender = line.sender
                    and aside.state = 'waiting' and aside.due_at is not null)
        """,
        worker,
        [line.host for line in empty],
        [line.sender for line in empty],
        [line.touched for line in empty],
    )
    await tx.run(
        """
        update delivery_lines line set leased_by = null, failures = given.failures,
            due_at = case
                when given.failures = 0 and line.touched <> given.touched then $7
                when given.due_at is not null then given.due_at
                else coalesce((
                    select min(aside.due_at) from deliveries aside where aside.host = line.host
                        and aside.sender = line.sender and aside.state = 'waiting' and aside.due_at is not null), $7)
            end
        from unnest($2::text[], $3::bigint[], $4::timestamptz[], $5::smallint[], $6::integer[])
            as given (host, sender, due_at, failures, touched)
        where line.host = given.host and line.sender = given.sender and leased_by = $1
        """,
        worker,
        [one.line.host for one in carried],
        [one.line.sender for one in carried],
        [one.again_at for one in carried],
        [min(one.line.failures + 1, 999) if one.why else 0 for one in carried],
        [one.line.touched for one in carried],
        tx.now,
    )


async def outdated(tx: Tx, lines: Sequence[Line], age: timedelta, why: str) -> None:
    """Give up what has waited in these lines for too long."""
    await tx.run(
        """
        update deliveries set state = 'given_up', why = $4
        from unnest($1::text[], $2::bigint[]) as line (host, sender)
        where deliveries.host = line.host and deliveries.sender = line.sender and state = 'waiting'
            and owed_at <= $3
        """,
        [line.host for line in lines],
        [line.sender for line in lines],
        tx.now - age,
        why,
    )


async def give_back(tx: Tx, worker: int) -> None:
    """Return all lines of a courier that stops."""
    await tx.run("update delivery_lines set leased_by = null where leased_by = $1", worker)


async def reclaim(tx: Tx) -> int:
    """Return the lines of couriers that died: those whose session lock nobody holds. Gives their number."""
    return await tx.run(
        """
        update delivery_lines set leased_by = null where leased_by is not null and leased_by not in (
            select objid::bigint::integer from pg_locks where locktype = 'advisory' and classid = $1::integer::oid)
        """,
        LEASES,
    )


async def next_due(db: Connection, but: Sequence[str]) -> datetime | None:
    """When the next line that nobody carries is due, of all servers but these."""
    return await db.value(
        """
        select min(first.due_at) from unnest(array[false, true]) as lots (failing) cross join lateral (
            select due_at from delivery_lines
            where leased_by is null and (failures > 0) = lots.failing and host <> all($1::text[])
            order by due_at limit 1
        ) as first
        """,
        but,
    )


async def hurry(tx: Tx, hosts: Sequence[str]) -> None:
    """Let all lines of these servers be due now. Those that somebody else holds at this moment are left as they are."""
    await tx.run(
        """
        with resting as materialized (
            select host, sender from delivery_lines
            where host = any($1::text[]) and leased_by is null and due_at > $2 for update skip locked
        ),
        hurried as (
            update delivery_lines line set due_at = $2 from resting
            where line.host = resting.host and line.sender = resting.sender returning line.host
        )
        select pg_notify($3, '') from hurried limit 1
        """,
        hosts,
        tx.now,
        WAKE,
    )
