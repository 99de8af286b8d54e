"""How many follow somebody of another server, whom they follow, and how much they wrote: as their server says.

Spec: ActivityPub 5 (collections); federation practice, remote accounts (counts are hints only)
"""

from marula.base.jobs import job
from marula.base.kernel.ids import AccountId
from marula.base.observe import logs
from marula.domain import accounts, actors
from marula.domain.context import Context
from marula.faces.activitypub.fetching.documents import FAILURES, at
from marula.faces.activitypub.reading import same_origin
from marula.faces.activitypub.reading.values import number

log = logs.logger("fetching")


@job(lane="fetching", attempts=2)
async def count(ctx: Context, account: AccountId) -> None:
    """Ask the server of an actor for its counts, and keep what it says. What it hides, or cannot say now, stays."""
    async with ctx.db.reading() as db:
        found = await accounts.by_id(db, account)
        addresses = (await actors.addresses_of(db, [account])).get(account)
    if found is None or found.uri is None or found.suspended_at is not None or addresses is None:
        return
    wanted = (addresses.followers, addresses.following, addresses.outbox)
    followers, following, statuses = [await _total(ctx, found.uri, address) for address in wanted]
    async with ctx.db.transaction("relaxed") as tx:
        await accounts.hint(tx, account, followers=followers, following=following, statuses=statuses)


async def _total(ctx: Context, actor: str, address: str | None) -> int | None:
    """How much a collection of an actor holds; None when its server does not say."""
    if address is None or not same_origin(actor, address):
        return None
    try:
        found, here = await at(ctx, address)
    except FAILURES as error:
        log.info("a count cannot be had", address=address, reason=str(error))
        return None
    return number(found.get("totalItems")) if same_origin(actor, here) else None
