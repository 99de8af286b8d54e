"""Accept and Reject: what others answer to our people who asked to follow or quote them, or did something with a post.

Spec: ActivityPub 7.6 and 7.7; federation practice, inbox rules (Accept, Reject)
"""

from marula.base.db import Connection
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, actors, relationships
from marula.domain.context import Context
from marula.faces.activitypub.activities import approval, quote
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
from marula.faces.activitypub.reading import Document, id_of

NO_FOLLOW = Ignored("it answers no follow of this server")


@receives("Accept")
async def receive_accept(ctx: Context, activity: Activity) -> Outcome:
    """Let one of ours follow, or quote, who asked to."""
    if (about_quote := await quote.settle(ctx, activity, agreed=True)) is not None:
        return about_quote
    if (about_deed := await approval.settle(ctx, activity, agreed=True)) is not None:
        return about_deed
    follower = await _follower(ctx, activity, activity.object_uri, activity.embedded)
    if not isinstance(follower, int):
        return follower
    async with ctx.db.transaction() as tx:
        try:
            await relationships.authorize_request(tx, activity.actor, AccountId(follower))
        except NotFound:
            return Accepted() if await _follows(tx, AccountId(follower), activity.actor) else NO_FOLLOW
    return Accepted()


@receives("Reject")
async def receive_reject(ctx: Context, activity: Activity) -> Outcome:
    """Refuse one of ours who asked to follow or to quote, or who did."""
    if (about_quote := await quote.settle(ctx, activity, agreed=False)) is not None:
        return about_quote
    if (about_deed := await approval.settle(ctx, activity, agreed=False)) is not None:
        return about_deed
    follower = await _follower(ctx, activity, activity.object_uri, activity.embedded)
    if not isinstance(follower, int):
        return follower
    async with ctx.db.transaction() as tx:
        await relationships.remove_from_followers(tx, activity.actor, AccountId(follower))
        try:
            await relationships.reject_request(tx, activity.actor, AccountId(follower))
        except NotFound:
            return Accepted()
    return Accepted()


@undoes("Accept")
async def undo_accept(ctx: Context, activity: Activity, what: Undone) -> Outcome:
    """One of ours, who followed, goes back to waiting for an answer."""
    follower = await _follower(ctx, activity, what.object_uri, what.embedded)
    if not isinstance(follower, int):
        return follower
    async with ctx.db.transaction() as tx:
        again = await relationships.reconsider_request(tx, activity.actor, AccountId(follower))
    return Accepted() if again else NO_FOLLOW


async def _follower(
    ctx: Context, activity: Activity, uri: str | None, embedded: Document | None
) -> AccountId | Outcome:
    """Who of ours asked, by the id of their Follow, or by what is embedded; it must have been this actor they asked."""
    found = None if uri is None else actors.follow_of(ctx.config, uri)
    follower = None if found is None else found[0]
    if follower is None and embedded is not None:
        asked = id_of(embedded.get("object"))
        if asked is not None and asked != activity.actor_uri:
            return Rejected("it answers what somebody else was asked")
        named = id_of(embedded.get("actor"))
        follower = None if named is None else actors.account_of(ctx.config, named)
    if follower is None:
        return NO_FOLLOW
    async with ctx.db.reading() as db:
        return NO_FOLLOW if await accounts.by_id(db, follower) is None else follower


async def _follows(db: Connection, who: AccountId, whom: AccountId) -> bool:
    return any(one.following for one in await relationships.relationships(db, who, [whom]))
