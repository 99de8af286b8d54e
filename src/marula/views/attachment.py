"""What a notification of some kinds holds besides account and post: a collection, a report, what was lost.

Spec: Mastodon documentation, entities/Notification; permissions.json, notification_types (attaches)
"""

from collections.abc import Mapping, Sequence

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId, NotificationId, ReportId, SeveranceId
from marula.domain import collections, relationships
from marula.domain.context import Context
from marula.domain.notifications import Notification
from marula.domain.relationships import Severance
from marula.entities import RelationshipSeveranceEvent
from marula.entities.scalars import datetime_text
from marula.views.collection import collections_by_id
from marula.views.fragments import encode
from marula.views.report import reports

COLLECTION = ("added_to_collection", "collection_update")
REPORT = ("admin.report",)
SEVERANCE = ("severed_relationships",)
ATTACHED = frozenset((*COLLECTION, *REPORT, *SEVERANCE))
"""The kinds that are nothing without what they are about."""


async def attachments(
    ctx: Context, db: Connection, viewer: AccountId, told: Sequence[Notification]
) -> dict[NotificationId, bytes]:
    """The members to add to the JSON of these notifications, by id, each with a comma before it.

    Costs: three statements when there are collections, four for reports, one for severances, none without.
    """
    members = await _collections(ctx, db, viewer, {one.id: one.cause for one in told if one.kind in COLLECTION})
    members |= await _reports(ctx, db, {one.id: ReportId(one.cause) for one in told if one.kind in REPORT})
    return members | await _severances(db, {one.id: SeveranceId(one.cause) for one in told if one.kind in SEVERANCE})


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


async def _severances(db: Connection, told: Mapping[NotificationId, SeveranceId]) -> dict[NotificationId, bytes]:
    if not told:
        return {}
    shown = {one.id: _severance(one) for one in await relationships.severances(db, list(told.values()))}
    return {identifier: b',"event":' + encode(shown[one]) for identifier, one in told.items() if one in shown}


def _severance(one: Severance) -> RelationshipSeveranceEvent:
    return RelationshipSeveranceEvent(
        id=str(one.id),
        type=one.kind,
        purged=False,
        target_name=one.target_name,
        followers_count=one.followers_count,
        following_count=one.following_count,
        created_at=datetime_text(one.created_at),
    )
