"""An account of another server as somebody looks at it: its profile and counts, what it pinned, what it wrote lately.

Spec: ActivityPub 5.1 (outbox); Mastodon documentation, spec/activitypub (featured, featuredTags)
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from marula.base.db import Connection
from marula.base.jobs import job, later
from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import AccountId, PostId
from marula.base.observe import logs
from marula.base.text import normalise_hashtag, valid_hashtag
from marula.domain import accounts, actors, interactions, posts, refreshes, tags
from marula.domain.context import Context
from marula.domain.refreshes import Kind
from marula.faces.activitypub import fetching, ingest
from marula.faces.activitypub.fetching import FAILURES
from marula.faces.activitypub.reading import id_of, kind_of, same_origin
from marula.faces.activitypub.reading.values import document as document_in
from marula.faces.activitypub.reading.values import text

AGAIN = timedelta(days=1)
RECENT = 20
"""Posts of its outbox that are taken."""

PINNED = 20
TAGS = 10

log = logs.logger("completing")


async def visit(ctx: Context, account: AccountId) -> None:
    """Somebody looks at an account: bring what is shown of it up to date by a job, at most once a day."""
    async with ctx.db.reading() as db:
        found = await accounts.by_id(db, account)
    if found is None or found.local or found.suspended_at is not None:
        return
    async with ctx.db.transaction("relaxed") as tx:
        if await refreshes.begin(tx, Kind.PROFILE, account, again=AGAIN):
            await later(tx, complete_profile, account)


@job(lane="fetching", attempts=3)
async def complete_profile(ctx: Context, account: AccountId) -> None:
    """Ask the server of an account for its profile, its counts, what it pinned and what it wrote lately."""
    async with ctx.db.reading() as db:
        found = await accounts.by_id(db, account)
    uri = None if found is None or found.local or found.suspended_at is not None else found.uri
    if uri is not None and await fetching.actor(ctx, uri, fresh=True) == account:
        await fetching.count(ctx, account)
        await _collections(ctx, account, uri)
    async with ctx.db.transaction("relaxed") as tx:
        await refreshes.end(tx, Kind.PROFILE, account)


async def _collections(ctx: Context, account: AccountId, uri: str) -> None:
    async with ctx.db.reading() as db:
        addresses = (await actors.addresses_of(db, [account])).get(account)
    if addresses is None:
        return
    recent = await _members(ctx, uri, addresses.outbox, RECENT)
    await _take(ctx, uri, [one for each in recent or () if (one := _created(each)) is not None])
    pinned = await _members(ctx, uri, addresses.featured, PINNED)
    if pinned is not None:
        shown = await _take(ctx, uri, [one for one in pinned if kind_of(document_in(one) or {}) != "Hashtag"])
        async with ctx.db.transaction() as tx:
            await interactions.mirror_pins(tx, account, shown)
    await _feature(ctx, account, await _members(ctx, uri, addresses.featured_tags, TAGS) or ())


async def _members(ctx: Context, actor: str, address: str | None, most: int) -> list[Any] | None:
    """What a collection of an actor holds; None when it cannot be had, or is not on the actor's server."""
    if address is None or not same_origin(actor, address):
        return None
    try:
        return await fetching.members(ctx, address, most=most)
    except FAILURES as error:
        log.info("a collection cannot be had", address=address, reason=str(error))
        return None


def _created(entry: Any) -> Any:
    """What an entry of an outbox made; None for boosts and everything else."""
    found = document_in(entry)
    return found.get("object") if found is not None and kind_of(found) == "Create" else None


async def _take(ctx: Context, actor: str, wanted: Sequence[Any]) -> list[PostId]:
    """Those of these posts that are on the actor's server and can be had, oldest first. Each is asked for by its id."""
    taken: list[PostId] = []
    for uri in reversed([uri for one in wanted if (uri := id_of(one)) is not None and same_origin(actor, uri)]):
        try:
            post = await ingest.fetched(ctx, uri)
        except FAILURES as error:
            log.info("a post cannot be had", uri=uri, reason=str(error))
            continue
        if post is not None:
            taken.append(post)
    async with ctx.db.reading() as db:
        return [post for post in taken if await _public(db, post)]


async def _public(db: Connection, post: PostId) -> bool:
    found = await posts.by_id(db, post)
    return found is not None and found.visibility in posts.rules.BOOSTABLE


async def _feature(ctx: Context, account: AccountId, entries: Sequence[Any]) -> None:
    """Show hashtags on a profile, as far as there is room."""
    for entry in entries:
        name = (text((document_in(entry) or {}).get("name"), 300) or "").removeprefix("#")
        if not valid_hashtag(name):
            continue
        try:
            async with ctx.db.transaction() as tx:
                await tags.feature(tx, account, normalise_hashtag(name), name)
        except Invalid:
            return
