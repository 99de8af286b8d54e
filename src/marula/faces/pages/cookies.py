"""The browser's cookies: who is signed in, and that a form came from one of our own pages.

Spec: RFC 6265. A form carries the HMAC of a secret of this browser (its session, or a random cookie for visitors),
so no other site can make one.
"""

import hmac
from http.cookies import CookieError, SimpleCookie

from marula.base.crypto.tokens import new_token, same
from marula.base.kernel.errors import Forbidden
from marula.domain import users
from marula.domain.context import Context
from marula.domain.users import SESSION_LIFETIME
from marula.faces.pages.page import Visit

SESSION = "marula_session"
VISITOR = "marula_visitor"


class ForgedForm(Forbidden):
    """A form that did not come from a page of this server and browser, or from one that is too old."""

    default = "This form has expired."


async def recognise(visit: Visit) -> None:
    """Find out who visits."""
    visit.cookies = _read(visit.request.header(b"cookie") or "")
    token = visit.cookies.get(SESSION)
    if token:
        async with visit.ctx.db.reading() as db:
            found = await users.find_session(db, visit.ctx.clock, token)
        if found is not None and users.standing(found[1]) == "ok":
            visit.session, visit.user = found[0].id, found[1]
            visit.seed = token
            return
    visit.seed = visit.cookies.get(VISITOR, "")


def form_token(visit: Visit) -> str:
    """What the forms of this page carry. Gives a visitor without one a cookie to tell them by."""
    if not visit.seed:
        visit.seed = new_token()
        visit.headers.append(_cookie(visit.ctx, VISITOR, visit.seed, None))
    return _mac(visit.ctx, visit.seed)


def check_form(visit: Visit) -> None:
    """Raises ForgedForm unless the form is one of ours."""
    host = visit.request.header(b"host")
    ours = (None, "null", visit.ctx.config.web_url, f"https://{host}", f"http://{host}")
    if visit.request.header(b"origin") not in ours:
        raise ForgedForm
    if not visit.seed or not same(visit.text("form_token"), _mac(visit.ctx, visit.seed)):
        raise ForgedForm


def sign_in(visit: Visit, token: str) -> None:
    """Remember a session in this browser."""
    visit.headers.append(_cookie(visit.ctx, SESSION, token, int(SESSION_LIFETIME.total_seconds())))


def sign_out(visit: Visit) -> None:
    """Forget the session in this browser."""
    visit.headers.append(_cookie(visit.ctx, SESSION, "", 0))


def _cookie(ctx: Context, name: str, value: str, age: int | None) -> tuple[bytes, bytes]:
    parts = [f"{name}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if ctx.config.https:
        parts.append("Secure")
    if age is not None:
        parts.append(f"Max-Age={age}")
    return b"set-cookie", "; ".join(parts).encode()


def _read(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def _mac(ctx: Context, seed: str) -> str:
    return hmac.new(ctx.config.secret.encode(), f"form {seed}".encode(), "sha256").hexdigest()
