"""Posts to come.

Spec: Mastodon documentation, methods/scheduled_statuses
"""

from datetime import datetime

from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import ScheduledId
from marula.base.kernel.paging import Page
from marula.domain import scheduling
from marula.entities import Empty, ScheduledStatus
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views.scheduled import scheduled_statuses

READ = ("read", "read:statuses")
WRITE = ("write", "write:statuses")


class TimeForm(Form, frozen=True, kw_only=True):
    """When to publish; nothing changes without it."""

    scheduled_at: datetime | None = None


@route("GET", "/api/v1/scheduled_statuses", scopes=READ, paging=(20, 40))
async def index(call: Call, page: Page) -> list[ScheduledStatus]:
    """One's posts to come, the last one scheduled first."""
    async with call.ctx.db.reading() as db:
        waiting = await scheduling.page_of(db, call.me, page)
        call.link(page, [one.id for one in waiting])
        return await scheduled_statuses(call.ctx, db, waiting)


@route("GET", "/api/v1/scheduled_statuses/{id}", scopes=READ)
async def show(call: Call, id: ScheduledId) -> ScheduledStatus:
    """One post to come."""
    return await _shown(call, id)


@route("PUT", "/api/v1/scheduled_statuses/{id}", scopes=WRITE)
async def update(call: Call, id: ScheduledId, form: TimeForm) -> ScheduledStatus:
    """Give a post to come another time; what it says stays."""
    if form.scheduled_at is not None:
        async with call.ctx.db.transaction() as tx:
            await scheduling.reschedule(tx, call.me, id, form.scheduled_at)
    return await _shown(call, id)


@route("DELETE", "/api/v1/scheduled_statuses/{id}", scopes=WRITE)
async def delete(call: Call, id: ScheduledId) -> Empty:
    """Do not publish a post to come."""
    async with call.ctx.db.transaction() as tx:
        await scheduling.cancel(tx, call.me, id)
    return Empty()


async def _shown(call: Call, id: ScheduledId) -> ScheduledStatus:
    async with call.ctx.db.reading() as db:
        found = await scheduling.one(db, call.me, id)
        if found is None:
            raise NotFound
        return (await scheduled_statuses(call.ctx, db, [found]))[0]
