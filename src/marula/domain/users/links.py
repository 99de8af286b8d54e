"""Signed links: what is sent to an e-mail address, and what makes the first owner."""

from datetime import timedelta

import msgspec

from marula.base.crypto.tokens import digest, sign, unsign
from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import UserId
from marula.domain.context import Context

CONFIRM_WITHIN = timedelta(days=2)
RESET_WITHIN = timedelta(hours=6)
SET_UP_WITHIN = timedelta(days=7)

RESET_OVER = "This link is no longer valid. Ask for a new one."

_OWNER = "the first owner"


class Confirmation(msgspec.Struct, array_like=True, frozen=True):
    """Somebody proves that mail to this address reaches them."""

    user_id: UserId
    email: str


def confirmation_token(ctx: Context, user: UserId, email: str) -> str:
    """What proves, within two days, that mail to this address reached somebody."""
    content = msgspec.json.encode(Confirmation(user, email)).decode()
    return sign(ctx.config.secret, "confirm", content, now=ctx.clock.now(), lifetime=CONFIRM_WITHIN)


def read_confirmation(ctx: Context, token: str) -> Confirmation:
    """What a link of a confirmation mail proves. Raises Invalid when it is too old or not ours."""
    content = unsign(ctx.config.secret, "confirm", token, now=ctx.clock.now())
    if content is None:
        raise Invalid.because("This link is no longer valid. Sign in to have a new one sent.")
    return msgspec.json.decode(content, type=Confirmation)


class Reset(msgspec.Struct, array_like=True, frozen=True):
    """Somebody proves that mail reaches them, to choose another password.

    `password`: a digest of the hash of the password that they had when they asked. Another password or another
    address makes the link worthless, so that it can be used once.
    """

    user_id: UserId
    email: str
    password: str


def password_mark(password_hash: str) -> str:
    """What a link says of a password, so that it holds only as long as that password. The hash has a salt."""
    return digest(password_hash).hex()


def reset_token(ctx: Context, user: UserId, email: str, password_hash: str) -> str:
    """What lets somebody choose another password within six hours. Spec: limits.json, auth.reset_password_within"""
    content = msgspec.json.encode(Reset(user, email, password_mark(password_hash))).decode()
    return sign(ctx.config.secret, "reset", content, now=ctx.clock.now(), lifetime=RESET_WITHIN)


def read_reset(ctx: Context, token: str) -> Reset:
    """What the link of a mail for a new password proves. Raises: Invalid when it is too old or not ours."""
    content = unsign(ctx.config.secret, "reset", token, now=ctx.clock.now())
    if content is None:
        raise Invalid.because(RESET_OVER)
    return msgspec.json.decode(content, type=Reset)


def setup_token(ctx: Context) -> str:
    """What lets somebody make the first owner, for a week and as long as there is none."""
    return sign(ctx.config.secret, "setup", _OWNER, now=ctx.clock.now(), lifetime=SET_UP_WITHIN)


def setup_allowed(ctx: Context, token: str) -> bool:
    """Whether this is such a token."""
    return unsign(ctx.config.secret, "setup", token, now=ctx.clock.now()) == _OWNER
