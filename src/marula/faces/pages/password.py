"""Choosing another password.

Spec: W3C, A Well-Known URL for Changing Passwords
"""

from datetime import timedelta

from marula.base.kernel.errors import Invalid, Refused
from marula.domain import users
from marula.faces.http.limits import Limit
from marula.faces.pages.errors import by_field
from marula.faces.pages.page import Answer, Sent, Shown, Visit, page

PATH = "/settings/password"

WRONG = "This is not your present password."
CHANGES = Limit("password_changes", 10, timedelta(minutes=10))


@page("GET", "/.well-known/change-password", same_for_all=True)
async def known_address(visit: Visit) -> Answer:
    """Where keepers of passwords lead people."""
    return Sent(PATH)


@page("GET", PATH, members=True)
async def ask(visit: Visit) -> Answer:
    """The form."""
    return _form({})


@page("POST", PATH, members=True)
async def change(visit: Visit) -> Answer:
    """Take the new password when the present one is right; other browsers have to sign in again."""
    member = visit.member
    visit.count(CHANGES, str(member.id))
    try:
        await users.sign_in(visit.ctx, member.username, visit.text("current"))
    except Refused:
        return _form({"current": [WRONG]})
    try:
        hashed = await users.draft_password(visit.text("password"))
    except Invalid as invalid:
        return _form(by_field(invalid))
    async with visit.ctx.db.transaction() as tx:
        await users.change_password(tx, member.id, hashed, keep=visit.session)
    return _form({}, done=True)


def _form(errors: dict[str, list[str]], *, done: bool = False) -> Shown:
    values = {"errors": errors, "done": done}
    return Shown(template="password.html", title="Your password", values=values, status=422 if errors else 200)
