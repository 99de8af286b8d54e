"""The SQL of other servers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from marula.base.db import Connection, Tx
from marula.domain.servers.types import FRESH, PROBED_EVERY, Health

_FIELDS = ", ".join(Health.__struct_fields__)

_DAYS = "(known.failing_days + (known.failing_on is distinct from excluded.failing_on)::int)"
"""The days with failures, today among them."""

_REVIVED = "failing_days = 0, failing_on = null, unavailable_since = null, next_probe_at = null"


async def one(db: Connection, host: str) -> Health | None:
    """How a server does."""
    row = await db.one(f"select {_FIELDS} from servers where host = $1", host)
    return None if row is None else Health(**dict(row))


async def unavailable(db: Connection, most: int) -> list[Health]:
    """The servers that are unavailable, the latest first."""
    rows = await db.all(
        f"""
        select {_FIELDS} from servers where unavailable_since is not null order by unavailable_since desc limit $1
        """,
        most,
    )
    return [Health(**dict(row)) for row in rows]


async def heard(tx: Tx, hosts: Sequence[str]) -> list[str]:
    """Note that these servers, sorted, were heard of; gives those that were unavailable."""
    return await _met(tx, hosts, "last_heard_at", "first_heard_at = coalesce(known.first_heard_at, $2),")


async def reached(tx: Tx, hosts: Sequence[str]) -> list[str]:
    """Note that these servers, sorted, were reached; gives those that were unavailable."""
    return await _met(tx, hosts, "last_reached_at")


async def _met(tx: Tx, hosts: Sequence[str], when: str, more: str = "") -> list[str]:
    """Note it where it is news. Rows of servers that are well are not even locked: everybody comes by here."""
    rows = await tx.all(
        f"""
        with news as materialized (
            select host, unavailable_since from unnest($1::text[]) as given (host) left join servers using (host)
            where {when} is null or {when} <= $2::timestamptz - $3::interval or failing_days > 0
        ),
        noted as (
            insert into servers as known (host, {"first_heard_at, " if more else ""}{when})
            select host, {"$2, " if more else ""}$2 from news order by host
            on conflict (host) do update set {more} {when} = $2, {_REVIVED}
        )
        select host from news where unavailable_since is not null
        """,
        hosts,
        tx.now,
        FRESH,
    )
    return [row["host"] for row in rows]


async def failed(tx: Tx, reasons: Mapping[str, str], days: int) -> dict[str, datetime]:
    """Note that these servers, sorted, failed, and why; gives those that are unavailable, and since when."""
    rows = await tx.all(
        f"""
        insert into servers as known (host, last_failed_at, last_error, failing_days, failing_on)
        select host, $3::timestamptz, why, 1, ($3 at time zone 'utc')::date
        from unnest($1::text[], $2::text[]) as given (host, why)
        on conflict (host) do update set
            last_failed_at = $3, last_error = excluded.last_error, failing_on = excluded.failing_on,
            failing_days = least({_DAYS}, 999),
            unavailable_since = coalesce(known.unavailable_since, case when {_DAYS} >= $4 then $3 end),
            next_probe_at = coalesce(known.next_probe_at, case when {_DAYS} >= $4 then $3 + $5::interval end)
        returning host, unavailable_since
        """,
        list(reasons),
        list(reasons.values()),
        tx.now,
        days,
        PROBED_EVERY,
    )
    return {row["host"]: row["unavailable_since"] for row in rows if row["unavailable_since"] is not None}


async def shunned(tx: Tx, hosts: Sequence[str]) -> dict[str, datetime]:
    """Those of these servers to which nothing is sent, and since when; not those that are due for a probe."""
    rows = await tx.all(
        """
        with probed as (
            update servers set next_probe_at = $2::timestamptz + $3::interval
            where host = any($1::text[]) and unavailable_since is not null and next_probe_at <= $2 returning host
        )
        select host, unavailable_since from servers
        where host = any($1::text[]) and unavailable_since is not null and host not in (select host from probed)
        """,
        hosts,
        tx.now,
        PROBED_EVERY,
    )
    return {row["host"]: row["unavailable_since"] for row in rows}


async def revive(tx: Tx, host: str) -> bool:
    """Take a server for well; says whether it was not."""
    return bool(
        await tx.run(
            f"update servers set {_REVIVED} where host = $1 and (failing_days > 0 or unavailable_since is not null)",
            host,
        )
    )


async def form_of(db: Connection, host: str) -> str | None:
    """The form of signatures that a server is known to take."""
    return await db.value("select form from servers where host = $1", host)


async def forms_of(db: Connection, hosts: Sequence[str]) -> dict[str, str]:
    """The forms of signatures that these servers are known to take."""
    rows = await db.all("select host, form from servers where host = any($1::text[]) and form is not null", hosts)
    return {row["host"]: row["form"] for row in rows}


async def put_form(tx: Tx, host: str, form: str) -> None:
    """Keep the form of signatures that a server takes."""
    await tx.run(
        "insert into servers (host, form) values ($1, $2) on conflict (host) do update set form = excluded.form",
        host,
        form,
    )
