"""What follows for relationships from what happens, and from time passing."""

from datetime import timedelta

from marula.base.events import reacts_to, record
from marula.base.jobs import every, job, later
from marula.base.kernel.ids import AccountId
from marula.domain import accounts
from marula.domain.accounts import ProfileRevised
from marula.domain.context import Context
from marula.domain.relationships import actions, severing
from marula.domain.relationships.events import AccountUnmuted, DomainHidden
from marula.domain.relationships.store import apart, follows, severed

BATCH = 500

SEVERED = 50
"""People from whom somebody is severed in one transaction."""


@reacts_to(ProfileRevised, when=lambda event: event.local)
async def grant_waiting(ctx: Context, event: ProfileRevised) -> None:
    """Let those follow who asked an account that is no longer locked; limited accounts go on waiting."""
    async with ctx.db.transaction() as tx:
        account = await accounts.by_id(tx, event.account_id)
        if account is None or account.locked:
            return
        for requester in await follows.waiting(tx, account.id):
            await actions.authorize_request(tx, account.id, requester)


@reacts_to(DomainHidden)
async def sever(ctx: Context, event: DomainHidden) -> None:
    """End the first follows between somebody and a server they hide."""
    await _sever(ctx, event.account_id, event.domain)


@job(lane="now")
async def sever_further(ctx: Context, who: AccountId, domain: str) -> None:
    """End the next of them."""
    await _sever(ctx, who, domain)


async def _sever(ctx: Context, who: AccountId, domain: str) -> None:
    async with ctx.db.transaction() as tx:
        if await severing.sever(tx, who, domain, SEVERED):
            await later(tx, sever_further, who, domain)


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


@every(timedelta(days=1))
@job(lane="upkeep")
async def forget_severed(ctx: Context) -> None:
    """Remove the follows with blocked servers that nobody gave back for half a year."""
    async with ctx.db.transaction("relaxed") as tx:
        await severed.forget(tx)
