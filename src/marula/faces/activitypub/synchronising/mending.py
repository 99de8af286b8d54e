"""What is mended when another server counts others of ours as followers than we do.

Spec: FEP-8fcf; federation practice, followers synchronisation
"""

import msgspec

from marula.base.db import Tx
from marula.base.jobs import job
from marula.base.kernel import ids
from marula.base.kernel.ids import AccountId, FollowId
from marula.base.observe import logs
from marula.domain import actors, deliveries, relationships
from marula.domain.context import Context
from marula.domain.deliveries import Parcel
from marula.faces.activitypub import fetching
from marula.faces.activitypub.fetching import FAILURES
from marula.faces.activitypub.reading import id_of, same_origin
from marula.faces.activitypub.synchronising.digest import Announced, digest
from marula.faces.activitypub.vocab import activities

PAGES = 10
MOST = 5000

log = logs.logger("synchronising")


@job(lane="fetching", attempts=2)
async def mend(ctx: Context, actor: str, said: Announced) -> None:
    """Compare who of ours follows somebody with what their server says, and mend what differs.

    The list of that server counts only when it is what it announced.
    """
    async with ctx.db.reading() as db:
        who = (await actors.by_uris(ctx, db, [actor])).get(actor)
        addresses = {} if who is None else await actors.addresses_of(db, [who])
        ours = [] if who is None else await relationships.followers_here(db, who)
    if who is None or addresses[who].followers != said.collection or not same_origin(actor, said.url):
        return
    known = {actors.actor_uri(ctx.config, one): one for one in ours}
    if digest(known) == said.digest:
        return
    try:
        members = await fetching.members(ctx, said.url, most=MOST, pages=PAGES)
    except FAILURES as error:
        log.info("a list of followers cannot be had", url=said.url, reason=str(error))
        return
    listed = {uri for one in members if (uri := id_of(one)) is not None}
    if digest(listed) != said.digest:
        log.info("a list of followers is not what was announced", url=said.url)
        return
    async with ctx.db.transaction() as tx:
        for uri, one in known.items():
            if uri not in listed:
                await relationships.remove_from_followers(tx, who, one)
        for uri in sorted(listed - known.keys()):
            one = actors.account_of(ctx.config, uri)
            if one is not None:
                await _unknown(ctx, tx, who, one, actor, addresses[who].inbox)


async def _unknown(ctx: Context, tx: Tx, who: AccountId, one: AccountId, actor: str, inbox: str) -> None:
    """Their server counts one of ours whom we do not: they were let in meanwhile, or do not follow any more."""
    if one in await relationships.requesting(tx, who, [one]):
        await relationships.authorize_request(tx, who, one)
        return
    follow = activities.follow(ctx.config, one, FollowId(ids.at(tx.now)), actor)
    undo = activities.undo(follow)
    parcel = Parcel(sender=one, uri=undo["id"], kind="Undo", body=msgspec.json.encode(undo), subject=follow["id"])
    await deliveries.owe(tx, parcel, [inbox])
