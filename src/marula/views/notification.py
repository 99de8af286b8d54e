"""Notifications as their reader sees them.

Spec: Mastodon documentation, entities/Notification
"""

from collections.abc import Sequence
from typing import cast

import msgspec

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.domain.context import Context
from marula.domain.notifications import Notification as Told
from marula.entities import Account, Notification, Status, rendered
from marula.entities.notification import NotificationType
from marula.entities.scalars import datetime_text
from marula.views.account import accounts
from marula.views.fragments import encode
from marula.views.rendered import Rendered
from marula.views.status import statuses_by_id


async def notifications_of(
    ctx: Context, db: Connection, viewer: AccountId, told: Sequence[Told]
) -> list[Rendered[Notification]]:
    """These notifications, in this order; one whose post the reader may no longer see is left out.

    Costs: those of accounts and of statuses, whatever the number.
    """
    people = list(dict.fromkeys(one.from_id for one in told))
    shown = dict(zip(people, await accounts(ctx, db, people), strict=True))
    wanted = list(dict.fromkeys(one.post_id for one in told if one.post_id is not None))
    posts = await statuses_by_id(ctx, db, viewer, wanted, listed=False)
    made: list[Rendered[Notification]] = []
    for one in told:
        if one.post_id is not None and one.post_id not in posts:
            continue
        made.append(
            Rendered(
                encode(
                    Notification(
                        id=str(one.id),
                        type=cast(NotificationType, one.kind),
                        group_key=one.group_key,
                        created_at=datetime_text(one.created_at),
                        account=rendered(Account, shown[one.from_id].data),
                        status=msgspec.UNSET if one.post_id is None else rendered(Status, posts[one.post_id].data),
                        filtered=True if one.filtered else msgspec.UNSET,
                    )
                )
            )
        )
    return made
