"""The jobs of posts."""

from datetime import timedelta

from marula.base.events import record
from marula.base.jobs import every, job
from marula.base.kernel.ids import PollId
from marula.domain.context import Context
from marula.domain.posts import store
from marula.domain.posts.events import PollEnded


@job(lane="now")
async def end_poll(ctx: Context, poll: PollId) -> None:
    """Say that a poll is over, unless it was removed or prolonged meanwhile. Records: PollEnded, once."""
    async with ctx.db.transaction() as tx:
        found = await store.close_poll(tx, poll)
        if found is not None:
            await record(tx, PollEnded(poll_id=found.id, post_id=found.post_id, account_id=found.account_id))


@every(timedelta(hours=1))
@job(lane="upkeep")
async def forget_idempotency_keys(ctx: Context) -> None:
    """Remove the idempotency keys whose hour is over."""
    async with ctx.db.transaction("relaxed") as tx:
        await store.forget_keys(tx)
