"""What a notification of some kinds holds besides account and post: the collection or the report that it is about.

Spec: Mastodon documentation, entities/Notification; permissions.json, notification_types (attaches)
"""

from collections.abc import Mapping, Sequence

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId, NotificationId, ReportId
from marula.domain import collections
from marula.domain.context import Context
from marula.domain.notifications import Notification
from marula.views.collection import collections_by_id
from marula.views.fragments import encode
from marula.views.report import reports

COLLECTION = ("added_to_collection", "collection_update")
REPORT = ("admin.report",)
ATTACHED = frozenset((*COLLECTION, *REPORT))
"""The kinds that are nothing without what they are about."""


async def attachments(
    ctx: Context, db: Connection, viewer: AccountId, told: Sequence[Notification]
) -> dict[NotificationId, bytes]:
    """The members to add to the JSON of these notifications, by id, each with a comma before it.

    Costs: four statements when there are collections, as many for reports, none without.
    """
    members = await _collections(ctx, db, viewer, {one.id: one.cause for one in told if one.kind in COLLECTION})
    return members | await _reports(ctx, db, {one.id: ReportId(one.cause) for one in told if one.kind in REPORT})


async def _collections(
    ctx: Context, db: Connection, viewer: AccountId, items: Mapping[NotificationId, int]
) -> dict[NotificationId, bytes]:
    if not items:
        return {}
    places = await collections.collections_of_items(db, list(items.values()))
    shown = await collections_by_id(ctx, db, viewer, list(set(places.values())))
    return {
        identifier: b',"collection":' + encode(shown[places[item]])
        for identifier, item in items.items()
        if item in places and places[item] in shown
    }


async def _reports(
    ctx: Context, db: Connection, told: Mapping[NotificationId, ReportId]
) -> dict[NotificationId, bytes]:
    if not told:
        return {}
    shown = await reports(ctx, db, list(told.values()))
    return {identifier: b',"report":' + encode(shown[report]) for identifier, report in told.items() if report in shown}
