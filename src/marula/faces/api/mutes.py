"""Whom one mutes.

Spec: Mastodon documentation, methods/mutes
"""

from datetime import datetime

from marula.base.kernel.paging import Page
from marula.domain import relationships
from marula.entities import Account, MutedAccount
from marula.entities.scalars import datetime_text
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.views import Rendered, listed
from marula.views.account import accounts_by_id


@route("GET", "/api/v1/mutes", scopes=("follow", "read", "read:mutes"), paging=(40, 80), since_only=True)
async def index(call: Call, page: Page) -> Rendered[list[MutedAccount]]:
    """Whom one mutes, the latest first, with the time at which a mute runs out."""
    async with call.ctx.db.reading() as db:
        found = await relationships.muted(db, call.me, page)
        call.link(page, [entry.cursor for entry in found], prev="since_id")
        shown = await accounts_by_id(call.ctx, db, [entry.account_id for entry in found])
    return listed(_with_end(shown[entry.account_id], entry.expires_at) for entry in found if entry.account_id in shown)


def _with_end(account: Rendered[Account], expires_at: datetime | None) -> Rendered[MutedAccount]:
    end = "null" if expires_at is None else f'"{datetime_text(expires_at)}"'
    return Rendered(account.data[:-1] + f',"mute_expires_at":{end}}}'.encode())
