"""Undo: somebody takes back what they did.

Spec: ActivityPub 7.11; federation practice, inbox rules (Undo)
"""

from marula.domain import intake
from marula.domain.context import Context
from marula.domain.intake import Deed
from marula.faces.activitypub.activities.registry import (
    Accepted,
    Activity,
    Ignored,
    Outcome,
    Rejected,
    Undone,
    receives,
    undone,
)
from marula.faces.activitypub.reading import id_of, kind_of, same_origin
from marula.faces.activitypub.reading.values import document

KINDS = {"follow": "Follow", "like": "Like", "announce": "Announce", "block": "Block"}
"""The type of activity that each kind of deed was."""


@receives("Undo")
async def receive_undo(ctx: Context, activity: Activity) -> Outcome:
    """Take back what is embedded, or what has this id. What has not come yet is remembered: it may still come."""
    uri, whole = activity.object_uri, activity.embedded
    if uri is not None and not same_origin(uri, activity.actor_uri):
        return Rejected("it takes back what is of another server")
    inner = None if whole is None else id_of(whole.get("actor"))
    if inner is not None and inner != activity.actor_uri:
        return Rejected("it takes back what somebody else did")
    deed = await _deed(ctx, uri)
    if deed is not None and deed.account_id != activity.actor:
        return Rejected("it takes back what somebody else did")
    if deed is not None and deed.ended_at is not None:
        return Accepted()
    kind = "" if whole is None else kind_of(whole, tuple(undone))
    kind = kind or (KINDS.get(deed.kind, "") if deed is not None else "")
    if not kind:
        return await _remember(ctx, activity, uri, "it takes back what has not come yet")
    if kind not in undone:
        return Ignored(f"{kind[:60]} cannot be taken back here")
    about = None if whole is None else id_of(whole.get("object"))
    what = Undone(
        uri=uri,
        object_uri=about or (None if deed is None else deed.object_uri),
        embedded=None if whole is None else document(whole.get("object")),
    )
    outcome = await undone[kind](ctx, activity, what)
    if isinstance(outcome, Ignored) and deed is None:
        return await _remember(ctx, activity, uri, outcome.why)
    return outcome


async def _deed(ctx: Context, uri: str | None) -> Deed | None:
    if uri is None:
        return None
    async with ctx.db.reading() as db:
        return await intake.deed_of(db, uri)


async def _remember(ctx: Context, activity: Activity, uri: str | None, why: str) -> Outcome:
    if uri is not None:
        async with ctx.db.transaction() as tx:
            await intake.take_back(tx, activity.actor_uri, uri)
    return Ignored(why)
