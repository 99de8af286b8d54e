"""Signed links: what is sent to an e-mail address, and what makes the first owner."""

from datetime import timedelta

import msgspec

from marula.base.crypto.tokens import sign, unsign
from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import UserId
from marula.domain.context import Context

CONFIRM_WITHIN = timedelta(days=2)
SET_UP_WITHIN = timedelta(days=7)

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


def setup_token(ctx: Context) -> str:
    """What lets somebody make the first owner, for a week and as long as there is none."""
    return sign(ctx.config.secret, "setup", _OWNER, now=ctx.clock.now(), lifetime=SET_UP_WITHIN)


def setup_allowed(ctx: Context, token: str) -> bool:
    """Whether this is such a token."""
    return unsign(ctx.config.secret, "setup", token, now=ctx.clock.now()) == _OWNER
