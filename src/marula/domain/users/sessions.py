"""Where people are signed in with a browser. A session is a random token; only its digest is kept."""

from collections.abc import Sequence

from marula.base.crypto.tokens import digest, new_token
from marula.base.db import Connection, Tx
from marula.base.events import record
from marula.base.kernel.clock import Clock
from marula.base.kernel.ids import SessionId, UserId
from marula.domain.users import rules
from marula.domain.users.events import SessionsEnded
from marula.domain.users.store import people, sessions
from marula.domain.users.types import SESSION_LIFETIME, Session, User

USER_AGENT_KEPT = 300


async def open_session(tx: Tx, user: UserId, *, user_agent: str = "", ip: str | None = None) -> str:
    """Sign somebody in; gives the token for the browser's cookie. Of more than ten sessions the least used ends.

    Records: SessionsEnded, when one ends.
    """
    token = new_token()
    await sessions.insert(tx, user, digest(token), user_agent=user_agent[:USER_AGENT_KEPT], ip=ip)
    await _ended(tx, await sessions.keep_newest(tx, user, rules.MAX_SESSIONS))
    return token


async def find_session(db: Connection, clock: Clock, token: str) -> tuple[Session, User] | None:
    """Who is signed in with this token; None when nobody is, or since more than a year. Costs: two statements."""
    found = await sessions.by_digest(db, digest(token))
    if found is None or found.created_at + SESSION_LIFETIME <= clock.now():
        return None
    user = await people.by_id(db, found.user_id)
    return None if user is None else (found, user)


async def hold_session(tx: Tx, session: SessionId) -> bool:
    """Whether a session goes on; it does so until the transaction ends, so that what is given to it ends with it."""
    return await sessions.hold(tx, session)


async def touch_session(tx: Tx, session: Session) -> None:
    """Note that a session was used; written at most once a day. A relaxed transaction is enough."""
    await sessions.touch(tx, session.id)


async def close_session(tx: Tx, user: UserId, session: SessionId) -> None:
    """End one of somebody's sessions. Records: SessionsEnded, when it was there."""
    await _ended(tx, await sessions.delete(tx, user, session))


async def close_sessions(tx: Tx, user: UserId, *, keep: SessionId | None = None) -> None:
    """End all sessions of somebody, but for the one they are in. Records: SessionsEnded, when there are any."""
    await _ended(tx, await sessions.delete_others(tx, user, keep))


async def end_expired(tx: Tx) -> None:
    """End the sessions whose time is over. Records: SessionsEnded, when there are any."""
    await _ended(tx, await sessions.delete_expired(tx))


async def list_sessions(db: Connection, user: UserId) -> list[Session]:
    """Where somebody is signed in, the last used first."""
    return await sessions.of_user(db, user)


async def _ended(tx: Tx, ended: Sequence[SessionId]) -> None:
    if ended:
        await record(tx, SessionsEnded(session_ids=tuple(ended)))
