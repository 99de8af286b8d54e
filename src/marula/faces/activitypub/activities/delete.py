"""Delete: somebody is gone, or what they wrote is.

Spec: ActivityPub 7.4; federation practice, inbox rules (Delete)
"""

from marula.base.jobs import later
from marula.domain import departures, intake, posts
from marula.domain.context import Context
from marula.faces.activitypub.activities.registry import Accepted, Activity, Ignored, Outcome, Rejected, receives
from marula.faces.activitypub.reading import same_origin


@receives("Delete")
async def receive_delete(ctx: Context, activity: Activity) -> Outcome:
    """Remove an account, or a post or boost by its author only; what comes late of it is dropped for some hours."""
    uri = activity.object_uri
    if uri is None:
        return Rejected("what it deletes has no id")
    if uri == activity.actor_uri:
        async with ctx.db.transaction() as tx:
            await later(tx, departures.remove, activity.actor)
        return Accepted()
    if not same_origin(uri, activity.actor_uri):
        return Rejected("it deletes what is of another server")
    async with ctx.db.transaction() as tx:
        post = (await posts.by_uris(tx, [uri])).get(uri)
        found = None if post is None else await posts.by_id(tx, post)
        if found is not None and found.account_id != activity.actor:
            return Rejected("it deletes what somebody else wrote")
        await intake.take_back(tx, activity.actor_uri, uri)
        if found is None:
            return Ignored("what it deletes is not known here")
        await posts.delete(tx, found)
    return Accepted()
