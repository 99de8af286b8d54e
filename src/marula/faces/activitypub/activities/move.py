"""Move: somebody goes on as another account.

Spec: Mastodon documentation, spec/activitypub (Move); FEP-7628; federation practice, Move
"""

from marula.domain import moves
from marula.domain.context import Context
from marula.faces.activitypub import fetching
from marula.faces.activitypub.activities.registry import Accepted, Activity, Ignored, Outcome, Rejected, receives
from marula.faces.activitypub.reading import id_of


@receives("Move")
async def receive_move(ctx: Context, activity: Activity) -> Outcome:
    """Take those of ours who follow along, when the new account, asked anew, names the old one as an alias."""
    if activity.object_uri != activity.actor_uri:
        return Rejected("it moves somebody else")
    uri = id_of(activity.document.get("target"))
    target = None if uri is None else await fetching.actor(ctx, uri, fresh=True)
    if target is None:
        return Ignored("where it moves to cannot be had")
    async with ctx.db.transaction() as tx:
        await moves.move(tx, activity.actor, target, activity.actor_uri)
    return Accepted()
