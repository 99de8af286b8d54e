"""What a notification of some kinds holds besides account and post: the collection that it is about.

Spec: Mastodon documentation, entities/Notification; permissions.json, notification_types (attaches)
"""

from collections.abc import Sequence

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId, NotificationId
from marula.domain import collections
from marula.domain.context import Context
from marula.domain.notifications import Notification
from marula.views.collection import collections_by_id
from marula.views.fragments import encode

COLLECTION = ("added_to_collection", "collection_update")
ATTACHED = frozenset(COLLECTION)
"""The kinds that are nothing without what they are about."""


async def attachments(
    ctx: Context, db: Connection, viewer: AccountId, told: Sequence[Notification]
) -> dict[NotificationId, bytes]:
    """The members to add to the JSON of these notifications, by id, each with a comma before it.

    Costs: four statements when there are collections, none without.
    """
    featured = {one.id: one.cause for one in told if one.kind in COLLECTION}
    if not featured:
        return {}
    places = await collections.collections_of_items(db, list(featured.values()))
    shown = await collections_by_id(ctx, db, viewer, list(set(places.values())))
    return {
        identifier: b',"collection":' + encode(shown[places[item]])
        for identifier, item in featured.items()
        if item in places and places[item] in shown
    }
