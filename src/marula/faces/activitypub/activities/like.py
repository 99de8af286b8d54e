"""Like, and EmojiReact: somebody likes a post of ours. Whatever they react with, it is a favourite here.

Spec: ActivityPub 7.10; FEP-c0e0 (reactions); federation practice, inbox rules (Like)
"""

from marula.base.kernel.ids import PostId
from marula.domain import actors, intake, interactions, posts
from marula.domain.context import Context
from marula.faces.activitypub.activities.registry import Accepted, Activity, Ignored, Outcome, Undone, receives, undoes

NOT_OURS = Ignored("it is about no post of this server")


@receives("Like", "EmojiReact")
async def receive_like(ctx: Context, activity: Activity) -> Outcome:
    """Mark a post as favourite, once, when its author could let this actor read it."""
    post = _post(ctx, activity.object_uri)
    if post is None or activity.object_uri is None:
        return NOT_OURS
    async with ctx.db.transaction() as tx:
        if await intake.taken_back(tx, activity.actor_uri, activity.id, tx.now):
            return Ignored("it was taken back before it came")
        found = await posts.readable(tx, activity.actor, post)
        if not found.local or found.reblog_of_id is not None:
            return NOT_OURS
        await interactions.favourite(tx, activity.actor, found)
        await intake.note(tx, activity.id, activity.actor, "like", activity.object_uri)
    return Accepted()


@undoes("Like", "EmojiReact")
async def undo_like(ctx: Context, activity: Activity, what: Undone) -> Outcome:
    """Take the mark back, unless the same actor reacted in another way, too, and that still holds."""
    post = _post(ctx, what.object_uri)
    if post is None or what.object_uri is None:
        return NOT_OURS
    async with ctx.db.transaction() as tx:
        if what.uri is None:
            await intake.forget_deeds(tx, activity.actor, "like", what.object_uri)
        else:
            await intake.forget_deed(tx, activity.actor, what.uri)
        if await intake.latest_deed(tx, activity.actor, "like", what.object_uri) is not None:
            return Accepted()
        found = await posts.by_id(tx, post)
        gone = found is not None and await interactions.unfavourite(tx, activity.actor, found)
    return Accepted() if gone else Ignored("it was no favourite")


def _post(ctx: Context, uri: str | None) -> PostId | None:
    return None if uri is None else actors.post_of(ctx.config, uri)
