"""The e-mail address of somebody who signed up with a program.

Spec: Mastodon documentation, methods/emails
"""

from marula.base.kernel.errors import Forbidden, NotFound
from marula.domain import users
from marula.domain.users import User
from marula.entities import Empty
from marula.faces.api.call import Call
from marula.faces.api.route import CONFIRMATIONS, route
from marula.faces.http.forms import Form

NOT_THEIR_APP = "This method is only available to the application the user originally signed-up with"


class EmailForm(Form, frozen=True, kw_only=True):
    """Another address, when the first one was wrong."""

    email: str = ""


@route("POST", "/api/v1/emails/confirmations", auth="any_user", scopes=("write", "write:accounts"), limit=CONFIRMATIONS)
async def create(call: Call, form: EmailForm) -> Empty:
    """Send the link of confirmation again, to another address when one is given.

    Only the program with which somebody signed up may ask for it.
    """
    user = await _user(call)
    if user.created_by_app_id != call.token.app_id:
        raise Forbidden(NOT_THEIR_APP)
    another = form.email.strip()
    if not another or another.lower() == user.email.lower():
        async with call.ctx.db.transaction() as tx:
            await users.ask_confirmation(tx, user)
        return Empty()
    users.check_unconfirmed(user)
    async with call.ctx.db.reading() as db:
        change = await users.draft_email(call.ctx, db, user, another)
    async with call.ctx.db.transaction() as tx:
        await users.change_email(tx, user, change)
    return Empty()


@route("GET", "/api/v1/emails/check_confirmation", auth="any_user", scopes=("read", "read:accounts"))
async def check_confirmation(call: Call) -> bool:
    """Whether one's address is confirmed."""
    return (await _user(call)).confirmed


async def _user(call: Call) -> User:
    async with call.ctx.db.reading() as db:
        user = await users.by_account(db, call.me)
    if user is None:
        raise NotFound
    return user
