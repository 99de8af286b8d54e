"""What follows for discovery from what happens, and its timers."""

from datetime import timedelta

from marula.base.events import reacts_to
from marula.base.jobs import every, job
from marula.domain.accounts import ProfileRevised
from marula.domain.context import Context
from marula.domain.discovery.store import directory


@reacts_to(ProfileRevised)
async def enter_directory(ctx: Context, event: ProfileRevised) -> None:
    """Put somebody into the directory who wants to be found now."""
    async with ctx.db.transaction("relaxed") as tx:
        await directory.enter(tx, event.account_id)


@every(timedelta(minutes=10))
@job(lane="upkeep")
async def refresh_directory(ctx: Context) -> None:
    """Order the directory by who wrote last."""
    async with ctx.db.transaction("relaxed") as tx:
        await directory.refresh(tx)
