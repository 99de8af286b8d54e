"""The SQL of deeds, and of what was taken back before it came."""

from datetime import datetime

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId
from marula.domain.intake.types import Deed, DeedKind

_FIELDS = ", ".join(Deed.__struct_fields__)


async def put(tx: Tx, deed: Deed) -> None:
    """Write a deed; an id that somebody else used stays theirs."""
    await tx.run(
        """
        insert into deeds (uri, account_id, kind, object_uri, created_at) values ($1, $2, $3, $4, $5)
        on conflict (uri) do update
        set kind = excluded.kind, object_uri = excluded.object_uri, created_at = excluded.created_at, ended_at = null
        where deeds.account_id = excluded.account_id
        """,
        deed.uri,
        deed.account_id,
        deed.kind,
        deed.object_uri,
        tx.now,
    )


async def by_uri(db: Connection, uri: str) -> Deed | None:
    """The deed with this id, also one that was taken back not long ago."""
    return _deed(await db.one(f"select {_FIELDS} from deeds where uri = $1", uri))


async def latest(db: Connection, who: AccountId, kind: DeedKind, object_uri: str) -> Deed | None:
    """The last deed of this kind that somebody did to this object, and that still holds."""
    return _deed(
        await db.one(
            f"""
            select {_FIELDS} from deeds where account_id = $1 and kind = $2 and object_uri = $3 and ended_at is null
            order by created_at desc, uri limit 1
            """,
            who,
            kind,
            object_uri,
        )
    )


async def end(tx: Tx, who: AccountId, uri: str) -> None:
    """Note that the deed with this id, when it is theirs, holds no longer."""
    await tx.run(
        "update deeds set ended_at = $3 where uri = $1 and account_id = $2 and ended_at is null", uri, who, tx.now
    )


async def end_all(tx: Tx, who: AccountId, kind: DeedKind, object_uri: str) -> None:
    """Note that the deeds of this kind that somebody did to this object hold no longer."""
    await tx.run(
        """
        update deeds set ended_at = $4
        where account_id = $1 and kind = $2 and object_uri = $3 and ended_at is null
        """,
        who,
        kind,
        object_uri,
        tx.now,
    )


async def remember(tx: Tx, digest: bytes) -> None:
    """Note that something was taken back."""
    await tx.run(
        """
        insert into taken_back (digest, taken_back_at) values ($1, $2)
        on conflict (digest) do update set taken_back_at = excluded.taken_back_at
        """,
        digest,
        tx.now,
    )


async def taken_back(db: Connection, digest: bytes, since: datetime) -> bool:
    """Whether it was taken back, later than this moment."""
    return await db.value(
        "select exists (select from taken_back where digest = $1 and taken_back_at > $2)", digest, since
    )


async def forget(tx: Tx, before: datetime, batch: int) -> int:
    """Remove a batch of what was taken back before this moment, whether it came or not. Gives the number."""
    return await tx.value(
        """
        with never as (
            delete from taken_back where digest in (
                select digest from taken_back where taken_back_at < $1 order by taken_back_at limit $2)
            returning 1
        ),
        ended as (
            delete from deeds where uri in (select uri from deeds where ended_at < $1 order by ended_at limit $2)
            returning 1
        )
        select greatest((select count(*) from never), (select count(*) from ended))
        """,
        before,
        batch,
    )


def _deed(row: Row | None) -> Deed | None:
    return None if row is None else Deed(**dict(row))
