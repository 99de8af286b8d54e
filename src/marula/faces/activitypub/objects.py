"""Our posts as objects and activities: to everybody what everybody may read, the rest to those it is for, who sign.

Spec: ActivityPub 3.2; federation practice, HTTP surface
"""

from marula.base.kernel import ids
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import PostId, QuoteId
from marula.domain import actors, emoji, posts
from marula.domain.posts import QuoteState
from marula.faces.activitypub.document import Asking, Buried, document
from marula.faces.activitypub.people import account_in
from marula.faces.activitypub.vocab import activities, note, tags
from marula.faces.activitypub.vocab.context import Document
from marula.views.written import Written, written


@document("/ap/users/{account}/statuses/{post}")
async def as_object(asking: Asking) -> Document:
    """The Note or Question."""
    post = await public_post(asking)
    if post.boosts is not None:
        raise NotFound
    return note.note(asking.ctx.config, post)


@document("/ap/users/{account}/statuses/{post}/activity")
async def as_activity(asking: Asking) -> Document:
    """What brought it into the world: Create or Announce."""
    return note.activity(asking.ctx.config, await public_post(asking))


@document("/ap/users/{account}/statuses/{post}/likes")
async def likes(asking: Asking) -> Document:
    """How often it was favourited; by whom is not told."""
    post = await public_post(asking)
    return {"id": f"{post.uri}/likes", "type": "Collection", "totalItems": post.favourites_count}


@document("/ap/users/{account}/statuses/{post}/shares")
async def shares(asking: Asking) -> Document:
    """How often it was boosted; by whom is not told."""
    post = await public_post(asking)
    return {"id": f"{post.uri}/shares", "type": "Collection", "totalItems": post.reblogs_count}


@document("/{handle}/{post}")
async def at_page(asking: Asking) -> Document:
    """The object at the address of the page."""
    post = await _visible(asking)
    if post.boosts is not None:
        raise NotFound
    return note.note(asking.ctx.config, post)


@document("/ap/users/{account}/quote_authorizations/{quote}")
async def quote_authorization(asking: Asking) -> Document:
    """That an author of ours agrees to a quote, as long as they do and the quoted post may be read.

    Spec: FEP-044f
    """
    author, identifier = await account_in(asking), ids.parse(QuoteId, asking.path["quote"])
    async with asking.ctx.db.reading() as db:
        quote = None if identifier is None else await posts.quote_by_id(db, identifier)
        if quote is None or quote.quoted_id is None or quote.quoted_account_id != author.id:
            raise NotFound
        await posts.readable(db, asking.proven, quote.quoted_id)
        known = await written(asking.ctx, db, [quote.post_id, quote.quoted_id])
    if quote.state is not QuoteState.ACCEPTED:
        raise NotFound
    uri = actors.stamp_uri(asking.ctx.config, author.id, quote.id)
    return note.stamp(asking.ctx.config, uri, known[quote.post_id].uri, known[quote.quoted_id])


@document("/emojis/{emoji}", open=True)
async def custom_emoji(asking: Asking) -> Document:
    """A custom emoji of this server."""
    known = await emoji.all_local(asking.ctx)
    found = next((one for one in known.values() if str(one.id) == asking.path["emoji"]), None)
    if found is None:
        raise NotFound
    return tags.emoji(asking.ctx.config, found)


async def public_post(asking: Asking) -> Written:
    """The post in the path, when whoever asks may see it and it is that account's. Raises NotFound, Buried."""
    author = await account_in(asking)
    post = await _visible(asking)
    if post.account_id != author.id:
        raise NotFound
    return post


async def _visible(asking: Asking) -> Written:
    identifier = ids.parse(PostId, asking.path["post"])
    if identifier is None:
        raise NotFound
    async with asking.ctx.db.reading() as db:
        author = await posts.buried(db, identifier)
        if author is not None:
            raise Buried(activities.tombstone(asking.ctx.config, author, identifier))
        found = await posts.by_id(db, identifier)
    if found is None or not found.local:
        raise NotFound
    viewer = asking.proven if found.visibility in posts.rules.BOOSTABLE else await asking.viewer()
    async with asking.ctx.db.reading() as db:
        await posts.readable(db, viewer, identifier)
        return (await written(asking.ctx, db, [identifier]))[identifier]
