"""Add and Remove: somebody puts a post or a hashtag on top of their profile, or takes it away.

Spec: ActivityPub 7.8 and 7.9; Mastodon documentation, spec/activitypub (featured, featuredTags)
"""

from marula.base.db import Tx
from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import AccountId
from marula.base.text import normalise_hashtag, valid_hashtag
from marula.domain import actors, interactions, posts, tags
from marula.domain.context import Context
from marula.faces.activitypub import ingest
from marula.faces.activitypub.activities.registry import Accepted, Activity, Ignored, Outcome, Rejected, receives
from marula.faces.activitypub.reading import id_of
from marula.faces.activitypub.reading.values import text

NOT_THEIRS = Rejected("it is about a post of somebody else")
NOWHERE = Ignored("it is about a collection that is not shown here")
FULL = Ignored("there is no place for another")


@receives("Add")
async def receive_add(ctx: Context, activity: Activity) -> Outcome:
    """Show a post or a hashtag on top of the profile of its author."""
    if not await _featured(ctx, activity):
        return NOWHERE
    name = _hashtag(activity)
    if name is not None:
        try:
            async with ctx.db.transaction() as tx:
                await tags.feature(tx, activity.actor, normalise_hashtag(name), name)
        except Invalid:
            return FULL
        return Accepted()
    post = None if activity.object_uri is None else await ingest.fetched(ctx, activity.object_uri)
    if post is None:
        return Ignored("the post cannot be had")
    async with ctx.db.transaction() as tx:
        found = await posts.by_id(tx, post)
        if found is None or found.account_id != activity.actor:
            return NOT_THEIRS
        if found.visibility not in posts.rules.BOOSTABLE or found.reblog_of_id is not None:
            return Ignored("only what everybody may read is shown on top of a profile")
        await interactions.mirror_pin(tx, activity.actor, post)
    return Accepted()


@receives("Remove")
async def receive_remove(ctx: Context, activity: Activity) -> Outcome:
    """Take a post or a hashtag from the top of a profile."""
    if not await _featured(ctx, activity):
        return NOWHERE
    name = _hashtag(activity)
    async with ctx.db.transaction() as tx:
        if name is not None:
            return await _without_tag(tx, activity.actor, normalise_hashtag(name))
        uri = activity.object_uri or ""
        post = (await posts.by_uris(tx, [uri])).get(uri)
        if post is None:
            return Ignored("it is about a post that nobody here knows")
        await interactions.unpin(tx, activity.actor, post)
    return Accepted()


async def _without_tag(tx: Tx, who: AccountId, name: str) -> Outcome:
    shown = next((one for one in await tags.featured_by(tx, who) if one.name == name), None)
    if shown is None:
        return Ignored("the hashtag was not there")
    try:
        await tags.unfeature(tx, who, shown.id)
    except NotFound:
        return Ignored("the hashtag was not there")
    return Accepted()


async def _featured(ctx: Context, activity: Activity) -> bool:
    """Whether the target is the collection on top of the actor's own profile."""
    async with ctx.db.reading() as db:
        addresses = (await actors.addresses_of(db, [activity.actor])).get(activity.actor)
    target = id_of(activity.document.get("target"))
    return addresses is not None and target is not None and target in (addresses.featured, addresses.featured_tags)


def _hashtag(activity: Activity) -> str | None:
    if activity.embedded is None or activity.object_kind != "Hashtag":
        return None
    name = (text(activity.embedded.get("name"), 300) or "").removeprefix("#")
    return name if valid_hashtag(name) else None
