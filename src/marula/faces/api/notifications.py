"""Notifications.

Spec: Mastodon documentation, methods/notifications
"""

from marula.base.db import Connection
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, NotificationId
from marula.base.kernel.paging import Page
from marula.domain import notifications, timelines, users
from marula.domain.notifications import Wanted
from marula.entities import Empty, Notification, UnreadCount
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views import Rendered, listed
from marula.views.fallback import Listener
from marula.views.notification import notifications_of

READ = ("read", "read:notifications")
WRITE = ("write", "write:notifications")


class IndexForm(Form, frozen=True, kw_only=True):
    """Which notifications."""

    types: tuple[str, ...] | None = None
    exclude_types: tuple[str, ...] = ()
    account_id: AccountId | None = None
    include_filtered: bool = False
    supported_types: tuple[str, ...] | None = None


class KnownForm(Form, frozen=True, kw_only=True):
    """The kinds that the program knows; the others are also said in words. Unset: none is."""

    supported_types: tuple[str, ...] | None = None


class CountForm(Form, frozen=True, kw_only=True):
    """How far to count, and what."""

    limit: int = 100
    types: tuple[str, ...] | None = None
    exclude_types: tuple[str, ...] = ()
    account_id: AccountId | None = None


@route("GET", "/api/v1/notifications", scopes=READ, paging=(40, 80))
async def index(call: Call, form: IndexForm, page: Page) -> Rendered[list[Notification]]:
    """What one was told, the latest first."""
    async with call.ctx.db.reading() as db:
        wanted = Wanted(
            types=form.types,
            exclude_types=form.exclude_types,
            from_account=form.account_id,
            include_filtered=form.include_filtered,
        )
        told = await notifications.page_of(db, call.me, page, wanted)
        call.link(page, [one.id for one in told], short_ends=False)
        listener = await listener_of(call, db, form.supported_types)
        return listed(await notifications_of(call.ctx, db, call.me, told, listener=listener))


@route("GET", "/api/v1/notifications/unread_count", scopes=READ)
async def unread_count(call: Call, form: CountForm) -> UnreadCount:
    """How many came since one last read, up to a limit."""
    async with call.ctx.db.reading() as db:
        count = await notifications.unread_count(
            db,
            call.me,
            since_id=await timelines.marker(db, call.me, "notifications"),
            limit=min(abs(form.limit), 1000),
            wanted=Wanted(types=form.types, exclude_types=form.exclude_types, from_account=form.account_id),
        )
    return UnreadCount(count=count)


@route("GET", "/api/v1/notifications/{id}", scopes=READ)
async def show(call: Call, id: NotificationId, form: KnownForm) -> Rendered[Notification]:
    """One notification."""
    async with call.ctx.db.reading() as db:
        told = await notifications.one(db, call.me, id)
        listener = await listener_of(call, db, form.supported_types)
        shown = [] if told is None else await notifications_of(call.ctx, db, call.me, [told], listener=listener)
    if not shown:
        raise NotFound
    return shown[0]


@route("POST", "/api/v1/notifications/clear", scopes=WRITE)
async def clear(call: Call) -> Empty:
    """Forget all notifications."""
    async with call.ctx.db.transaction() as tx:
        await notifications.clear(tx, call.me)
    return Empty()


@route("POST", "/api/v1/notifications/{id}/dismiss", scopes=WRITE)
async def dismiss(call: Call, id: NotificationId) -> Empty:
    """Forget one notification."""
    async with call.ctx.db.transaction() as tx:
        await notifications.dismiss(tx, call.me, id)
    return Empty()


async def listener_of(call: Call, db: Connection, known: tuple[str, ...] | None) -> Listener | None:
    """Who is to be told in words what their program does not know; nobody when it does not say what it knows."""
    if known is None:
        return None
    user = await users.by_account(db, call.me)
    return Listener(known, (user and user.locale) or call.ctx.config.default_locale)
