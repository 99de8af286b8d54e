"""Update: somebody changed their profile, or what they wrote.

Spec: ActivityPub 7.3; federation practice, inbox rules (Update)
"""

from datetime import timedelta

from marula.domain import posts
from marula.domain.context import Context
from marula.faces.activitypub import fetching, ingest
from marula.faces.activitypub.activities.create import whole, write
from marula.faces.activitypub.activities.registry import Accepted, Activity, Ignored, Outcome, receives
from marula.faces.activitypub.ingest import Sent
from marula.faces.activitypub.reading import id_of
from marula.faces.activitypub.reading.values import moment

TOO_OLD = timedelta(days=1)
"""How old a post may be that is first heard of by its edit."""


@receives("Update")
async def receive_update(ctx: Context, activity: Activity) -> Outcome:
    """Take over a profile, or the newer state of a post. A young post that never came is taken as new."""
    if activity.object_uri == activity.actor_uri:
        return await _update_actor(ctx, activity)
    found = await whole(ctx, activity)
    if not isinstance(found, dict):
        return found
    uri = id_of(found)
    async with ctx.db.reading() as db:
        known = None if uri is None else (await posts.by_uris(db, [uri])).get(uri)
    if known is None:
        written = moment(found.get("published"))
        if written is None or written < ctx.clock.now() - TOO_OLD:
            return Ignored("what it changes is not known here")
        return await write(ctx, activity, found)
    sent = Sent(author=activity.actor, author_uri=activity.actor_uri)
    await ingest.revise(ctx, found, known, sent=sent)
    return Accepted()


async def _update_actor(ctx: Context, activity: Activity) -> Outcome:
    embedded = activity.embedded
    if embedded is not None and "inbox" in embedded:
        await fetching.learn(ctx, embedded)
        return Accepted()
    found = await fetching.actor(ctx, activity.actor_uri, fresh=True)
    return Ignored("its actor cannot be had") if found is None else Accepted()
