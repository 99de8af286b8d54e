"""What the operators tell everybody.

Spec: Mastodon documentation, methods/announcements
"""

from marula.base.kernel.ids import AnnouncementId
from marula.domain import announcements
from marula.entities import Announcement, Empty
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views import announcement as views

WRITE = ("write", "write:accounts")
FAVOURITES = ("write", "write:favourites")
PATH = "/api/v1/announcements/{id}"


class AnnouncementsForm(Form, frozen=True, kw_only=True):
    """Which announcements."""

    with_dismissed: bool = False


@route("GET", "/api/v1/announcements")
async def index(call: Call, form: AnnouncementsForm) -> list[Announcement]:
    """What can be read now and one has not dismissed; with `with_dismissed`, that too."""
    async with call.ctx.db.reading() as db:
        told = await announcements.sighted(db, call.me, dismissed=form.with_dismissed)
        return await views.announcements(call.ctx, db, call.me, told)


@route("POST", f"{PATH}/dismiss", scopes=WRITE)
async def dismiss(call: Call, id: AnnouncementId) -> Empty:
    """Have read an announcement."""
    async with call.ctx.db.transaction() as tx:
        await announcements.dismiss(tx, call.me, id)
    return Empty()


@route("PUT", f"{PATH}/reactions/{{name}}", scopes=FAVOURITES)
async def react(call: Call, id: AnnouncementId, name: str) -> Empty:
    """React with an emoji: a character, or the shortcode of a custom one."""
    known = await announcements.draft_reaction(call.ctx, name)
    async with call.ctx.db.transaction() as tx:
        await announcements.react(tx, call.me, id, known)
    return Empty()


@route("DELETE", f"{PATH}/reactions/{{name}}", scopes=FAVOURITES)
async def unreact(call: Call, id: AnnouncementId, name: str) -> Empty:
    """Take a reaction back."""
    async with call.ctx.db.transaction() as tx:
        await announcements.unreact(tx, call.me, id, name)
    return Empty()
