"""The program of this server itself: the web app, which acts for those who are signed in with the browser.

Nobody is asked for consent, and its token is bound to the session: it is made of the session's own token, so that it
need not be kept anywhere as text, and ends with the session.
"""

from marula.base.crypto.tokens import derived, digest
from marula.base.db import Connection, Tx
from marula.base.kernel.errors import Forbidden
from marula.base.kernel.ids import SessionId, UserId
from marula.domain import users
from marula.domain.apps import store

NAME = "Web"
CLIENT_ID = "web"
SCOPES = ("read", "write", "follow", "push")


def web_token(secret: str, session_token: str) -> str:
    """The token with which the web app calls in this session."""
    return derived(secret, "web app", session_token)


async def knows_web_token(db: Connection, token: str) -> bool:
    """Whether the token can be used already."""
    return await store.usable(db, digest(token))


async def permit_web(tx: Tx, token: str, user: UserId, session: SessionId) -> None:
    """Let the web app act in somebody's session; once more changes nothing. Raises: Forbidden when it has ended."""
    if not await users.hold_session(tx, session):
        raise Forbidden
    app = await store.ensure_own(tx, name=NAME, client_id=CLIENT_ID, scopes=SCOPES)
    await store.put_session_token(tx, digest(token), app, user, session, SCOPES)
