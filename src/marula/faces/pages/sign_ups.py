"""Sign-ups that wait for approval, for those who decide on them."""

from marula.base.kernel import ids
from marula.base.kernel.errors import Forbidden, NotFound
from marula.base.kernel.ids import UserId
from marula.domain import departures, users
from marula.domain.users import permissions
from marula.entities.scalars import datetime_text
from marula.faces.pages.page import Answer, Sent, Shown, Visit, page

LENGTH = 50


@page("GET", "/sign-ups", members=True)
async def waiting(visit: Visit) -> Answer:
    """Who waits, the longest first."""
    await _check(visit)
    async with visit.ctx.db.reading() as db:
        found = await users.pending(db, limit=LENGTH)
    people = [
        {
            "id": str(user.id),
            "username": user.username,
            "email": user.email,
            "created_at": datetime_text(user.created_at),
            "reason": user.reason,
        }
        for user in found
    ]
    return Shown(template="sign_ups.html", title="Sign-ups", values={"waiting": people})


@page("POST", "/sign-ups", members=True)
async def decide(visit: Visit) -> Answer:
    """Let somebody in, or turn them away. Raises NotFound when somebody else has decided."""
    await _check(visit)
    wanted = ids.parse(UserId, visit.text("user"))
    async with visit.ctx.db.transaction() as tx:
        user = None if wanted is None else await users.by_id(tx, wanted)
        if user is None:
            raise NotFound
        if visit.text("decision") == "approve":
            await users.approve(tx, user)
        elif visit.text("decision") == "reject":
            await departures.reject(tx, user)
    return Sent("/sign-ups")


async def _check(visit: Visit) -> None:
    if not await users.may(visit.ctx, visit.member, permissions.Permission.MANAGE_USERS):
        raise Forbidden
