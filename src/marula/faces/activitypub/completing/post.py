"""A post of another server as somebody reads it: asked for once more, with how often it was boosted and liked.

Spec: federation practice, fetching documents, inbox rules for Update (implicit updates)
"""

from marula.base.kernel.errors import Gone
from marula.base.kernel.ids import PostId
from marula.base.observe import logs
from marula.domain import posts
from marula.domain.context import Context
from marula.domain.posts import Totals
from marula.faces.activitypub import fetching, ingest
from marula.faces.activitypub.fetching import FAILURES
from marula.faces.activitypub.reading import Document, Unreadable, id_of, same_origin, total_in

log = logs.logger("completing")


async def renew(ctx: Context, post: PostId) -> None:
    """Write what the server of a post says of it now; what is gone there (410) is gone here.

    Costs: one request for the post, one more for each count that is not in it.
    """
    async with ctx.db.reading() as db:
        found = await posts.by_id(db, post)
        uri = await posts.uri_of(db, post)
    if found is None or found.local or uri is None or found.visibility not in posts.rules.BOOSTABLE:
        return
    try:
        document = await fetching.document(ctx, uri)
        if document.get("id") != uri:
            raise Unreadable("another post is there now")
        await ingest.revise(ctx, document, post)
    except Gone:
        log.info("a post is gone where it belongs", uri=uri)
        async with ctx.db.transaction() as tx:
            await posts.delete(tx, found)
        return
    except FAILURES as error:
        log.info("a post cannot be asked for again", uri=uri, reason=str(error))
        return
    await _count(ctx, post, uri, document)


async def _count(ctx: Context, post: PostId, uri: str, document: Document) -> None:
    """Ask for the likes and boosts of which the post only tells where they are. Answers are looked for anyway."""
    reblogs, favourites = [await _total(ctx, uri, document.get(name)) for name in ("shares", "likes")]
    totals = Totals(reblogs=reblogs, favourites=favourites)
    async with ctx.db.transaction("relaxed") as tx:
        await posts.hint(tx, post, totals)


async def _total(ctx: Context, uri: str, collection: object) -> int | None:
    address = id_of(collection)
    if total_in(collection) is not None or address is None or not same_origin(uri, address):
        return None
    try:
        found, here = await fetching.at(ctx, address)
    except FAILURES as error:
        log.info("a count cannot be had", address=address, reason=str(error))
        return None
    return total_in(found) if same_origin(address, here) else None
