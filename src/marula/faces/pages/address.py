"""The e-mail address with which somebody signs in, and another one in its place."""

from marula.base.kernel.errors import Invalid, Refused
from marula.domain import users
from marula.domain.users import User
from marula.faces.pages.errors import by_field
from marula.faces.pages.page import Answer, Shown, Visit, page
from marula.faces.pages.password import CHANGES, WRONG
from marula.faces.pages.sign_in import RESENDING

PATH = "/settings/email"


@page("GET", PATH, members=True)
async def ask(visit: Visit) -> Answer:
    """The form, and which address waits for its confirmation."""
    return _form(visit.member, "", {})


@page("POST", PATH, members=True)
async def change(visit: Visit) -> Answer:
    """Ask for another address, when the password is right.

    Where mail goes out, it counts once the link sent to it is opened, and a letter to the old one tells of it. Tries
    are limited before it is looked up, since the answer tells whether somebody else has the address.
    """
    member, email = visit.member, visit.text("email").strip()
    visit.count(CHANGES, str(member.id))
    try:
        await users.sign_in(visit.ctx, member.username, visit.text("current"))
    except Refused:
        return _form(member, email, {"current": [WRONG]})
    if email == member.email:
        return _form(member, email, {"email": ["This is your address already."]})
    visit.count(RESENDING, str(member.id))
    try:
        async with visit.ctx.db.reading() as db:
            draft = await users.draft_email(visit.ctx, db, member, email)
        async with visit.ctx.db.transaction() as tx:
            await users.change_email(tx, member, draft)
            now = await users.by_id(tx, member.id)
    except Invalid as invalid:
        return _form(member, email, by_field(invalid))
    return _form(now or member, "", {}, done="asked" if draft.confirm else "changed")


def _form(user: User, email: str, errors: dict[str, list[str]], *, done: str | None = None) -> Shown:
    values = {
        "address": user.email,
        "waiting": user.unconfirmed_email,
        "values": {"email": email},
        "errors": errors,
        "done": done,
    }
    return Shown(template="address.html", title="Your e-mail address", values=values, status=422 if errors else 200)
