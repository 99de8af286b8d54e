"""Block: somebody wants nothing to do with one of ours.

Spec: ActivityPub 6.9; federation practice, inbox rules (Block)
"""

from marula.domain import accounts, actors, intake, relationships
from marula.domain.context import Context
from marula.faces.activitypub.activities.registry import Accepted, Activity, Ignored, Outcome, Undone, receives, undoes

NOBODY = Ignored("it blocks nobody of this server")


@receives("Block")
async def receive_block(ctx: Context, activity: Activity) -> Outcome:
    """Keep the two apart: follows end in both directions, and one of ours sees nothing of who blocks them."""
    target = None if activity.object_uri is None else actors.account_of(ctx.config, activity.object_uri)
    if target is None:
        return NOBODY
    async with ctx.db.transaction() as tx:
        if await intake.taken_back(tx, activity.actor_uri, activity.id, tx.now):
            return Ignored("it was taken back before it came")
        found = await accounts.by_id(tx, target)
        if found is None or target == accounts.INSTANCE:
            return NOBODY
        await relationships.block(tx, activity.actor, target)
        await intake.forget_deeds(tx, activity.actor, "follow", actors.actor_uri(ctx.config, target))
        await intake.note(tx, activity.id, activity.actor, "block", actors.actor_uri(ctx.config, target))
    return Accepted()


@undoes("Block")
async def undo_block(ctx: Context, activity: Activity, what: Undone) -> Outcome:
    """Lift the block. What it ended stays ended."""
    target = None if what.object_uri is None else actors.account_of(ctx.config, what.object_uri)
    if target is None:
        return NOBODY
    async with ctx.db.transaction() as tx:
        blocked = any(one.blocking for one in await relationships.relationships(tx, activity.actor, [target]))
        await intake.forget_deeds(tx, activity.actor, "block", actors.actor_uri(ctx.config, target))
        await relationships.unblock(tx, activity.actor, target)
    return Accepted() if blocked else Ignored("it blocks nobody")
