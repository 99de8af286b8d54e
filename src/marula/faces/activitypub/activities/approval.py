"""What the authors of posts elsewhere say to likes, answers and boosts of ours that they want to be asked for.

Spec: GoToSocial documentation, interaction policies (Accept and Reject); federation practice, interaction policies
"""

from marula.base.db import Tx
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import actors, interactions, posts
from marula.domain.context import Context
from marula.domain.posts import Post
from marula.faces.activitypub.activities.registry import Accepted, Activity, Ignored, Outcome, Rejected
from marula.faces.activitypub.reading import id_of, same_origin

UNASKED = Ignored("it answers nothing that one of ours did with a post of theirs")


async def settle(ctx: Context, activity: Activity, *, agreed: bool) -> Outcome | None:
    """Show that they approve an answer; take back what they refuse. None when it is about none of these.

    An answer that is refused stays with who wrote it: their followers may read it, only its author's server does not
    show it.
    """
    uri = activity.object_uri
    like = None if uri is None else actors.like_of(ctx.config, uri)
    post = None if uri is None else actors.post_of(ctx.config, uri)
    if like is not None:
        _, kind, number = like
        return Accepted() if agreed else await _unlike(ctx, activity, kind, number)
    if post is None:
        return None
    stamp = id_of(activity.document.get("result")) if agreed else None
    if stamp is not None and not same_origin(stamp, activity.actor_uri):
        return Rejected("the consent is of another server than who gives it")
    async with ctx.db.transaction() as tx:
        found = await posts.by_id(tx, post)
        if found is None or not found.local:
            return UNASKED
        if found.reblog_of_id is not None:
            return await _boosted(tx, activity.actor, found, found.reblog_of_id, agreed=agreed)
        if not await _is_of(tx, found.in_reply_to_id, activity.actor):
            return UNASKED
        await posts.approve_answer(tx, found, stamp)
    return Accepted()


async def _unlike(ctx: Context, activity: Activity, kind: str, number: int) -> Outcome:
    async with ctx.db.transaction() as tx:
        if kind == "likes":
            marked = await interactions.favourite_of(tx, number)
            who, post = marked if marked is not None else (None, None)
        else:
            reaction = await interactions.reaction_of(tx, number)
            who, post = (None, None) if reaction is None else (reaction.account_id, reaction.post_id)
        found = None if post is None else await posts.by_id(tx, post)
        if who is None or found is None or found.account_id != activity.actor:
            return UNASKED
        await interactions.unfavourite(tx, who, found)
    return Accepted()


async def _boosted(tx: Tx, actor: AccountId, boost: Post, boosted: PostId, *, agreed: bool) -> Outcome:
    if not await _is_of(tx, boosted, actor):
        return UNASKED
    if not agreed:
        await posts.unboost(tx, boost.account_id, boosted)
    return Accepted()


async def _is_of(tx: Tx, post: PostId | None, who: AccountId) -> bool:
    found = None if post is None else await posts.by_id(tx, post)
    return found is not None and found.account_id == who
