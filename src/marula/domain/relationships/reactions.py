"""What follows for relationships from what happens, and from time passing."""

from datetime import timedelta

from marula.base.events import reacts_to, record
from marula.base.jobs import every, job
from marula.domain import accounts
from marula.domain.accounts import ProfileRevised
from marula.domain.context import Context
from marula.domain.relationships import actions
from marula.domain.relationships.events import AccountUnmuted
from marula.domain.relationships.store import apart, follows

BATCH = 500


@reacts_to(ProfileRevised, when=lambda event: event.local)
async def grant_waiting(ctx: Context, event: ProfileRevised) -> None:
    """Let those follow who asked an account that is no longer locked; limited accounts go on waiting."""
    async with ctx.db.transaction() as tx:
        account = await accounts.by_id(tx, event.account_id)
        if account is None or account.locked:
            return
        for requester in await follows.waiting(tx, account.id):
            await actions.authorize_request(tx, account.id, requester)


@every(timedelta(minutes=1))
@job(lane="upkeep")
async def end_mutes(ctx: Context) -> None:
    """End the mutes whose time is over. Records: AccountUnmuted for each."""
    while True:
        async with ctx.db.transaction() as tx:
            ended = await apart.end_expired_mutes(tx, BATCH)
            for who, whom in ended:
                await record(tx, AccountUnmuted(account_id=who, target_id=whom))
        if len(ended) < BATCH:
            return
