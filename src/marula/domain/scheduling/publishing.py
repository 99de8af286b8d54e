"""A post to come becomes a post, or is set aside."""

from marula.base.db import Connection, Tx
from marula.base.events import record
from marula.base.kernel.errors import Forbidden
from marula.domain import posts, users
from marula.domain.context import Context
from marula.domain.posts import Draft
from marula.domain.scheduling import store
from marula.domain.scheduling.events import ScheduledPostFailed
from marula.domain.scheduling.types import Scheduled

NOT_IN_GOOD_STANDING = "Your account cannot post at the moment"


async def draft(ctx: Context, db: Connection, due: Scheduled) -> Draft:
    """What the post says, as things stand now. Raises as posts.draft, and Forbidden when its author may not act."""
    author = await users.by_account(db, due.account_id)
    if author is None or users.standing(author) != "ok":
        raise Forbidden(NOT_IN_GOOD_STANDING)
    return await posts.draft(ctx, db, due.account_id, due.asked, scheduled=due.id)


async def publish(tx: Tx, due: Scheduled, drafted: Draft) -> None:
    """Write the post and remove the row, both or neither. Nothing happens when that was done before.

    Records: PostPublished. Raises: as posts.publish.
    """
    if await store.take(tx, due.id):
        post = await posts.publish(tx, due.account_id, drafted)
        await posts.rebind_keys(tx, due.account_id, due.id, post)


async def set_aside(tx: Tx, due: Scheduled, why: str) -> None:
    """Keep what cannot be published, with the reason. Records: ScheduledPostFailed, once."""
    if await store.set_aside(tx, due.id, why):
        await record(
            tx,
            ScheduledPostFailed(scheduled_id=due.id, account_id=due.account_id, scheduled_at=due.scheduled_at),
        )
