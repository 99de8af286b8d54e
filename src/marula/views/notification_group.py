"""Groups of notifications as their reader sees them, with each account and post once.

Spec: Mastodon documentation, methods/grouped_notifications (GroupedNotificationsResults)
"""

from collections.abc import Sequence
from typing import Any, cast

import msgspec
from msgspec import UNSET

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId, PostId
from marula.domain.context import Context
from marula.domain.notifications import Group
from marula.entities import GroupedNotificationsResults, NotificationGroup, PartialAccountWithAvatar
from marula.entities.scalars import datetime_text
from marula.views.account import accounts_by_id
from marula.views.attachment import ATTACHED, attachments
from marula.views.fallback import Listener, in_words
from marula.views.fragments import encode
from marula.views.rendered import Rendered, listed
from marula.views.status import statuses_by_id

_partial = msgspec.json.Decoder(PartialAccountWithAvatar)


async def groups_of(
    ctx: Context,
    db: Connection,
    viewer: AccountId,
    groups: Sequence[Group],
    *,
    partial: bool = False,
    paged: bool = True,
    listener: Listener | None = None,
) -> Rendered[GroupedNotificationsResults]:
    """These groups, in this order; one whose post or other subject the reader may no longer see is left out.

    `partial`: only the newest account of each group is shown in full. `paged`: whether they say what of them is on
    the page. What the `listener` does not know is said in words.
    Costs: those of accounts, of statuses and of what is attached, whatever the number.
    """
    people = await accounts_by_id(ctx, db, list(dict.fromkeys(who for one in groups for who in one.sample)))
    wanted = list(dict.fromkeys(one.first.post_id for one in groups if one.first.post_id is not None))
    posts = await statuses_by_id(ctx, db, viewer, wanted, listed=False)
    attached = await attachments(ctx, db, viewer, [one.first for one in groups])
    shown: list[tuple[Group, list[AccountId]]] = []
    for one in groups:
        sample = [who for who in one.sample if who in people]
        gone = one.first.post_id is not None and one.first.post_id not in posts
        lacking = one.first.kind in ATTACHED and one.first.id not in attached
        if sample and not gone and not lacking:
            shown.append((one, sample))
    named = list(dict.fromkeys(who for _, sample in shown for who in sample))
    whole = set(named) if not partial else {sample[0] for _, sample in shown}
    used: list[PostId] = list(dict.fromkeys(one.first.post_id for one, _ in shown if one.first.post_id is not None))
    parts = [b'{"accounts":', listed(people[who] for who in named if who in whole).data]
    if partial:
        parts += [b',"partial_accounts":', encode([_partial.decode(people[w].data) for w in named if w not in whole])]
    parts += [b',"statuses":', listed(posts[post] for post in used).data]
    bodies = [
        encode(_group(one, sample, paged))[:-1]
        + attached.get(one.first.id, b"")
        + in_words(one.first, people[sample[0]].data, listener)
        + b"}"
        for one, sample in shown
    ]
    parts += [b',"notification_groups":[', b",".join(bodies), b"]}"]
    return Rendered(b"".join(parts))


def _group(one: Group, sample: Sequence[AccountId], paged: bool) -> NotificationGroup:
    """The part that all kinds have."""
    return NotificationGroup(
        group_key=one.key,
        notifications_count=one.count,
        type=cast(Any, one.first.kind),
        most_recent_notification_id=one.newest,
        page_min_id=str(one.oldest) if paged else UNSET,
        page_max_id=str(one.newest) if paged else UNSET,
        latest_page_notification_at=datetime_text(one.latest) if paged else UNSET,
        sample_account_ids=[str(who) for who in sample],
        status_id=UNSET if one.first.post_id is None else str(one.first.post_id),
    )
