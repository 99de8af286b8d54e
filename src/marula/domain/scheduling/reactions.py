"""What happens when the time of a post has come."""

from marula.base.events import reacts_to
from marula.base.jobs import job
from marula.base.kernel.errors import Forbidden, Gone, Invalid, NotFound, Refused
from marula.base.kernel.ids import ScheduledId
from marula.domain import site, users
from marula.domain.context import Context
from marula.domain.scheduling import letters, publishing, store
from marula.domain.scheduling.events import ScheduledPostFailed

FINAL = (NotFound, Gone, Forbidden, Invalid, Refused)
"""Refusals that another attempt would meet again."""


@job(lane="now", priority=-1)
async def publish_due(ctx: Context, scheduled: ScheduledId) -> None:
    """Publish a post whose time has come, once, or set it aside with the reason why it cannot be.

    A post that was given another time, or removed, is left alone.
    """
    async with ctx.db.reading() as db:
        due = await store.due(db, scheduled, ctx.clock.now())
    if due is None:
        return
    try:
        async with ctx.db.reading() as db:
            drafted = await publishing.draft(ctx, db, due)
        async with ctx.db.transaction() as tx:
            await publishing.publish(tx, due, drafted)
    except FINAL as refusal:
        async with ctx.db.transaction() as tx:
            await publishing.set_aside(tx, due, refusal.why)


@reacts_to(ScheduledPostFailed, lane="mail")
async def tell_author(ctx: Context, event: ScheduledPostFailed) -> None:
    """Tell by mail that a post was not published, and why."""
    title = (await site.get(ctx)).title
    async with ctx.db.transaction() as tx:
        kept = await store.one(tx, event.account_id, event.scheduled_id)
        author = await users.by_account(tx, event.account_id)
        if kept is None or kept.failure is None or author is None:
            return
        subject, body = letters.not_published(author.username, kept, title=title)
        once = f"unpublished-{event.scheduled_id}-{event.scheduled_at.isoformat()}"
        await users.write_mail(tx, author.email, subject, body, once=once)
