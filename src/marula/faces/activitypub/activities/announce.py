"""Announce: somebody shares a post with their followers.

Spec: ActivityPub 7.11; FEP-1b12 (groups); federation practice, inbox rules (Announce)
"""

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import accounts, actors, intake, posts, relationships
from marula.domain.context import Context
from marula.domain.posts import Post, Visibility
from marula.faces.activitypub import ingest
from marula.faces.activitypub.activities import passing
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
from marula.faces.activitypub.ingest import Sent
from marula.faces.activitypub.reading import Document, id_of, kind_of, same_origin
from marula.faces.activitypub.reading.values import LONGEST_URI, PUBLIC, document, moment

WRAPPED = "Create"
"""The activity that groups share in place of what was written."""


UNFOLLOWED = Ignored("nobody here follows who shares it")


@receives("Announce")
async def receive_announce(ctx: Context, activity: Activity) -> Outcome:
    """Boost a post, once: one of ours, one that is known, or one that its own server gives.

    Of a group, do what it passes on.
    """
    group = await _group(ctx, activity.actor)
    passed = activity.embedded
    if group is not None and passed is not None and _is_activity(passed) and kind_of(passed) != WRAPPED:
        if not await passing.concerns_us(ctx, activity, passed):
            return UNFOLLOWED
        return await passing.receive(ctx, activity, passed)
    inner, uri = _shared(activity)
    if activity.id is None or len(activity.id.encode()) > LONGEST_URI:
        return Rejected("it has no id that can be kept")
    if uri is None:
        return Ignored("it shares nothing that can be shared here")
    if not await _concerns_us(ctx, activity, uri):
        return UNFOLLOWED
    post = await _post(ctx, activity, inner, uri, group)
    if post is None:
        return Ignored("what it shares cannot be had")
    return await _boost(ctx, activity, activity.id, post, uri, group)


@undoes("Announce")
async def undo_announce(ctx: Context, activity: Activity, what: Undone) -> Outcome:
    """Take a boost back."""
    async with ctx.db.transaction() as tx:
        about = what.object_uri or what.uri
        found = None if about is None else await _known(ctx, tx, about)
        if found is None or about is None:
            return Ignored("it did not share this")
        await intake.forget_deeds(tx, activity.actor, "announce", about)
        gone = await posts.unboost(tx, activity.actor, found.id)
    return Accepted() if gone else Ignored("it did not share this")


def _shared(activity: Activity) -> tuple[Document | None, str | None]:
    """What is shared, as far as it is there, and its id. Of an activity that a group passes on, its object."""
    embedded = activity.embedded
    if embedded is None or not _is_activity(embedded):
        return embedded, activity.object_uri
    if kind_of(embedded) != WRAPPED:
        return None, None
    return document(embedded.get("object")), id_of(embedded.get("object"))


def _is_activity(embedded: Document) -> bool:
    return "actor" in embedded and "object" in embedded


async def _group(ctx: Context, actor: AccountId) -> AccountId | None:
    """Who shares it, when that is a group."""
    async with ctx.db.reading() as db:
        who = await accounts.by_id(db, actor)
    return actor if who is not None and who.actor_type == "Group" else None


async def _known(ctx: Context, db: Connection, uri: str) -> Post | None:
    """The post with this id, of this server or another one; of a boost what is boosted."""
    found = (await ingest.known(ctx, db, [uri])).get(uri)
    post = None if found is None else await posts.by_id(db, found)
    if post is None or post.reblog_of_id is None:
        return post
    return await posts.by_id(db, post.reblog_of_id)


async def _concerns_us(ctx: Context, activity: Activity, uri: str) -> bool:
    if actors.post_of(ctx.config, uri) is not None:
        return True
    async with ctx.db.reading() as db:
        return bool(await relationships.local_followers(db, activity.actor, AccountId(0), 1))


async def _post(
    ctx: Context, activity: Activity, inner: Document | None, uri: str, group: AccountId | None
) -> PostId | None:
    """The post that is shared. Only what the actor wrote itself is taken from its hand, and of a group what was written
    on its own server; everything else is fetched from where it belongs.
    """
    async with ctx.db.reading() as db:
        known = await _known(ctx, db, uri)
    if known is not None:
        return known.id
    own = inner is not None and id_of(inner.get("attributedTo")) == activity.actor_uri and "type" in inner
    if own and inner is not None:
        sent = Sent(author=activity.actor, author_uri=activity.actor_uri)
        return await ingest.take(ctx, inner, sent=sent)
    if group is not None and inner is not None and "attributedTo" in inner and same_origin(uri, activity.actor_uri):
        return await ingest.take(ctx, inner, group=group)
    async with ctx.db.reading() as db:
        reader = await relationships.local_followers(db, activity.actor, AccountId(0), 1)
    return await ingest.fetched(ctx, uri, signer=reader[0] if reader else None, group=group)


async def _boost(
    ctx: Context, activity: Activity, identifier: str, post: PostId, uri: str, group: AccountId | None
) -> Outcome:
    """Write the boost. A group shares what begins a thread; the answers are where they belong."""
    async with ctx.db.transaction() as tx:
        if await intake.taken_back(tx, activity.actor_uri, activity.id, tx.now):
            return Ignored("it was taken back before it came")
        found = await posts.readable(tx, activity.actor, post)
        if group is not None:
            await posts.join_group(tx, found.id, group)
        if group is not None and (found.in_reply_to_id is not None or found.answers_others):
            return Ignored("a group shares an answer, which is in its thread")
        if not posts.rules.may_boost(found, activity.actor):
            return Rejected("what it shares is not for everybody")
        if await posts.by_uris(tx, [identifier]):
            return Accepted()
        said = moment(activity.document.get("published")) or tx.now
        await posts.boost(
            tx,
            activity.actor,
            found,
            visibility=_reach(activity),
            uri=identifier,
            created_at=min(said, tx.now),
        )
        await intake.note(tx, activity.id, activity.actor, "announce", uri)
    return Accepted()


def _reach(activity: Activity) -> Visibility:
    if PUBLIC in activity.to or not (activity.to or activity.cc):
        return Visibility.PUBLIC
    return Visibility.UNLISTED if PUBLIC in activity.cc else Visibility.PRIVATE
