"""Notifications in groups.

Spec: Mastodon documentation, methods/grouped_notifications
"""

from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain import notifications, timelines
from marula.domain.notifications import GROUPABLE, Wanted
from marula.entities import Account, Empty, GroupedNotificationsResults, UnreadCount
from marula.faces.api.call import Call
from marula.faces.api.notifications import KnownForm, listener_of
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.faces.http.request import BadRequest
from marula.views import Rendered, listed
from marula.views.account import accounts
from marula.views.notification_group import groups_of

READ = ("read", "read:notifications")
WRITE = ("write", "write:notifications")


class GroupsForm(Form, frozen=True, kw_only=True):
    """Which notifications, which kinds of them in groups, and how much of their accounts."""

    types: tuple[str, ...] | None = None
    exclude_types: tuple[str, ...] = ()
    grouped_types: tuple[str, ...] | None = None
    account_id: AccountId | None = None
    include_filtered: bool = False
    expand_accounts: str = "full"
    supported_types: tuple[str, ...] | None = None


class CountForm(Form, frozen=True, kw_only=True):
    """How far to count, and what."""

    limit: int = 100
    types: tuple[str, ...] | None = None
    exclude_types: tuple[str, ...] = ()
    grouped_types: tuple[str, ...] | None = None
    account_id: AccountId | None = None


@route("GET", "/api/v2/notifications", scopes=READ, paging=(40, 80))
async def index(call: Call, form: GroupsForm, page: Page) -> Rendered[GroupedNotificationsResults]:
    """What one was told, in groups, the latest first."""
    if form.expand_accounts not in ("full", "partial_avatars"):
        raise BadRequest(f"Invalid value for 'expand_accounts': '{form.expand_accounts}'")
    wanted = Wanted(
        types=form.types,
        exclude_types=form.exclude_types,
        from_account=form.account_id,
        include_filtered=form.include_filtered,
    )
    async with call.ctx.db.reading() as db:
        found = await notifications.page_of_groups(db, call.me, page, _grouped(form.grouped_types), wanted)
        call.link(page, [one.newest for one in found], short_ends=False)
        listener = await listener_of(call, db, form.supported_types)
        partial = form.expand_accounts == "partial_avatars"
        return await groups_of(call.ctx, db, call.me, found, partial=partial, listener=listener)


@route("GET", "/api/v2/notifications/unread_count", scopes=READ)
async def unread_count(call: Call, form: CountForm) -> UnreadCount:
    """How many groups hold what came since one last read, up to a limit."""
    async with call.ctx.db.reading() as db:
        count = await notifications.unread_groups(
            db,
            call.me,
            _grouped(form.grouped_types),
            since_id=await timelines.marker(db, call.me, "notifications"),
            limit=min(abs(form.limit), 1000),
            wanted=Wanted(types=form.types, exclude_types=form.exclude_types, from_account=form.account_id),
        )
    return UnreadCount(count=count)


@route("POST", "/api/v2/notifications/clear", scopes=WRITE)
async def clear(call: Call) -> Empty:
    """Forget all notifications."""
    async with call.ctx.db.transaction() as tx:
        await notifications.clear(tx, call.me)
    return Empty()


@route("GET", "/api/v2/notifications/{group_key}", scopes=READ)
async def show(call: Call, group_key: str, form: KnownForm) -> Rendered[GroupedNotificationsResults]:
    """One group."""
    async with call.ctx.db.reading() as db:
        found = await notifications.group(db, call.me, group_key)
        if found is None:
            raise NotFound
        listener = await listener_of(call, db, form.supported_types)
        return await groups_of(call.ctx, db, call.me, [found], paged=False, listener=listener)


@route("GET", "/api/v2/notifications/{group_key}/accounts", scopes=READ, paging=(40, 80))
async def members(call: Call, group_key: str, page: Page) -> Rendered[list[Account]]:
    """Everybody in a group, the latest first."""
    async with call.ctx.db.reading() as db:
        found = await notifications.members(db, call.me, group_key, page)
        call.link(page, [one.cursor for one in found])
        return listed(await accounts(call.ctx, db, [one.account_id for one in found]))


@route("POST", "/api/v2/notifications/{group_key}/dismiss", scopes=WRITE)
async def dismiss(call: Call, group_key: str) -> Empty:
    """Forget a group."""
    async with call.ctx.db.transaction() as tx:
        await notifications.dismiss_group(tx, call.me, group_key)
    return Empty()


def _grouped(asked: tuple[str, ...] | None) -> tuple[str, ...]:
    return GROUPABLE if asked is None else tuple(kind for kind in asked if kind in GROUPABLE)
