"""Signing in with a password."""

from marula.base.crypto.passwords import hash_password, needs_rehash, verify_password
from marula.base.kernel.errors import Refused
from marula.domain.context import Context
from marula.domain.users.store import people
from marula.domain.users.types import User

WRONG = "The e-mail address, username or password is not right."


async def sign_in(ctx: Context, login: str, password: str) -> User:
    """Who has this e-mail address or username, and this password.

    The answer takes equally long whether they exist or not. Somebody who may not act is given too: see `standing`.
    Old kinds of password hashes are replaced.
    Raises: Refused, with one sentence for every reason.
    """
    name = login.strip()
    async with ctx.db.reading() as db:
        user = await (people.by_email if "@" in name else people.by_username)(db, name)
        known = None if user is None else await people.password_hash(db, user.id)
    right = await verify_password(password, known)
    if user is None or known is None or not right:
        raise Refused(WRONG)
    if needs_rehash(known):
        better = await hash_password(password)
        async with ctx.db.transaction() as tx:
            await people.upgrade_password(tx, user.id, known, better)
    return user
