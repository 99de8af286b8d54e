"""The SQL of the job queue. `later()` is what the rest of the program calls."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec

from marula.base.db import Connection, Row, Tx
from marula.base.jobs.registry import IN_TURN, Job, job_of

C = TypeVar("C")
P = ParamSpec("P")
T = TypeVar("T")

WAKE = "marula_jobs"
"""The NOTIFY channel on which sleeping workers hear of new rows."""

LEASES = 0x6D617275
"""The class of the session advisory locks that mark a worker as alive."""

LEADS = 0x6D617276
"""The class of the session advisory locks that say which worker runs a lane whose jobs run in turn."""


LOSSES = 5
"""Workers that may die with a row in hand. Then the row is dead: it may be what they died of."""


class Enqueued(msgspec.Struct, frozen=True):
    """A row to write."""

    job: Job
    arguments: str
    run_at: datetime
    once: str | None = None


async def later(tx: Tx, run: Callable[Concatenate[C, P], Awaitable[None]], *args: P.args, **kwargs: P.kwargs) -> None:
    """Run the job as soon as this transaction has committed. Arguments are checked by the type checker."""
    await insert(tx, [Enqueued(job_of(run), _encode(args, kwargs), tx.now)])


async def later_at(
    tx: Tx, moment: datetime, run: Callable[Concatenate[C, P], Awaitable[None]], *args: P.args, **kwargs: P.kwargs
) -> None:
    """Run the job at `moment` or soon after."""
    await insert(tx, [Enqueued(job_of(run), _encode(args, kwargs), moment)])


async def later_once(
    tx: Tx,
    moment: datetime,
    once: str,
    run: Callable[Concatenate[C, P], Awaitable[None]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    """Run the job at `moment`, unless one with the same `once` waits already: many causes, one run."""
    await insert(tx, [Enqueued(job_of(run), _encode(args, kwargs), moment, once)])


async def later_each(tx: Tx, run: Callable[[C, T], Awaitable[None]], each: Iterable[T]) -> None:
    """Run the job once with each of these arguments, as soon as this transaction has committed.

    Costs: one statement, whatever the number.
    """
    await insert(tx, [Enqueued(job_of(run), _encode([one], {}), tx.now) for one in each])


async def insert(tx: Tx, rows: Sequence[Enqueued]) -> None:
    """Write job rows and wake the workers when this transaction commits. A waiting row with the same `once` is kept."""
    if not rows:
        return
    await tx.run(
        """
        with added as (
            insert into jobs (lane, name, arguments, priority, run_at, once)
            select * from unnest($1::text[], $2::text[], $3::jsonb[], $4::smallint[], $5::timestamptz[], $6::text[])
            on conflict (once) where dead_at is null and leased_by is null do nothing
        )
        select pg_notify($7, '')
        """,
        [row.job.lane for row in rows],
        [row.job.name for row in rows],
        [row.arguments for row in rows],
        [row.job.priority for row in rows],
        [row.run_at for row in rows],
        [row.once for row in rows],
        WAKE,
    )


async def lease(tx: Tx, worker: int, free: dict[str, int]) -> list[Row]:
    """Take due rows for this worker, at most `free[lane]` of each lane: id, lane, name, arguments, attempts.

    Of lanes whose jobs run in turn, those enqueued first; whoever calls this runs the lane alone.
    The rows are chosen once, in a materialised step: as a plain subquery some plans would choose again and take more.
    """
    apart = {lane: most for lane, most in free.items() if lane not in IN_TURN}
    in_turn = {lane: most for lane, most in free.items() if lane in IN_TURN}
    return await tx.all(
        """
        with due as materialized (
            select found.id from unnest($2::text[], $3::integer[]) as lanes (lane, free)
            cross join lateral (
                select id from jobs
                where dead_at is null and leased_by is null and lane = lanes.lane and run_at <= $4
                order by priority, run_at, id limit lanes.free for update skip locked
            ) as found
            union all
            select found.id from unnest($5::text[], $6::integer[]) as lanes (lane, free)
            cross join lateral (
                select id from jobs
                where dead_at is null and leased_by is null and lane in ('fan_out', 'notify')
                  and lane = lanes.lane and run_at <= $4
                order by id limit lanes.free for update skip locked
            ) as found
        )
        update jobs set leased_by = $1, attempts = attempts + 1 from due where jobs.id = due.id
        returning jobs.id, lane, name, arguments, attempts
        """,
        worker,
        list(apart),
        list(apart.values()),
        tx.now,
        list(in_turn),
        list(in_turn.values()),
    )


async def finish(tx: Tx, ids: Sequence[int]) -> None:
    """Forget rows whose work is done."""
    await tx.run("delete from jobs where id = any($1::bigint[])", ids)


async def retry_at(tx: Tx, identifier: int, moment: datetime, error: str) -> None:
    """Give a row back, to be tried again at `moment`."""
    await tx.run(
        "update jobs set leased_by = null, run_at = $2, last_error = $3, once = null where id = $1",
        identifier,
        moment,
        error,
    )


async def bury(tx: Tx, identifier: int, error: str) -> None:
    """Keep a row as dead, with the reason."""
    await tx.run(
        "update jobs set leased_by = null, dead_at = $2, last_error = $3 where id = $1", identifier, tx.now, error
    )


async def give_back(tx: Tx, ids: Sequence[int]) -> None:
    """Return leased rows untried: the worker stops."""
    await tx.run(
        "update jobs set leased_by = null, attempts = attempts - 1, once = null where id = any($1::bigint[])", ids
    )


async def reclaim(tx: Tx) -> int:
    """Return the rows of workers that died: those whose session lock nobody holds. Gives their number.

    A row that LOSSES workers died with is dead.
    """
    return await tx.run(
        """
        update jobs set leased_by = null, once = null, losses = losses + 1,
               dead_at = case when losses + 1 >= $2 then $3::timestamptz end,
               last_error = case when losses + 1 >= $2
                   then format('the process died while it ran this job, for the %sth time', losses + 1)
                   else last_error end
        where leased_by is not null and leased_by not in (
            select objid::bigint::integer from pg_locks where locktype = 'advisory' and classid = $1::integer::oid
        )
        """,
        LEASES,
        LOSSES,
        tx.now,
    )


async def next_due(db: Connection, lanes: Sequence[str]) -> datetime | None:
    """When the next waiting row of these lanes wants to run."""
    return await db.value(
        "select min(run_at) from jobs where dead_at is null and leased_by is null and lane = any($1::text[])", lanes
    )


async def tick(tx: Tx, periods: dict[str, timedelta]) -> list[str]:
    """Which timers are due, each set to its next moment. One worker of all gets each name."""
    names, spans = list(periods), list(periods.values())
    await tx.run(
        """
        insert into timers (name, due_at) select name, $3 from unnest($1::text[], $2::interval[]) as t (name, span)
        on conflict (name) do nothing
        """,
        names,
        spans,
        tx.now,
    )
    rows = await tx.all(
        """
        update timers set due_at = $3 + t.span from unnest($1::text[], $2::interval[]) as t (name, span)
        where timers.name = t.name and timers.due_at <= $3
        returning timers.name
        """,
        names,
        spans,
        tx.now,
    )
    return [row["name"] for row in rows]


async def listed(db: Connection, *, dead: bool, limit: int) -> list[Row]:
    """Rows for the operator: the dead, newest first, or those alive, next first."""
    where, order = ("dead_at is not null", "dead_at desc") if dead else ("dead_at is null", "run_at")
    return await db.all(
        f"select id, lane, name, arguments, attempts, run_at, leased_by, dead_at, last_error, created_at "
        f"from jobs where {where} order by {order} limit $1",
        limit,
    )


async def revive(tx: Tx, ids: Sequence[int] | None) -> int:
    """Try dead rows again, from their first attempt: these, or all. Gives their number."""
    return await tx.run(
        """
        with revived as (
            update jobs set dead_at = null, attempts = 0, losses = 0, run_at = $2, once = null
            where dead_at is not null and ($1::bigint[] is null or id = any($1)) returning id
        ), woken as (select pg_notify($3, '') from revived limit 1)
        select id from revived left join woken on true
        """,
        ids,
        tx.now,
        WAKE,
    )


async def discard(tx: Tx, ids: Sequence[int] | None) -> int:
    """Delete dead rows: these, or all. Gives their number."""
    return await tx.run("delete from jobs where dead_at is not null and ($1::bigint[] is null or id = any($1))", ids)


async def counts(db: Connection) -> list[Row]:
    """For each lane: waiting, running, dead, and the age in seconds of the oldest due row."""
    return await db.all(
        """
        select lane,
               count(*) filter (where dead_at is null and leased_by is null) as waiting,
               count(*) filter (where leased_by is not null) as running,
               count(*) filter (where dead_at is not null) as dead,
               coalesce(extract(epoch from clock_timestamp() - min(run_at) filter (where dead_at is null)), 0)::float8
                   as oldest
        from jobs group by lane
        """
    )


def _encode(args: Sequence[Any], kwargs: dict[str, Any]) -> str:
    if kwargs:
        raise TypeError("the arguments of a job are stored by position")
    return msgspec.json.encode(args).decode()
