"""The SQL of storage."""

from collections.abc import Sequence
from datetime import date, datetime

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import BlobId
from marula.domain.storage.references import Reference
from marula.domain.storage.types import Blob, Day, Purpose, State, Total

_BLOB = "id, key, size, content_type, purpose, remote"

_WORTH = "$2::timestamptz - interval '1 day' * (ln(greatest(size, 65536)::float8 / 65536) / ln(2))"
"""What a copy is worth that is seen now: a day less each time that it is twice as large as 64 KB."""


LEAST_WORTH = """
    select id, size from blobs
    where remote and state = 1 and loose_at is null and worth <= $1 and seen_at <= $2
      and purpose = any($3::smallint[])
    order by worth limit $4 for update skip locked
"""


async def arrive(tx: Tx, digest: bytes, blob: Blob) -> tuple[Blob, State]:
    """Write the row of a blob that is to come, or find the one with the same content; it is held for a while."""
    row = await tx.one(
        f"""
        with arrived as (
            insert into blobs (id, digest, key, size, content_type, purpose, remote, state, created_at, loose_at)
            values (marula_id($7), $1, $2, $3, $4, $5, $6, 0, $7, $7)
            on conflict (digest, purpose, remote) where state < 2 do update set loose_at = excluded.loose_at
            returning {_BLOB}, state, xmax = 0 as added
        ), counted as (
            insert into storage_totals (purpose, remote, files, bytes)
            select purpose, remote, 1, size from arrived where added
            on conflict (purpose, remote) do update set files = storage_totals.files + 1,
                bytes = storage_totals.bytes + excluded.bytes
        )
        select {_BLOB}, state from arrived
        """,
        digest,
        blob.key,
        blob.size,
        blob.content_type,
        blob.purpose,
        blob.remote,
        tx.now,
    )
    assert row is not None
    return _blob(row), State(row["state"])


async def keep(tx: Tx, ids: Sequence[BlobId]) -> int:
    """Note that blobs are there and referred to. Gives how many of them are."""
    return await tx.run(
        f"""
        update blobs set state = 1, loose_at = null, seen_at = $2, worth = {_WORTH}
        where id = any($1::bigint[]) and state < 2
        """,
        ids,
        tx.now,
    )


async def let_go(tx: Tx, before: datetime, references: Sequence[Reference], batch: int) -> int:
    """Look at blobs that were loose since before this moment: those that nothing refers to leave. Gives how many."""
    used = " or ".join(f"exists (select from {one.table} where {one.column} = b.id)" for one in references) or "false"
    return await tx.run(
        f"""
        with loose as (
            select b.id, {used} as used from blobs b
            where b.loose_at < $1 and b.state < 2 order by b.loose_at limit $2 for update skip locked
        )
        update blobs set loose_at = case when not used then loose_at end,
                         state = case when used then blobs.state else 2 end
        from loose where blobs.id = loose.id
        """,
        before,
        batch,
    )


async def leaving(db: Connection, batch: int) -> list[Blob]:
    """Blobs whose bytes are to be removed."""
    rows = await db.all(f"select {_BLOB} from blobs where state = 2 order by id limit $1", batch)
    return [_blob(row) for row in rows]


async def forget(tx: Tx, ids: Sequence[BlobId]) -> None:
    """Remove the rows of blobs whose bytes are gone."""
    await tx.run(
        """
        with gone as (
            delete from blobs where id = any($1::bigint[]) and state = 2 returning purpose, remote, size
        )
        update storage_totals t set files = t.files - g.files, bytes = t.bytes - g.bytes
        from (select purpose, remote, count(*) as files, sum(size)::bigint as bytes from gone group by 1, 2) g
        where t.purpose = g.purpose and t.remote = g.remote
        """,
        ids,
    )


async def by_key(db: Connection, key: str) -> Blob | None:
    """The blob with this key, when its bytes are there and may be served."""
    row = await db.one(f"select {_BLOB} from blobs where key = $1 and state = 1 and purpose <> $2", key, Purpose.UPLOAD)
    return None if row is None else _blob(row)


async def totals(db: Connection) -> list[Total]:
    """How much is kept, by purpose and origin."""
    rows = await db.all("select purpose, remote, files, bytes from storage_totals order by purpose, remote")
    return [Total(Purpose(row["purpose"]), row["remote"], row["files"], row["bytes"]) for row in rows]


async def total(db: Connection, *, remote: bool) -> int:
    """The bytes of all that is ours, or of all copies of others'."""
    return await db.value("select coalesce(sum(bytes), 0)::bigint from storage_totals where remote = $1", remote)


async def mark_seen(tx: Tx, keys: Sequence[str]) -> None:
    """Note that copies were looked at, at most once a day."""
    await tx.run(
        f"""
        update blobs set seen_at = $2::timestamptz, worth = greatest(worth, {_WORTH})
        where key = any($1::text[]) and remote and (seen_at is null or seen_at < $2::timestamptz - interval '1 day')
        """,
        keys,
        tx.now,
    )


async def hold_ceiling(tx: Tx) -> None:
    """Let nobody else bring copies before this transaction ends."""
    await tx.run("select pg_advisory_xact_lock(hashtextextended('storage ceiling', 0))")


async def known(db: Connection, digest: bytes, purpose: Purpose, *, remote: bool) -> bool:
    """Whether the same content is there already, for the same purpose."""
    return await db.value(
        "select exists (select from blobs where digest = $1 and purpose = $2 and remote = $3 and state < 2)",
        digest,
        purpose,
        remote,
    )


async def least_worth(
    tx: Tx, before: datetime, unseen_since: datetime, purposes: Sequence[Purpose], batch: int
) -> list[tuple[BlobId, int]]:
    """Copies that are worth least, with their sizes: those worth no more than `before` and not seen since then."""
    rows = await tx.all(
        LEAST_WORTH,
        before,
        unseen_since,
        purposes,
        batch,
    )
    return [(row["id"], row["size"]) for row in rows]


async def spare(tx: Tx, ids: Sequence[BlobId]) -> int:
    """Look no more today at those of these that something still refers to. Gives the bytes of the others."""
    return await tx.value(
        """
        with spared as (
            update blobs set worth = $2::timestamptz + interval '1 day'
            where id = any($1::bigint[]) and loose_at is null returning id
        )
        select coalesce(sum(size), 0)::bigint from blobs
        where id = any($1::bigint[]) and id not in (select id from spared)
        """,
        ids,
        tx.now,
    )


async def keys_known(db: Connection, keys: Sequence[str]) -> set[str]:
    """Those of these keys that have a row."""
    return {row["key"] for row in await db.all("select key from blobs where key = any($1::text[])", keys)}


async def after(db: Connection, last: BlobId, batch: int) -> list[Blob]:
    """Blobs whose bytes must be there, in the order of their ids."""
    rows = await db.all(f"select {_BLOB} from blobs where id > $1 and state = 1 order by id limit $2", last, batch)
    return [_blob(row) for row in rows]


async def note_day(tx: Tx, day: Day) -> None:
    """Write how much is kept on a day."""
    await tx.run(
        """
        insert into storage_days (day, local, remote, total, free) values ($1, $2, $3, $4, $5)
        on conflict (day) do update set local = excluded.local, remote = excluded.remote, total = excluded.total,
            free = excluded.free
        """,
        day.day,
        day.local,
        day.remote,
        day.total,
        day.free,
    )


async def days(db: Connection, since: date) -> list[Day]:
    """How much was kept on each day since then, the first first."""
    rows = await db.all("select day, local, remote, total, free from storage_days where day >= $1 order by day", since)
    return [Day(**dict(row)) for row in rows]


def _blob(row: Row) -> Blob:
    return Blob(row["id"], row["key"], row["size"], row["content_type"], Purpose(row["purpose"]), row["remote"])
