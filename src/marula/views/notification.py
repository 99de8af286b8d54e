"""Notifications as their reader sees them.

Spec: Mastodon documentation, entities/Notification
"""

from collections.abc import Sequence

from msgspec import UNSET

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.domain.context import Context
from marula.domain.notifications import Notification as Told
from marula.entities import Notification
from marula.entities.scalars import datetime_text
from marula.views.account import accounts_by_id
from marula.views.attachment import ATTACHED, attachments
from marula.views.fallback import Listener, in_words
from marula.views.fragments import HOLE, fill, split
from marula.views.rendered import Rendered
from marula.views.status import statuses_by_id


def _blank(*, post: bool, filtered: bool) -> tuple[bytes, ...]:
    """The pieces of a notification, the same for all of a shape."""
    return split(
        Notification(
            id=HOLE,
            type=HOLE,
            group_key=HOLE,
            created_at=HOLE,
            account=HOLE,
            status=HOLE if post else UNSET,
            filtered=True if filtered else UNSET,
        )
    )


_BLANK = {
    (post, filtered): _blank(post=post, filtered=filtered) for post in (True, False) for filtered in (True, False)
}


async def notifications_of(
    ctx: Context, db: Connection, viewer: AccountId, told: Sequence[Told], *, listener: Listener | None = None
) -> list[Rendered[Notification]]:
    """These notifications, in this order; one whose post or other subject the reader may no longer see is left out.

    So is one whose account was removed at this moment. What the `listener` does not know is said in words.

    Costs: those of accounts, of statuses and of what is attached, whatever the number.
    """
    shown = await accounts_by_id(ctx, db, list(dict.fromkeys(one.from_id for one in told)))
    wanted = list(dict.fromkeys(one.post_id for one in told if one.post_id is not None))
    posts = await statuses_by_id(ctx, db, viewer, wanted, listed=False)
    attached = await attachments(ctx, db, viewer, told)
    made: list[Rendered[Notification]] = []
    for one in told:
        if one.from_id not in shown:
            continue
        values = [
            b'"%d"' % one.id,
            f'"{one.kind}"'.encode(),
            f'"{one.group_key}"'.encode(),
            f'"{datetime_text(one.created_at)}"'.encode(),
            shown[one.from_id].data,
        ]
        if one.post_id is not None:
            if one.post_id not in posts:
                continue
            values.append(posts[one.post_id].data)
        whole = fill(_BLANK[one.post_id is not None, one.filtered], values)
        if one.kind in ATTACHED:
            if one.id not in attached:
                continue
            whole = whole[:-1] + attached[one.id] + b"}"
        if words := in_words(one, shown[one.from_id].data, listener):
            whole = whole[:-1] + words + b"}"
        made.append(Rendered(whole))
    return made
