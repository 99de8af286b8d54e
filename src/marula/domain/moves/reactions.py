"""What follows when an account moves: its followers of this server go with it."""

from marula.base.db import Tx
from marula.base.events import reacts_to
from marula.base.jobs import job, later
from marula.base.kernel.errors import Forbidden, Invalid, NotFound
from marula.base.kernel.ids import AccountId
from marula.base.observe import logs
from marula.domain import lists, relationships
from marula.domain.context import Context
from marula.domain.moves import store
from marula.domain.moves.events import AccountMoved
from marula.domain.relationships import AccountFollowed, FollowOptions

log = logs.logger("moves")

BATCH = 100
"""Followers whom one transaction takes along."""


@reacts_to(AccountMoved)
async def go_along(ctx: Context, event: AccountMoved) -> None:
    """Begin with the oldest followers, and with what people keep of the account."""
    async with ctx.db.transaction() as tx:
        await relationships.carry_notes(tx, event.account_id, event.target_id)
        for take in (refollow, keep_away):
            await later(tx, take, event.account_id, event.target_id, AccountId(0))


@job(lane="now")
async def refollow(ctx: Context, who: AccountId, target: AccountId, after: AccountId) -> None:
    """Let a batch of those of this server who follow the old account follow the new one, in the order of their ids.

    Who may not (it blocks them, or they follow too many) stays where they are.
    """
    async with ctx.db.reading() as db:
        followers = await relationships.local_followers(db, who, after, BATCH)
    for follower in followers:
        try:
            async with ctx.db.transaction() as tx:
                await _follow_there(tx, follower, who, target)
        except (Forbidden, Invalid, NotFound) as error:
            log.info("a follower stays behind", follower=follower, target=target, reason=str(error))
    if len(followers) == BATCH:
        async with ctx.db.transaction() as tx:
            await later(tx, refollow, who, target, followers[-1])


@job(lane="now")
async def keep_away(ctx: Context, who: AccountId, target: AccountId, after: AccountId) -> None:
    """Let a batch of those of this server who block or mute the old account do so with the new one.

    Who follows the new one already knows it, and is left alone.
    """
    async with ctx.db.reading() as db:
        averse = await relationships.averse_to(db, who, after, BATCH)
    async with ctx.db.transaction() as tx:
        for one in averse:
            (stands,) = await relationships.relationships(tx, one, [target])
            (stood,) = await relationships.relationships(tx, one, [who])
            if stands.following or stands.requested:
                continue
            if stood.blocking:
                await relationships.block(tx, one, target)
            if stood.muting:
                await relationships.mute(tx, one, target, notifications=stood.muting_notifications)
        if len(averse) == BATCH:
            await later(tx, keep_away, who, target, averse[-1])


@reacts_to(AccountFollowed)
async def let_go(ctx: Context, event: AccountFollowed) -> None:
    """Who follows the new account follows the old one no longer."""
    async with ctx.db.transaction() as tx:
        for origin in await store.origins(tx, event.target_id):
            await relationships.unfollow(tx, event.account_id, origin)


async def _follow_there(tx: Tx, follower: AccountId, who: AccountId, target: AccountId) -> None:
    """Follow the new account as the old one is followed, and put it on the same lists."""
    (stands,) = await relationships.relationships(tx, follower, [who])
    if not stands.following or follower == target:
        return
    options = FollowOptions(reblogs=stands.showing_reblogs, notify=stands.notifying, languages=stands.languages)
    await relationships.follow(tx, follower, target, options)
    there = {one.id for one in await lists.with_member(tx, follower, target)}
    for one in await lists.with_member(tx, follower, who):
        if one.id not in there:
            await lists.add(tx, follower, one.id, [target])
