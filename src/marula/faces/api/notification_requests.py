"""Whose notifications one wants, and those of others that are held back.

Spec: Mastodon documentation, methods/notifications (policy and requests)
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from msgspec import UNSET, UnsetType

from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import NotificationRequestId
from marula.base.kernel.paging import Page
from marula.domain import notifications
from marula.domain.notifications import PolicyChanges, Treatment
from marula.entities import (
    Empty,
    NotificationPolicy,
    NotificationRequest,
    NotificationRequestsMerged,
    V1NotificationPolicy,
)
from marula.faces.api.call import Call
from marula.faces.api.notifications import READ, WRITE
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views import Rendered, listed
from marula.views import notification_request as views

Word = Literal["accept", "filter", "drop"]

SECOND_VERSION = datetime(2024, 10, 8, tzinfo=UTC)
"""Since Mastodon 4.3, released on this day, clients should call the second version."""


class PolicyForm(Form, frozen=True, kw_only=True):
    """What to do with whose notifications; what is not sent stays."""

    for_not_following: Word | UnsetType = UNSET
    for_not_followers: Word | UnsetType = UNSET
    for_new_accounts: Word | UnsetType = UNSET
    for_private_mentions: Word | UnsetType = UNSET
    for_limited_accounts: Word | UnsetType = UNSET
    for_bots: Word | UnsetType = UNSET


class V1PolicyForm(Form, frozen=True, kw_only=True):
    """Whose notifications to filter; what is not sent stays."""

    filter_not_following: bool | UnsetType = UNSET
    filter_not_followers: bool | UnsetType = UNSET
    filter_new_accounts: bool | UnsetType = UNSET
    filter_private_mentions: bool | UnsetType = UNSET
    filter_bots: bool | UnsetType = UNSET


class ManyForm(Form, frozen=True, kw_only=True):
    """Which requests."""

    id: tuple[NotificationRequestId, ...] = ()


@route("GET", "/api/v2/notifications/policy", scopes=READ)
async def policy(call: Call) -> NotificationPolicy:
    """Whose notifications one wants."""
    async with call.ctx.db.reading() as db:
        return views.policy(await notifications.policy(db, call.me), await notifications.waiting(db, call.me))


@route("PATCH", "/api/v2/notifications/policy", scopes=WRITE)
async def change_policy(call: Call, form: PolicyForm) -> NotificationPolicy:
    """Change it."""
    changes = PolicyChanges(
        for_not_following=_treatment(form.for_not_following),
        for_not_followers=_treatment(form.for_not_followers),
        for_new_accounts=_treatment(form.for_new_accounts),
        for_private_mentions=_treatment(form.for_private_mentions),
        for_limited_accounts=_treatment(form.for_limited_accounts),
        for_bots=_treatment(form.for_bots),
    )
    async with call.ctx.db.transaction() as tx:
        await notifications.change_policy(tx, call.me, changes)
        return views.policy(await notifications.policy(tx, call.me), await notifications.waiting(tx, call.me))


@route("GET", "/api/v1/notifications/policy", scopes=READ, deprecated=SECOND_VERSION)
async def v1_policy(call: Call) -> V1NotificationPolicy:
    """Whose notifications one wants, as older clients know it."""
    async with call.ctx.db.reading() as db:
        return views.v1_policy(await notifications.policy(db, call.me), await notifications.waiting(db, call.me))


@route("PUT", "/api/v1/notifications/policy", scopes=WRITE, deprecated=SECOND_VERSION)
async def change_v1_policy(call: Call, form: V1PolicyForm) -> V1NotificationPolicy:
    """Change it, as older clients do."""
    changes = PolicyChanges(
        for_not_following=_filtered(form.filter_not_following),
        for_not_followers=_filtered(form.filter_not_followers),
        for_new_accounts=_filtered(form.filter_new_accounts),
        for_private_mentions=_filtered(form.filter_private_mentions),
        for_bots=_filtered(form.filter_bots),
    )
    async with call.ctx.db.transaction() as tx:
        await notifications.change_policy(tx, call.me, changes)
        return views.v1_policy(await notifications.policy(tx, call.me), await notifications.waiting(tx, call.me))


@route("GET", "/api/v1/notifications/requests", scopes=READ, paging=(40, 80))
async def index(call: Call, page: Page) -> Rendered[list[NotificationRequest]]:
    """Whose notifications are held back, the latest first."""
    async with call.ctx.db.reading() as db:
        found = await notifications.page_of_requests(db, call.me, page)
        call.link(page, [one.id for one in found], short_ends=False)
        return listed(await views.requests_of(call.ctx, db, call.me, found))


@route("GET", "/api/v1/notifications/requests/merged", scopes=READ)
async def merged(call: Call) -> NotificationRequestsMerged:
    """Whether all that one accepted is among one's notifications."""
    async with call.ctx.db.reading() as db:
        return NotificationRequestsMerged(merged=await notifications.merged(db, call.me))


@route("GET", "/api/v1/notifications/requests/{id}", scopes=READ)
async def show(call: Call, id: NotificationRequestId) -> Rendered[NotificationRequest]:
    """One account whose notifications are held back."""
    async with call.ctx.db.reading() as db:
        found = await notifications.request(db, call.me, id)
        shown = [] if found is None else await views.requests_of(call.ctx, db, call.me, [found])
    if not shown:
        raise NotFound
    return shown[0]


@route("POST", "/api/v1/notifications/requests/accept", scopes=WRITE)
async def accept_many(call: Call, form: ManyForm) -> Empty:
    """Hear from these accounts from now on, and of what was held back."""
    return await _accept(call, form.id)


@route("POST", "/api/v1/notifications/requests/dismiss", scopes=WRITE)
async def dismiss_many(call: Call, form: ManyForm) -> Empty:
    """Forget what was held back of these accounts."""
    return await _dismiss(call, form.id)


@route("POST", "/api/v1/notifications/requests/{id}/accept", scopes=WRITE)
async def accept(call: Call, id: NotificationRequestId) -> Empty:
    """Hear from this account from now on, and of what was held back."""
    return await _accept(call, [id], all_must_be=True)


@route("POST", "/api/v1/notifications/requests/{id}/dismiss", scopes=WRITE)
async def dismiss(call: Call, id: NotificationRequestId) -> Empty:
    """Forget what was held back of this account."""
    return await _dismiss(call, [id], all_must_be=True)


async def _accept(call: Call, ids: Sequence[NotificationRequestId], *, all_must_be: bool = False) -> Empty:
    async with call.ctx.db.transaction() as tx:
        if await notifications.accept_requests(tx, call.me, ids) < len(ids) and all_must_be:
            raise NotFound
    return Empty()


async def _dismiss(call: Call, ids: Sequence[NotificationRequestId], *, all_must_be: bool = False) -> Empty:
    async with call.ctx.db.transaction() as tx:
        if await notifications.dismiss_requests(tx, call.me, ids) < len(ids) and all_must_be:
            raise NotFound
    return Empty()


def _treatment(word: Word | UnsetType) -> Treatment | None:
    return None if word is UNSET else Treatment[word.upper()]


def _filtered(yes: bool | UnsetType) -> Treatment | None:
    return None if yes is UNSET else Treatment.FILTER if yes else Treatment.ACCEPT
