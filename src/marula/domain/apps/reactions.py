"""What follows when sessions end, and what is tidied up of OAuth applications."""

from datetime import timedelta

from marula.base.events import reacts_to
from marula.base.jobs import every, job
from marula.domain.apps import actions, store
from marula.domain.context import Context
from marula.domain.users import SessionsEnded


@reacts_to(SessionsEnded)
async def end_tokens(ctx: Context, fact: SessionsEnded) -> None:
    """The web app of those sessions calls no more."""
    async with ctx.db.transaction() as tx:
        await actions.end_with_sessions(tx, fact.session_ids)


@every(timedelta(hours=1))
@job(lane="upkeep")
async def forget_grants(ctx: Context) -> None:
    """Remove consents that nobody exchanged in time."""
    async with ctx.db.transaction("relaxed") as tx:
        await store.delete_expired_grants(tx)
