"""Signing in and out."""

from datetime import timedelta

from marula.base.kernel.errors import Refused
from marula.domain import users
from marula.domain.users import Standing, User
from marula.faces.http.limits import Limit
from marula.faces.pages import cookies
from marula.faces.pages.page import Answer, Sent, Shown, Visit, page

BY_ADDRESS = Limit("sign_in_address", 25, timedelta(minutes=5))
BY_LOGIN = Limit("sign_in_login", 25, timedelta(hours=1))
RESENDING = Limit("confirmation_user", 5, timedelta(minutes=30))

WHY_NOT: dict[Standing, str] = {
    "unconfirmed": "Confirm your e-mail address first. We have just sent you the link again.",
    "pending": "The people who run this server have not looked at your sign-up yet. They will write to you.",
    "disabled": "Your account has been switched off by the people who run this server.",
    "suspended": "Your account has been suspended by the people who run this server.",
}


@page("GET", "/sign-in")
async def ask(visit: Visit) -> Answer:
    """The form, unless one is signed in."""
    return Sent(_next(visit)) if visit.user is not None else _form("", None)


@page("POST", "/sign-in")
async def enter(visit: Visit) -> Answer:
    """Sign in and go where one wanted to go."""
    login = visit.text("login").strip()
    visit.count(BY_ADDRESS, visit.request.network)
    visit.count(BY_LOGIN, login.lower())
    try:
        user = await users.sign_in(visit.ctx, login, visit.text("password"))
    except Refused as refused:
        return _form(login, refused.why)
    standing = users.standing(user)
    if standing == "unconfirmed":
        visit.count(RESENDING, str(user.id))
        async with visit.ctx.db.transaction() as tx:
            await users.ask_confirmation(tx, user)
    if standing != "ok":
        return _form(login, WHY_NOT[standing])
    await begin_session(visit, user)
    return Sent(_next(visit))


@page("GET", "/sign-out", members=True)
async def ask_out(visit: Visit) -> Answer:
    """Ask before signing out."""
    return Shown(template="sign_out.html", title="Sign out")


@page("POST", "/sign-out", members=True)
async def leave(visit: Visit) -> Answer:
    """Sign out in this browser."""
    if visit.session is not None:
        async with visit.ctx.db.transaction() as tx:
            await users.close_session(tx, visit.member.id, visit.session)
    cookies.sign_out(visit)
    return Sent("/")


async def begin_session(visit: Visit, user: User) -> None:
    """Sign somebody in, in this browser."""
    async with visit.ctx.db.transaction() as tx:
        token = await users.open_session(
            tx, user.id, user_agent=visit.request.header(b"user-agent") or "", ip=visit.request.address
        )
        await users.mark_active(tx, user.id)
    cookies.sign_in(visit, token)


def _form(login: str, error: str | None) -> Shown:
    values = {"values": {"login": login}, "error": error}
    return Shown(template="sign_in.html", title="Sign in", values=values, status=200 if error is None else 422)


def _next(visit: Visit) -> str:
    """Where to go on: a path of this server and nothing else."""
    wanted = visit.text("next")
    local = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return wanted if local else "/home"
