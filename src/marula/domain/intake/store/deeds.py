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
        set kind = excluded.kind, object_uri = excluded.object_uri, created_at = excluded.created_at
        where deeds.account_id = excluded.account_id
        """,
        deed.uri,
        deed.account_id,
        deed.kind,
        deed.object_uri,
        tx.now,
    )


async def by_uri(db: Connection, uri: str) -> Deed | None:
    """The deed with this id."""
    return _deed(await db.one(f"select {_FIELDS} from deeds where uri = $1", uri))


async def latest(db: Connection, who: AccountId, kind: DeedKind, object_uri: str) -> Deed | None:
    """The last deed of this kind that somebody did to this object."""
    return _deed(
        await db.one(
            f"""
            select {_FIELDS} from deeds where account_id = $1 and kind = $2 and object_uri = $3
            order by created_at desc, uri limit 1
            """,
            who,
            kind,
            object_uri,
        )
    )


async def remove_one(tx: Tx, who: AccountId, uri: str) -> None:
    """Forget the deed with this id, when it is theirs."""
    await tx.run("delete from deeds where uri = $1 and account_id = $2", uri, who)


async def remove(tx: Tx, who: AccountId, kind: DeedKind, object_uri: str) -> None:
    """Forget the deeds of this kind that somebody did to this object."""
    await tx.run("delete from deeds where account_id = $1 and kind = $2 and object_uri = $3", who, kind, object_uri)


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
    """Remove a batch of what is remembered from before this moment. Gives the number."""
    return await tx.run(
        """
        delete from taken_back where digest in (
            select digest from taken_back where taken_back_at < $1 order by taken_back_at limit $2)
        """,
        before,
        batch,
    )


def _deed(row: Row | None) -> Deed | None:
    return None if row is None else Deed(**dict(row))
