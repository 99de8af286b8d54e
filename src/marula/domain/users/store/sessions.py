"""The SQL of browser sessions."""

from collections.abc import Sequence

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import SessionId, UserId
from marula.domain.users.types import SESSION_LIFETIME, Session

_COLUMNS = "id, user_id, user_agent, host(ip) as ip, created_at, last_used_at"


def _session(row: Row) -> Session:
    return Session(**dict(row))


async def insert(tx: Tx, user: UserId, digest: bytes, *, user_agent: str, ip: str | None) -> None:
    """Write a session."""
    await tx.run(
        """
        insert into sessions (id, user_id, digest, user_agent, ip, created_at, last_used_at)
        values (marula_id($5), $1, $2, $3, $4, $5, $5)
        """,
        user,
        digest,
        user_agent,
        ip,
        tx.now,
    )


async def keep_newest(tx: Tx, user: UserId, most: int) -> list[SessionId]:
    """Remove the sessions that were unused for longest, so that at most so many are left; gives those removed."""
    rows = await tx.all(
        """
        delete from sessions where id in (
            select id from sessions where user_id = $1 order by last_used_at desc, id desc offset $2
        ) returning id
        """,
        user,
        most,
    )
    return _ids(rows)


async def by_digest(db: Connection, digest: bytes) -> Session | None:
    """A session, also one whose time is over."""
    row = await db.one(f"select {_COLUMNS} from sessions where digest = $1", digest)
    return None if row is None else _session(row)


async def hold(tx: Tx, session: SessionId) -> bool:
    """Whether a session is there; it stays there until the transaction ends."""
    return await tx.value("select true from sessions where id = $1 for share", session) is not None


async def of_user(db: Connection, user: UserId) -> list[Session]:
    """Where somebody is signed in, the last used first."""
    rows = await db.all(f"select {_COLUMNS} from sessions where user_id = $1 order by last_used_at desc, id desc", user)
    return [_session(row) for row in rows]


async def touch(tx: Tx, session: SessionId) -> None:
    """A session was used, unless that was noted within the day."""
    await tx.run(
        "update sessions set last_used_at = $2 where id = $1 and last_used_at < $2::timestamptz - interval '1 day'",
        session,
        tx.now,
    )


async def delete(tx: Tx, user: UserId, session: SessionId) -> list[SessionId]:
    """Remove one of somebody's sessions; gives it when it was there."""
    return _ids(await tx.all("delete from sessions where user_id = $1 and id = $2 returning id", user, session))


async def delete_others(tx: Tx, user: UserId, keep: SessionId | None) -> list[SessionId]:
    """Remove all of somebody's sessions, but for one; gives those removed."""
    rows = await tx.all("delete from sessions where user_id = $1 and id is distinct from $2 returning id", user, keep)
    return _ids(rows)


async def delete_expired(tx: Tx) -> list[SessionId]:
    """Remove the sessions whose time is over; gives them."""
    return _ids(await tx.all("delete from sessions where created_at < $1 returning id", tx.now - SESSION_LIFETIME))


def _ids(rows: Sequence[Row]) -> list[SessionId]:
    return [row["id"] for row in rows]
