"""Like, and EmojiReact: somebody likes a post of ours, or says with an emoji what they feel. Each is a favourite.

Spec: ActivityPub 7.10; FEP-c0e0 (reactions); federation practice, inbox rules (Like)
"""

from marula.base.db import Tx
from marula.base.kernel.ids import PostId
from marula.domain import actors, boundaries, emoji, intake, interactions, posts, servers
from marula.domain.context import Context
from marula.domain.interactions import Chosen, Reacted
from marula.domain.posts import Post
from marula.faces.activitypub.activities.registry import Accepted, Activity, Ignored, Outcome, Undone, receives, undoes
from marula.faces.activitypub.reading import Document, read_emojis, read_reaction

NOT_OURS = Ignored("it is about no post of this server")


@receives("Like", "EmojiReact")
async def receive_like(ctx: Context, activity: Activity) -> Outcome:
    """Mark a post as favourite, once, when its author could let this actor read it; keep the emoji it is liked with.

    Words that are no emoji are left out.
    """
    post = _post(ctx, activity.object_uri)
    if post is None or activity.object_uri is None:
        return NOT_OURS
    chosen = _chosen(ctx, activity, activity.document)
    async with ctx.db.transaction() as tx:
        if await intake.taken_back(tx, activity.actor_uri, activity.id, tx.now):
            return Ignored("it was taken back before it came")
        found = await posts.readable(tx, activity.actor, post)
        if not found.local or found.reblog_of_id is not None:
            return NOT_OURS
        await interactions.uncount_like(tx, found, activity.actor_uri)
        if chosen is None:
            await interactions.favourite(tx, activity.actor, found)
        else:
            await _learn_emoji(ctx, tx, activity, chosen)
            await interactions.react(tx, activity.actor, found, chosen, uri=activity.id)
        await intake.note(tx, activity.id, activity.actor, "like", activity.object_uri)
    return Accepted()


@receives("Dislike")
async def receive_dislike(ctx: Context, activity: Activity) -> Outcome:
    """Who dislikes a post of ours likes it no longer. Dislikes are shown to nobody, to harm nobody."""
    post = _post(ctx, activity.object_uri)
    if post is None:
        return NOT_OURS
    async with ctx.db.transaction() as tx:
        found = await posts.readable(tx, activity.actor, post)
        gone = await interactions.unfavourite(tx, activity.actor, found)
    return Accepted() if gone else Ignored("dislikes are not kept")


@undoes("Like", "EmojiReact")
async def undo_like(ctx: Context, activity: Activity, what: Undone) -> Outcome:
    """Take a reaction or the mark back. The mark stays while the same actor likes it in another way, too."""
    post = _post(ctx, what.object_uri)
    if post is None or what.object_uri is None:
        return NOT_OURS
    async with ctx.db.transaction() as tx:
        if what.uri is None:
            await intake.forget_deeds(tx, activity.actor, "like", what.object_uri)
        else:
            await intake.forget_deed(tx, activity.actor, what.uri)
        found = await posts.by_id(tx, post)
        if found is None:
            return Ignored("it was no favourite")
        given = await interactions.reactions_by(tx, activity.actor, post)
        meant = _meant(given, what.uri, _chosen(ctx, activity, activity.embedded or {}))
        if meant is not None:
            return _gone(await interactions.unreact(tx, activity.actor, found, meant.chosen))
        if what.uri is not None and await intake.latest_deed(tx, activity.actor, "like", what.object_uri) is not None:
            return await _without_mark(tx, activity, found, given)
        return _gone(await interactions.unfavourite(tx, activity.actor, found))


async def _without_mark(tx: Tx, activity: Activity, post: Post, given: list[Reacted]) -> Outcome:
    """One of several likes is taken back. Where the others are reactions, the mark goes with these now."""
    if given:
        await interactions.stand_alone(tx, activity.actor, post.id, reacted=True)
    return Accepted()


async def _learn_emoji(ctx: Context, tx: Tx, activity: Activity, chosen: Chosen) -> None:
    """Keep the picture of a custom emoji that the reaction brings, when it is one of the actor's own server."""
    domain = servers.host_of(activity.actor_uri)
    if chosen.domain == domain and not (await boundaries.stance(ctx, domain)).reject_media:
        brought = dict(read_emojis(activity.document.get("tag")))
        await emoji.learn(tx, domain, [(chosen.name, brought[chosen.name])] if chosen.name in brought else [])


def _meant(given: list[Reacted], uri: str | None, chosen: Chosen | None) -> Reacted | None:
    """Which reaction is taken back: the one that this activity brought, else the one with its emoji."""
    by_id = next((one for one in given if uri is not None and one.uri == uri), None)
    return by_id or next((one for one in given if one.chosen == chosen), None)


def _gone(gone: bool) -> Outcome:
    return Accepted() if gone else Ignored("it was no favourite")


def _chosen(ctx: Context, activity: Activity, said: Document) -> Chosen | None:
    return read_reaction(said, servers.host_of(activity.actor_uri), ctx.config.local_domain)


def _post(ctx: Context, uri: str | None) -> PostId | None:
    return None if uri is None else actors.post_of(ctx.config, uri)
