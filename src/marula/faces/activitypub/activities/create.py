"""Create: somebody wrote something, or voted.

Spec: ActivityPub 7.2; federation practice, inbox rules (Create); polls
"""

from typing import Any

from marula.base.kernel.ids import AccountId
from marula.domain import accounts, actors, posts, relationships
from marula.domain.context import Context
from marula.faces.activitypub import fetching, ingest
from marula.faces.activitypub.activities.registry import Accepted, Activity, Ignored, Outcome, Rejected, receives
from marula.faces.activitypub.ingest import Sent
from marula.faces.activitypub.reading import Document, Said, id_of, kind_of, same_origin
from marula.faces.activitypub.reading.post import KINDS
from marula.faces.activitypub.reading.values import many, text

UNCONCERNED = Ignored("it concerns nobody here")

MOST_VOTES = 50
"""Votes that one activity may carry."""


@receives("Create")
async def receive_create(ctx: Context, activity: Activity) -> Outcome:
    """Count votes in polls of ours; write a post when somebody here follows its author or it concerns somebody here."""
    votes = [one for one in many(activity.object)[:MOST_VOTES] if isinstance(one, dict) and _is_vote(one)]
    if votes:
        counted = [await _count(ctx, activity, one) for one in votes]
        if None not in counted:
            return Accepted() if any(counted) else Ignored("its votes do not count")
    found = await whole(ctx, activity)
    if not isinstance(found, dict):
        return found
    return await write(ctx, activity, found)


async def write(ctx: Context, activity: Activity, found: Document) -> Outcome:
    """Write the post in a document that its author sent, when it concerns somebody here."""
    sent = Sent(author=activity.actor, author_uri=activity.actor_uri, inbox_of=activity.inbox_of)
    if not await _concerns_us(ctx, activity, ingest.checked(found, sent)):
        return UNCONCERNED
    await ingest.take(ctx, found, signer=activity.inbox_of, sent=sent)
    return Accepted()


async def whole(ctx: Context, activity: Activity) -> dict[str, Any] | Outcome:
    """The object of an activity: as it was sent when it is the actor's own, else from where it belongs."""
    uri, embedded = activity.object_uri, activity.embedded
    if uri is None:
        return Rejected("its object has no id")
    if not same_origin(uri, activity.actor_uri):
        return Rejected("its object is of another server")
    if embedded is not None and kind_of(embedded, KINDS) in KINDS and "id" in embedded:
        return _addressed(dict(embedded), activity)
    if embedded is not None and len(embedded) > 2:
        return Ignored(f"{kind_of(embedded)[:60] or 'what has no type'} is no post")
    return dict(await fetching.document(ctx, uri, signer=activity.inbox_of))


def _addressed(found: dict[str, Any], activity: Activity) -> dict[str, Any]:
    """The object, with the audience of its activity when it has none of its own."""
    if any(found.get(name) for name in ("to", "cc", "audience")):
        return found
    return found | {"to": list(activity.to), "cc": list(activity.cc)}


async def _concerns_us(ctx: Context, activity: Activity, said: Said) -> bool:
    """Whether somebody here follows its author, is named, addressed or answered, or reads the thread it belongs to."""
    if activity.inbox_of is not None:
        return True
    named = [*(uri for uri, _ in said.mentions), *said.to, *said.cc]
    ours = {found for uri in named if (found := actors.account_of(ctx.config, uri)) is not None} - {actors.INSTANCE}
    async with ctx.db.reading() as db:
        if ours and await accounts.many(db, sorted(ours)):
            return True
        if await relationships.local_followers(db, activity.actor, AccountId(0), 1):
            return True
        if await posts.awaited(db, said.uri):
            return True
        above = None if said.answers is None else (await ingest.known(ctx, db, [said.answers])).get(said.answers)
        parent = None if above is None else await posts.by_id(db, above)
        if parent is None:
            return False
        return parent.local or bool(await relationships.local_followers(db, parent.account_id, AccountId(0), 1))


def _is_vote(one: Document) -> bool:
    return (
        text(one.get("name")) is not None and not text(one.get("content")) and id_of(one.get("inReplyTo")) is not None
    )


async def _count(ctx: Context, activity: Activity, vote: Document) -> bool | None:
    """Count a vote; says whether it counts, None when it answers no poll of ours. A vote never becomes a post."""
    answered, author = id_of(vote.get("inReplyTo")), id_of(vote.get("attributedTo"))
    post = None if answered is None else actors.post_of(ctx.config, answered)
    if post is None or author not in (None, activity.actor_uri):
        return None
    async with ctx.db.transaction() as tx:
        poll = await posts.poll_of(tx, post)
        if poll is None:
            return None
        await posts.readable(tx, activity.actor, post)
        name = text(vote.get("name"))
        return name in poll.options and await posts.cast(tx, activity.actor, poll, poll.options.index(name))
