"""What is tidied up of OAuth applications."""

from datetime import timedelta

from marula.base.jobs import every, job
from marula.domain.apps import store
from marula.domain.context import Context


@every(timedelta(hours=1))
@job(lane="upkeep")
async def forget_grants(ctx: Context) -> None:
    """Remove consents that nobody exchanged in time."""
    async with ctx.db.transaction("relaxed") as tx:
        await store.delete_expired_grants(tx)
