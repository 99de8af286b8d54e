"""Direct threads as whoever takes part sees them.

Spec: Mastodon documentation, entities/Conversation
"""

from collections.abc import Sequence

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.domain.context import Context
from marula.domain.conversations import DirectThread
from marula.entities import Account, Conversation, Status, rendered
from marula.views.account import accounts_by_id
from marula.views.status import statuses_by_id


async def conversations(
    ctx: Context, db: Connection, viewer: AccountId, threads: Sequence[DirectThread]
) -> list[Conversation]:
    """These threads of the viewer, in this order; the last post only when they may see it.

    Whoever writes to nobody, or to people who are all gone, talks to themselves.
    Costs: those of accounts and of statuses, whatever the number.
    """
    people = {one for thread in threads for one in thread.participants}
    found = await accounts_by_id(ctx, db, [*people, viewer])
    shown = {one: rendered(Account, account.data) for one, account in found.items()}
    posts = await statuses_by_id(ctx, db, viewer, [thread.last_post_id for thread in threads], listed=False)
    return [
        Conversation(
            id=str(thread.id),
            unread=thread.unread,
            accounts=[shown[one] for one in thread.participants if one in shown] or [shown[viewer]],
            last_status=None if thread.last_post_id not in posts else rendered(Status, posts[thread.last_post_id].data),
        )
        for thread in threads
    ]
