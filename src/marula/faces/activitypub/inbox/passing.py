"""What is written in threads under our posts is passed on: those who follow our people would not hear of it otherwise.

Spec: ActivityPub 7.1.2 (forwarding from inbox); federation practice, inbox rules
"""

from marula.base.kernel.errors import Unreachable
from marula.base.observe import logs
from marula.domain import deliveries, posts, servers
from marula.domain.context import Context
from marula.domain.deliveries import Parcel
from marula.domain.intake import Waiting
from marula.faces.activitypub.activities.registry import Activity
from marula.faces.activitypub.inbox.proving import proven
from marula.faces.activitypub.reading import Document
from marula.views.reach import Reach, inboxes, passing

log = logs.logger("inbox")

SPOKEN = ("Create", "Update")
"""Activities that are passed on once they took effect. A Delete is before it does: afterwards nothing is known."""


async def pass_on(ctx: Context, activity: Activity, document: Document, arrival: Waiting) -> None:
    """Owe an activity, byte by byte, to the servers of those who follow whose threads it is in, if it proves itself.

    An edit or a deletion also to the followers of those who boosted or quoted what it is about. Never to the server
    that it comes from. Costs: two statements for what nobody here has to do with.
    """
    uri = activity.object_uri
    if activity.id is None or uri is None:
        return
    async with ctx.db.reading() as db:
        known = (await posts.by_uris(db, [uri])).get(uri)
        found = None if known is None else await posts.by_id(db, known)
        if found is None or found.local or found.account_id != activity.actor:
            return
        ours = await passing(db, found.id, spread=activity.kind != "Create")
        reached = await inboxes(ctx, db, Reach(author=ours[0], followers_of=ours)) if ours else []
    origins = {servers.host_of(activity.actor_uri), servers.host_of(arrival.signer)}
    wanted = [inbox for inbox in reached if servers.host_of(inbox) not in origins]
    if not wanted or not await _proves_itself(ctx, document, activity.actor_uri):
        return
    async with ctx.db.transaction() as tx:
        parcel = Parcel(sender=ours[0], uri=activity.id, kind=activity.kind, body=arrival.body, subject=uri)
        told = await deliveries.reached(tx, uri)
        await deliveries.owe(tx, parcel, [*wanted, *(inbox for inbox in told if inbox not in wanted)])


async def _proves_itself(ctx: Context, document: Document, actor: str) -> bool:
    """Whether those who get it can know whose it is. When the key cannot be had now, nobody is bothered with it."""
    try:
        return await proven(ctx, document, actor) is not None
    except Unreachable as error:
        log.info("an answer is not passed on", actor=actor, why=error.why)
        return False
