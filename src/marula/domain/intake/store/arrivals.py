"""The SQL of what arrives, and of the lines it waits in."""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.domain.intake.types import LOSSES, REPEATED, Arrival, ArrivalId, Concluded, Line, Waiting

WAKE = "marula_intake"
"""The NOTIFY channel on which sleeping workers hear of new arrivals."""

LEASES = 0x6D617269
"""The class of the session advisory locks that mark a worker as alive."""


async def keep(tx: Tx, given: Sequence[Arrival]) -> None:
    """Write arrivals, put them into the lines of their signers, and wake the workers when this commits.

    What is kept already is not kept twice; what may be meant anew waits again. The lines are written in the order of
    their signers: whoever writes several does, for they would wait for each other otherwise.
    """
    await tx.run(
        """
        with kept as (
            insert into arrivals (digest, uri, kind, actor, signer, host, inbox_of, body, arrived_at, state, due_at)
            select *, $9::timestamptz, 'waiting', $9 from unnest(
                $1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bytea[])
            on conflict (digest) do update
            set state = 'waiting', body = excluded.body, arrived_at = $9, due_at = $9, attempts = 0, why = null,
                concluded_at = null
            where arrivals.state <> 'waiting' and arrivals.kind = any($10::text[])
            returning signer
        ),
        lined as (
            insert into arrival_lines as line (signer, due_at)
            select signer, $9::timestamptz from (select distinct signer from kept) as waiting order by signer
            on conflict (signer) do update set due_at = least(line.due_at, excluded.due_at)
            returning signer
        )
        select pg_notify($11, '') from lined limit 1
        """,
        [one.digest for one in given],
        [one.uri for one in given],
        [one.kind for one in given],
        [one.actor for one in given],
        [one.signer for one in given],
        [one.host for one in given],
        [one.inbox_of for one in given],
        [one.body for one in given],
        tx.now,
        list(REPEATED),
        WAKE,
    )


async def lease(tx: Tx, worker: int, most: int) -> list[Line]:
    """Take lines that are due, the one that has waited longest first."""
    rows = await tx.all(
        """
        with due as materialized (
            select signer from arrival_lines where leased_by is null and due_at <= $3
            order by due_at limit $2 for update skip locked
        )
        update arrival_lines line set leased_by = $1 from due where line.signer = due.signer
        returning line.signer, line.losses
        """,
        worker,
        most,
        tx.now,
    )
    return [Line(**dict(row)) for row in rows]


async def waiting(tx: Tx, lines: Sequence[Line], most: int) -> list[Waiting]:
    """What is due in these lines, in order, so many of each; of a line that a worker died with, one."""
    rows = await tx.all(
        """
        select found.* from unnest($1::text[], $2::integer[]) as line (signer, most)
        cross join lateral (
            select id, actor, signer, kind, inbox_of, body, attempts from arrivals a
            where a.signer = line.signer and state = 'waiting' and due_at <= $3 order by id limit line.most
        ) as found
        """,
        [line.signer for line in lines],
        [1 if line.losses else most for line in lines],
        tx.now,
    )
    return [Waiting(**dict(row)) for row in rows]


async def lock(tx: Tx, worker: int, signers: Sequence[str]) -> None:
    """Hold these lines until the transaction ends, in the order in which everybody takes them."""
    await tx.run(
        """
        select from arrival_lines where leased_by = $1 and signer = any($2::text[]) order by signer for update
        """,
        worker,
        signers,
    )


async def conclude(tx: Tx, done: Sequence[Concluded]) -> None:
    """Write how working on these ended. The bytes of what is done are kept no longer, those of the others are."""
    await tx.run(
        """
        update arrivals set state = given.state, why = given.why, attempts = attempts + given.failed,
            due_at = coalesce(given.again_at, due_at),
            concluded_at = case when given.state <> 'waiting' then $6::timestamptz end,
            body = case when given.state in ('accepted', 'ignored') then null else body end
        from unnest($1::bigint[], $2::text[], $3::text[], $4::timestamptz[], $5::smallint[])
            as given (id, state, why, again_at, failed)
        where arrivals.id = given.id and arrivals.state = 'waiting'
        """,
        [one.id for one in done],
        [one.state for one in done],
        [one.why for one in done],
        [one.again_at for one in done],
        [int(one.state in ("waiting", "dead")) for one in done],
        tx.now,
    )


async def release(tx: Tx, worker: int, signers: Sequence[str]) -> None:
    """Give locked lines back, due when their next arrival is, behind those that wait; empty ones are gone."""
    await tx.run(
        """
        with mine as materialized (
            select signer, (
                select min(due_at) from arrivals a where a.signer = line.signer and state = 'waiting') as due
            from arrival_lines line where leased_by = $1 and signer = any($2::text[])
        ),
        emptied as (
            delete from arrival_lines line using mine where line.signer = mine.signer and mine.due is null
        )
        update arrival_lines line set leased_by = null, losses = 0, due_at = greatest(mine.due, $3)
        from mine where line.signer = mine.signer and mine.due is not null
        """,
        worker,
        signers,
        tx.now,
    )


async def give_back(tx: Tx, worker: int) -> None:
    """Return all lines of a worker that stops."""
    await tx.run("update arrival_lines set leased_by = null where leased_by = $1", worker)


async def reclaim(tx: Tx) -> int:
    """Return the lines of workers that died: those whose session lock nobody holds. Gives their number.

    Of a line that LOSSES workers died with, the first arrival is dead.
    """
    rows = await tx.all(
        """
        with lost as (
            update arrival_lines set leased_by = null, losses = losses + 1
            where leased_by is not null and leased_by not in (
                select objid::bigint::integer from pg_locks where locktype = 'advisory' and classid = $1::integer::oid)
            returning signer, losses
        ),
        buried as (
            update arrivals set state = 'dead', concluded_at = $3,
                why = format('the process died while it worked on this, for the %sth time', lost.losses)
            from lost
            where lost.losses >= $2 and arrivals.id = (
                select min(a.id) from arrivals a where a.signer = lost.signer and state = 'waiting' and due_at <= $3)
        )
        select signer from lost
        """,
        LEASES,
        LOSSES,
        tx.now,
    )
    return len(rows)


async def revive(tx: Tx, ids: Sequence[ArrivalId] | None) -> int:
    """Try dead arrivals again, from their first attempt: these, or all. Gives their number."""
    rows = await tx.all(
        """
        with revived as (
            update arrivals set state = 'waiting', attempts = 0, due_at = $2, concluded_at = null
            where state = 'dead' and ($1::bigint[] is null or id = any($1)) returning id, signer
        ),
        lined as (
            insert into arrival_lines as line (signer, due_at)
            select signer, $2::timestamptz from (select distinct signer from revived) as waiting order by signer
            on conflict (signer) do update set due_at = least(line.due_at, excluded.due_at) returning signer
        ),
        woken as (select pg_notify($3, '') from lined limit 1)
        select id from revived left join woken on true
        """,
        ids,
        tx.now,
        WAKE,
    )
    return len(rows)
