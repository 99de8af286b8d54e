"""Choosing a new password by mail, for whoever forgot theirs."""

from datetime import datetime

from marula.base.crypto.tokens import same
from marula.base.db import Connection, Tx
from marula.base.jobs import job, later
from marula.base.kernel.errors import Invalid
from marula.domain import site
from marula.domain.context import Context
from marula.domain.users import letters, rules
from marula.domain.users.links import RESET_OVER, Reset, password_mark, reset_token
from marula.domain.users.outbox import write_mail
from marula.domain.users.store import people
from marula.domain.users.types import User


async def ask_reset(tx: Tx, email: str) -> None:
    """Have a link for a new password sent to this address, if somebody here has it.

    A job looks, so that neither the answer nor its time tells whose addresses are known here. Raises: Invalid when
    it can be no address.
    """
    address = email.strip()
    problems = rules.email_problems(address)
    if problems:
        raise Invalid(*problems)
    await later(tx, send_reset, address, tx.now)


@job(lane="mail")
async def send_reset(ctx: Context, address: str, asked_at: datetime) -> None:
    """Send the link to whoever has this address; nothing happens when nobody has."""
    title = (await site.get(ctx)).title
    async with ctx.db.transaction() as tx:
        user = await people.by_email(tx, address)
        known = None if user is None else await people.password_hash(tx, user.id)
        if user is None or known is None:
            return
        link = f"{ctx.config.web_url}/password/new?token={reset_token(ctx, user.id, user.email, known)}"
        locale = user.locale or ctx.config.default_locale
        letter = letters.reset(user, title=title, domain=ctx.config.local_domain, link=link, locale=locale)
        await write_mail(tx, user.email, *letter, once=f"reset-{user.id}-{asked_at.isoformat()}")


async def check_reset(db: Connection, proof: Reset) -> User:
    """Who may choose a new password. Raises: Invalid when the password or the address is another meanwhile."""
    user = await people.by_id(db, proof.user_id)
    known = None if user is None else await people.password_hash(db, user.id)
    if user is None or known is None or user.email != proof.email or not same(password_mark(known), proof.password):
        raise Invalid.because(RESET_OVER)
    return user


async def claim_reset(tx: Tx, proof: Reset) -> User:
    """As `check_reset`, and nobody else may until this transaction ends: of two who use one link, one can."""
    await people.lock(tx, proof.user_id)
    return await check_reset(tx, proof)
