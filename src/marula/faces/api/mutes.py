"""Whom one mutes.

Spec: Mastodon documentation, methods/mutes
"""

from marula.base.kernel.paging import Page
from marula.domain import relationships
from marula.entities import MutedAccount
from marula.entities.scalars import datetime_text
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.views import Rendered, listed
from marula.views.account import accounts


@route("GET", "/api/v1/mutes", scopes=("follow", "read", "read:mutes"), paging=(40, 80))
async def index(call: Call, page: Page) -> Rendered[list[MutedAccount]]:
    """Whom one mutes, the latest first, with the time at which a mute runs out."""
    async with call.ctx.db.reading() as db:
        found = await relationships.muted(db, call.me, page)
        call.link(page, [entry.cursor for entry in found], prev="since_id")
        shown = await accounts(call.ctx, db, [entry.account_id for entry in found])
    ends = ["null" if e.expires_at is None else f'"{datetime_text(e.expires_at)}"' for e in found]
    return listed(
        Rendered[MutedAccount](account.data[:-1] + f',"mute_expires_at":{end}}}'.encode())
        for account, end in zip(shown, ends, strict=True)
    )
