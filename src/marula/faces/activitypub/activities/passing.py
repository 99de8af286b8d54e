"""What a group passes on of those who write in it: edits, ends, likes.

Its word alone counts for little: what is said of a post of another server is asked for there. A like cannot be asked
for; it is counted for posts of the group, without a name. Nothing of this comes into a feed.
Spec: FEP-1b12 (groups); federation practice of Lemmy, PieFed, Mbin and NodeBB
"""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from marula.base.kernel.errors import Gone, NotFound
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import actors, interactions, posts, relationships
from marula.domain.context import Context
from marula.domain.posts import Post
from marula.faces.activitypub import fetching, ingest
from marula.faces.activitypub.activities.registry import Accepted, Activity, Ignored, Outcome, Rejected
from marula.faces.activitypub.reading import Document, id_of, kind_of, same_origin
from marula.faces.activitypub.reading.actor import KINDS as ACTORS
from marula.faces.activitypub.reading.values import document

Receive: TypeAlias = Callable[[Context, Activity, Document], Awaitable[Outcome]]

UNKNOWN = Ignored("what it is about is not known here")
TOMBSTONE = "Tombstone"


async def concerns_us(ctx: Context, activity: Activity, passed: Document) -> bool:
    """Whether somebody here follows the group, or it is about a post of ours."""
    about = document(passed.get("object"))
    uri = id_of(about.get("object")) if about is not None and "actor" in about else id_of(passed.get("object"))
    if uri is not None and actors.post_of(ctx.config, uri) is not None:
        return True
    async with ctx.db.reading() as db:
        return bool(await relationships.local_followers(db, activity.actor, AccountId(0), 1))


async def receive(ctx: Context, activity: Activity, passed: Document) -> Outcome:
    """Do what a group passes on. Raises: as handlers of activities."""
    kind = kind_of(passed, tuple(_passed))
    if kind not in _passed:
        return Ignored(f"a group passes on {kind[:60] or 'what has no type'}, which changes nothing here")
    return await _passed[kind](ctx, activity, passed)


async def _update(ctx: Context, activity: Activity, passed: Document) -> Outcome:
    """The newer state of a post or a profile, from where it belongs."""
    uri, whole = id_of(passed.get("object")), document(passed.get("object"))
    if uri is None:
        return Rejected("what is changed has no id")
    if whole is not None and kind_of(whole, ACTORS) in ACTORS:
        return UNKNOWN if await _refreshed(ctx, uri) is None else Accepted()
    post = await _post(ctx, uri)
    if post is None or post.local:
        return UNKNOWN
    trusted = whole is not None and "attributedTo" in whole and same_origin(uri, activity.actor_uri)
    found = whole if whole is not None and trusted else await fetching.document(ctx, uri)
    await ingest.revise(ctx, found, post.id)
    return Accepted()


async def _refreshed(ctx: Context, uri: str) -> AccountId | None:
    async with ctx.db.reading() as db:
        known = (await actors.by_uris(ctx, db, [uri])).get(uri)
    if known is None or actors.account_of(ctx.config, uri) is not None:
        return None
    return await fetching.actor(ctx, uri, fresh=True)


async def _delete(ctx: Context, activity: Activity, passed: Document) -> Outcome:
    """Remove a post that is gone where it belongs; what is there still was only taken out of the group."""
    uri = id_of(passed.get("object"))
    post = None if uri is None else await _post(ctx, uri)
    if uri is None or post is None:
        return UNKNOWN
    gone = not post.local and (same_origin(uri, activity.actor_uri) or await _gone(ctx, uri))
    async with ctx.db.transaction() as tx:
        if gone:
            await posts.delete(tx, post)
        else:
            await posts.unboost(tx, activity.actor, post.id)
    return Accepted()


async def _gone(ctx: Context, uri: str) -> bool:
    """Whether the server of a post says that it is not there. Raises: Unreachable."""
    try:
        return kind_of(await fetching.document(ctx, uri)) == TOMBSTONE
    except (NotFound, Gone):
        return True


async def _like(ctx: Context, activity: Activity, passed: Document) -> Outcome:
    """Count a like of a post of the group, once for each voter."""
    return await _counted(ctx, activity, passed, liked=True)


async def _dislike(ctx: Context, activity: Activity, passed: Document) -> Outcome:
    """Who dislikes a post likes it no longer; dislikes themselves are not shown."""
    return await _counted(ctx, activity, passed, liked=False)


async def _undo(ctx: Context, activity: Activity, passed: Document) -> Outcome:
    """Take a like back, or have a post again that was deleted."""
    inner = document(passed.get("object"))
    if inner is None:
        return Ignored("what it takes back is not told")
    kind = kind_of(inner, ("Like", "EmojiReact", "Delete"))
    if kind in ("Like", "EmojiReact"):
        return await _counted(ctx, activity, inner, liked=False)
    uri = id_of(inner.get("object"))
    if kind != "Delete" or uri is None:
        return Ignored(f"a group passes on the Undo of {kind[:60]}, which changes nothing here")
    return UNKNOWN if await ingest.fetched(ctx, uri, group=activity.actor) is None else Accepted()


async def _counted(ctx: Context, activity: Activity, passed: Document, *, liked: bool) -> Outcome:
    voter, uri = id_of(passed.get("actor")), id_of(passed.get("object"))
    if voter is None or uri is None:
        return Rejected("a vote needs an actor and an object")
    if actors.account_of(ctx.config, voter) is not None:
        return Ignored("it is about one of ours, who do what they do here")
    post = await _post(ctx, uri)
    if post is None:
        return UNKNOWN
    async with ctx.db.transaction() as tx:
        if not await posts.in_group(tx, post.id, activity.actor):
            return Ignored("the post is of another group")
        if liked:
            await interactions.count_like(tx, post, voter)
        else:
            await interactions.uncount_like(tx, post, voter)
    return Accepted()


async def _post(ctx: Context, uri: str) -> Post | None:
    async with ctx.db.reading() as db:
        found: PostId | None = (await ingest.known(ctx, db, [uri])).get(uri)
        return None if found is None else await posts.by_id(db, found)


_passed: dict[str, Receive] = {
    "Update": _update,
    "Delete": _delete,
    "Like": _like,
    "EmojiReact": _like,
    "Dislike": _dislike,
    "Undo": _undo,
}
"""What is done with each type of activity that a group passes on. The others change what only the group shows."""
