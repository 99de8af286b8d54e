"""Follow: somebody wants to follow one of ours.

Spec: ActivityPub 7.5; federation practice, inbox rules (Follow)
"""

from marula.base.db import Tx
from marula.base.kernel.errors import Forbidden
from marula.base.kernel.ids import AccountId
from marula.domain import actors, intake, relationships, users
from marula.domain.accounts import INSTANCE
from marula.domain.context import Context
from marula.faces.activitypub.activities.answering import answer
from marula.faces.activitypub.activities.registry import (
    Accepted,
    Activity,
    Ignored,
    Outcome,
    Rejected,
    Undone,
    receives,
    undoes,
)

NOBODY = Ignored("it follows nobody of this server")


@receives("Follow")
async def receive_follow(ctx: Context, activity: Activity) -> Outcome:
    """Follow, or ask where that is wanted. Who follows already is told so again; who may not is refused."""
    target = None if activity.object_uri is None else actors.account_of(ctx.config, activity.object_uri)
    if target is None:
        return NOBODY
    async with ctx.db.transaction() as tx:
        if await intake.taken_back(tx, activity.actor_uri, activity.id, tx.now):
            return Ignored("it was taken back before it came")
        if not await _can_be_followed(tx, target):
            return NOBODY
        try:
            await relationships.follow(tx, activity.actor, target)
        except Forbidden:
            await answer(ctx, tx, target, "rejects", activity)
            return Rejected("whom it follows does not want that, or cannot be followed")
        await intake.note(tx, activity.id, activity.actor, "follow", actors.actor_uri(ctx.config, target))
        (standing,) = await relationships.relationships(tx, activity.actor, [target])
        if standing.following:
            await answer(ctx, tx, target, "accepts", activity)
    return Accepted()


@undoes("Follow")
async def undo_follow(ctx: Context, activity: Activity, what: Undone) -> Outcome:
    """Follow no longer, or no longer ask to."""
    target = None if what.object_uri is None else actors.account_of(ctx.config, what.object_uri)
    if target is None:
        return Ignored("it followed nobody of this server")
    async with ctx.db.transaction() as tx:
        known = await relationships.relationships(tx, activity.actor, [target])
        await intake.forget_deeds(tx, activity.actor, "follow", actors.actor_uri(ctx.config, target))
        await relationships.unfollow(tx, activity.actor, target)
    if not any(one.following or one.requested for one in known):
        return Ignored("it does not follow")
    return Accepted()


async def _can_be_followed(tx: Tx, target: AccountId) -> bool:
    """Whether there is somebody: the server itself, who refuses, or a person who was let in."""
    if target == INSTANCE:
        return True
    user = await users.by_account(tx, target)
    return user is not None and users.standing(user) not in ("unconfirmed", "pending")
