"""Mail that waits because no mail server is configured, for those who run the server."""

import re

from marula.base.kernel.errors import Forbidden
from marula.base.kernel.paging import Page
from marula.domain import users
from marula.domain.users import permissions
from marula.entities.scalars import datetime_text
from marula.faces.pages.page import Answer, Shown, Visit, page

LENGTH = 100
_LINK = re.compile(r"https?://\S+")


@page("GET", "/outbox", members=True)
async def outbox(visit: Visit) -> Answer:
    """The waiting mails, newest first, with the links in them, so that nobody is locked out."""
    if not await users.may(visit.ctx, visit.member, permissions.Permission.MANAGE_SETTINGS):
        raise Forbidden
    async with visit.ctx.db.reading() as db:
        waiting = await users.unsent_mails(db, Page(limit=LENGTH), reader=visit.member.id)
    mails = [
        {
            "to": mail.recipient,
            "subject": mail.subject,
            "created_at": datetime_text(mail.created_at),
            "text": mail.body,
            "links": _LINK.findall(mail.body),
        }
        for mail in waiting
    ]
    return Shown(template="outbox.html", title="Outbox", values={"mails": mails})
