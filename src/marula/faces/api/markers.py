"""How far one has read.

Spec: Mastodon documentation, methods/markers
"""

from typing import Literal, NewType

from marula.domain import timelines
from marula.domain.timelines import Marker as Read
from marula.entities import Marker
from marula.entities.scalars import datetime_text
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form

EntryId = NewType("EntryId", int)
"""A post or a notification: what a timeline has."""


class IndexForm(Form, frozen=True, kw_only=True):
    """Which timelines."""

    timeline: tuple[Literal["home", "notifications"], ...] = ()


class LastRead(Form, frozen=True, kw_only=True):
    """The last entry read."""

    last_read_id: EntryId


class MarkForm(Form, frozen=True, kw_only=True):
    """The last entry read of each timeline."""

    home: LastRead | None = None
    notifications: LastRead | None = None


@route("GET", "/api/v1/markers", scopes=("read", "read:statuses"))
async def index(call: Call, form: IndexForm) -> dict[str, Marker]:
    """How far one has read these timelines."""
    async with call.ctx.db.reading() as db:
        return _entities(await timelines.markers(db, call.me, form.timeline))


@route("POST", "/api/v1/markers", scopes=("write", "write:statuses"))
async def create(call: Call, form: MarkForm) -> dict[str, Marker]:
    """Remember how far one has read; the answer holds the timelines that were sent."""
    given = {"home": form.home, "notifications": form.notifications}
    read = {name: last.last_read_id for name, last in given.items() if last is not None}
    async with call.ctx.db.transaction("relaxed") as tx:
        return _entities(await timelines.mark(tx, call.me, read))


def _entities(markers: list[Read]) -> dict[str, Marker]:
    return {
        marker.timeline: Marker(
            last_read_id=str(marker.last_read_id),
            version=marker.version,
            updated_at=datetime_text(marker.updated_at),
        )
        for marker in markers
    }
