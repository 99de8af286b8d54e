"""What time does to announcements."""

from datetime import timedelta

from marula.base.jobs import every, job
from marula.domain.announcements import actions, rules, store
from marula.domain.context import Context

BATCH = 100


@every(timedelta(minutes=1))
@job(lane="upkeep")
async def publish_scheduled(ctx: Context) -> None:
    """Publish those whose time has come. Records: AnnouncementPublished for each."""
    while True:
        async with ctx.db.transaction() as tx:
            due = await store.due(tx, BATCH)
            for announcement in due:
                await actions.publish(tx, announcement)
        if len(due) < BATCH:
            return


@every(timedelta(minutes=1))
@job(lane="upkeep")
async def withdraw_ended(ctx: Context) -> None:
    """Take back those that are over. Records: AnnouncementWithdrawn for each."""
    async with ctx.db.transaction() as tx:
        for announcement in await store.ending(tx):
            end = rules.over(announcement)
            if end is not None and end <= tx.now:
                await actions.unpublish(tx, announcement.id)
