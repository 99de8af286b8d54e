"""A new password by mail, for whoever forgot theirs.

Spec: limits.json, rate_limits (throttle_password_resets, throttle_password_change)
"""

from datetime import timedelta

from marula.base.kernel.errors import Invalid
from marula.domain import apps, users
from marula.faces.http.limits import Limit
from marula.faces.pages.errors import by_field
from marula.faces.pages.page import Answer, Shown, Visit, page
from marula.faces.pages.password import CHANGES

PATH = "/password"
BY_ADDRESS = Limit("reset_address", 25, timedelta(minutes=5))
BY_MAILBOX = Limit("reset_mailbox", 5, timedelta(minutes=30))


@page("GET", PATH)
async def ask(visit: Visit) -> Answer:
    """The form that asks for a link."""
    return _asking("", {})


@page("POST", PATH)
async def send(visit: Visit) -> Answer:
    """Have the link sent; the answer is the same whether anybody has this address."""
    email = visit.text("email").strip()
    visit.count(BY_ADDRESS, visit.request.network)
    visit.count(BY_MAILBOX, email.lower())
    try:
        async with visit.ctx.db.transaction() as tx:
            await users.ask_reset(tx, email)
    except Invalid as invalid:
        return _asking(email, by_field(invalid))
    mails = visit.ctx.config.mail is not None
    return Shown(template="forgotten_sent.html", title="Your password", values={"address": email, "mails": mails})


@page("GET", f"{PATH}/new")
async def choose(visit: Visit) -> Answer:
    """The link in the mail: the form for the new password, or that the link is over."""
    token = visit.text("token")
    try:
        async with visit.ctx.db.reading() as db:
            user = await users.check_reset(db, users.read_reset(visit.ctx, token))
    except Invalid:
        return _choosing("over", status=422)
    return _choosing("open", token=token, username=user.username)


@page("POST", f"{PATH}/new")
async def put(visit: Visit) -> Answer:
    """Take the new password; every browser and every app has to sign in again, this one too."""
    token = visit.text("token")
    try:
        proof = users.read_reset(visit.ctx, token)
        visit.count(CHANGES, str(proof.user_id))
        async with visit.ctx.db.reading() as db:
            user = await users.check_reset(db, proof)
    except Invalid:
        return _choosing("over", status=422)
    try:
        hashed = await users.draft_password(visit.text("password"))
    except Invalid as invalid:
        return _choosing("open", token=token, username=user.username, errors=by_field(invalid), status=422)
    try:
        async with visit.ctx.db.transaction() as tx:
            await apps.reset_password(tx, proof, hashed)
    except Invalid:
        return _choosing("over", status=422)
    return _choosing("done")


def _asking(email: str, errors: dict[str, list[str]]) -> Shown:
    values = {"values": {"email": email}, "errors": errors}
    return Shown(template="forgotten.html", title="Your password", values=values, status=422 if errors else 200)


def _choosing(
    state: str,
    *,
    token: str = "",
    username: str = "",
    errors: dict[str, list[str]] | None = None,
    status: int = 200,
) -> Shown:
    values = {"state": state, "token": token, "username": username, "errors": errors or {}}
    return Shown(template="new_password.html", title="Your password", values=values, status=status)
