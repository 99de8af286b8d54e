"""The jobs of departures."""

from datetime import timedelta

from marula.base.jobs import every, job, later
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, actors, users
from marula.domain.context import Context
from marula.domain.departures import actions, store


@job(lane="upkeep")
async def remove(ctx: Context, who: AccountId) -> None:
    """Remove an account for good: what it gave others, in batches, then the account itself.

    Of a local one it is kept before what others will be told. Stopped in between, it goes on where it was.
    Records: PostDeleted for each post, AccountDeleted.
    """
    await _prepare(ctx, who)
    more = True
    while more:
        async with ctx.db.transaction() as tx:
            more = await actions.take_back(tx, who)
    async with ctx.db.transaction() as tx:
        await users.delete(tx, who)


async def _prepare(ctx: Context, who: AccountId) -> None:
    """Keep what others will be told, and the key with which it is signed; it is made for this if need be.

    Who is of another server tells of it there.
    """
    async with ctx.db.reading() as db:
        account = await accounts.by_id(db, who)
        if account is None or not account.local:
            return
        known = await store.acquainted(db, who)
    if known:
        await actors.own_key(ctx, who)
    async with ctx.db.transaction() as tx:
        await actors.depart(tx, who, known)


@every(timedelta(days=1))
@job(lane="upkeep")
async def remove_abandoned(ctx: Context) -> None:
    """Remove sign-ups that were never confirmed."""
    async with ctx.db.transaction() as tx:
        for account in await users.abandoned(tx):
            await later(tx, remove, account)
