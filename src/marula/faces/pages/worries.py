"""What only those who run the server are told, where they see it each day."""

import msgspec

from marula.base.kernel.paging import Page
from marula.domain import storage, users
from marula.domain.users import permissions
from marula.faces.pages.page import Visit

MOST = 100


class Worries(msgspec.Struct, frozen=True):
    """`outbox`: letters that wait where none goes out, else None. `disk`: a sentence about a full disk, or nothing."""

    outbox: int | None = None
    disk: str = ""


async def worries(visit: Visit) -> Worries:
    """What this member should know of the server; nothing for those who do not run it."""
    if not await users.may(visit.ctx, visit.member, permissions.Permission.MANAGE_SETTINGS):
        return Worries()
    waiting = None
    if visit.ctx.config.mail is None:
        async with visit.ctx.db.reading() as db:
            waiting = len(await users.unsent_mails(db, Page(limit=MOST), reader=visit.member.id))
    return Worries(waiting, (await storage.usage(visit.ctx)).warning)
