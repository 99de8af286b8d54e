"""Profiles of ours: what they say now, and that one is gone.

Spec: ActivityPub 6.3 and 6.4; federation practice, activities we emit
"""

from collections.abc import Sequence
from datetime import timedelta

from marula.base.db import Tx
from marula.base.events import reacts_to
from marula.base.jobs import job, later_once
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, actors, deliveries, users
from marula.domain.accounts import AccountDeleted, ProfileRevised
from marula.domain.context import Context
from marula.faces.activitypub.composing.federating import Outgoing, federates, send
from marula.faces.activitypub.profile import profile
from marula.faces.activitypub.vocab import activities
from marula.views.reach import Reach, inboxes

SETTLED = timedelta(seconds=20)
"""How long a profile may go on changing before others are told."""


@reacts_to(ProfileRevised, lane="federation", when=lambda fact: fact.local)
async def revise(ctx: Context, fact: ProfileRevised) -> None:
    """Tell what a profile says, once for all changes until it is told."""
    async with ctx.db.transaction() as tx:
        await later_once(tx, tx.now + SETTLED, f"profile-{fact.account_id}", tell_profile, fact.account_id)


@job(lane="federation")
async def tell_profile(ctx: Context, account: AccountId) -> None:
    """Update of a profile, to those who follow it or are followed by it. Nothing before its person is let in."""
    reach = await _reach(ctx, account)
    if reach is None:
        return
    key = await actors.own_key(ctx, account)
    async with ctx.db.transaction() as tx:
        found = await accounts.by_id(tx, account)
        if found is None:
            return
        document = await profile(ctx, tx, found, key)
        uri = document["id"]
        update = activities.update_actor(ctx.config, account, found.version, document)
        await send(ctx, tx, Outgoing(sender=account, document=update, reach=reach, subject=uri))


@federates(AccountDeleted, when=lambda fact: fact.domain is None)
async def delete(ctx: Context, tx: Tx, fact: AccountDeleted) -> Sequence[Outgoing]:
    """Delete, to every server whose people had to do with the account; its key was kept for this."""
    gone = await actors.departed(tx, fact.account_id)
    if gone is None:
        return []
    document = activities.delete_actor(ctx.config, fact.account_id)
    told = await deliveries.reached(tx, document["object"])
    reach = Reach(inboxes=(*gone.inboxes, *told))
    return [Outgoing(sender=fact.account_id, document=document, reach=reach, subject=document["object"])]


async def _reach(ctx: Context, account: AccountId) -> Reach | None:
    """Who is told of a profile; None when it is nobody, or nobody may know it yet. Then no key is made for it."""
    async with ctx.db.reading() as db:
        user = await users.by_account(db, account)
        if user is None or users.standing(user) in ("unconfirmed", "pending"):
            return None
        told = await deliveries.reached(db, actors.actor_uri(ctx.config, account))
        reach = Reach(followers_of=(account,), followed_by=account, inboxes=tuple(told))
        return reach if await inboxes(ctx, db, reach) else None
