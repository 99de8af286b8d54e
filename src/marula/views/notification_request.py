"""Policies of notifications, and what they hold back, as their owner sees them.

Spec: Mastodon documentation, entities/NotificationPolicy and entities/NotificationRequest
"""

from collections.abc import Sequence

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.domain.context import Context
from marula.domain.notifications import Policy, Request, Treatment, Waiting
from marula.entities import NotificationPolicy, NotificationPolicySummary, NotificationRequest, V1NotificationPolicy
from marula.entities.scalars import datetime_text
from marula.views.account import accounts_by_id
from marula.views.fragments import HOLE, encode, fill, split
from marula.views.rendered import Rendered
from marula.views.status import statuses_by_id


def policy(held: Policy, waiting: Waiting) -> NotificationPolicy:
    """A policy, and how much waits behind it."""
    return NotificationPolicy(
        for_not_following=held.for_not_following.word,
        for_not_followers=held.for_not_followers.word,
        for_new_accounts=held.for_new_accounts.word,
        for_private_mentions=held.for_private_mentions.word,
        for_limited_accounts=held.for_limited_accounts.word,
        for_bots=held.for_bots.word,
        summary=_summary(waiting),
    )


def v1_policy(held: Policy, waiting: Waiting) -> V1NotificationPolicy:
    """The same as older clients know it: what is not accepted is filtered."""
    return V1NotificationPolicy(
        filter_not_following=held.for_not_following is not Treatment.ACCEPT,
        filter_not_followers=held.for_not_followers is not Treatment.ACCEPT,
        filter_new_accounts=held.for_new_accounts is not Treatment.ACCEPT,
        filter_private_mentions=held.for_private_mentions is not Treatment.ACCEPT,
        filter_bots=held.for_bots is not Treatment.ACCEPT,
        summary=_summary(waiting),
    )


def _summary(waiting: Waiting) -> NotificationPolicySummary:
    return NotificationPolicySummary(
        pending_requests_count=waiting.requests, pending_notifications_count=waiting.notifications
    )


async def requests_of(
    ctx: Context, db: Connection, viewer: AccountId, held: Sequence[Request]
) -> list[Rendered[NotificationRequest]]:
    """These requests, in this order; without the last post of those whose post may no longer be seen.

    Costs: those of accounts and of statuses, whatever the number.
    """
    people = await accounts_by_id(ctx, db, [one.from_id for one in held])
    wanted = [one.last_post_id for one in held if one.last_post_id is not None]
    posts = await statuses_by_id(ctx, db, viewer, wanted, listed=False)
    made: list[Rendered[NotificationRequest]] = []
    for one in held:
        if one.from_id not in people:
            continue
        entity = NotificationRequest(
            id=str(one.id),
            created_at=datetime_text(one.created_at),
            updated_at=datetime_text(one.updated_at),
            account=HOLE,
            notifications_count=str(one.count),
            last_status=HOLE,
        )
        post = None if one.last_post_id is None else posts.get(one.last_post_id)
        made.append(
            Rendered(fill(split(entity), (people[one.from_id].data, encode(None) if post is None else post.data)))
        )
    return made
