"""Our posts as objects and activities, for everybody. What is not public is served to nobody here.

Spec: ActivityPub 3.2; federation practice, HTTP surface
"""

from marula.base.kernel import ids
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import PostId
from marula.domain import posts
from marula.faces.activitypub.document import Asking, document
from marula.faces.activitypub.people import account_in
from marula.faces.activitypub.vocab import note
from marula.faces.activitypub.vocab.context import Document
from marula.views.written import Written, written


@document("/ap/users/{account}/statuses/{post}")
async def as_object(asking: Asking) -> Document:
    """The Note or Question."""
    post = await _public(asking)
    if post.boosts is not None:
        raise NotFound
    return note.note(asking.ctx.config, post)


@document("/ap/users/{account}/statuses/{post}/activity")
async def as_activity(asking: Asking) -> Document:
    """What brought it into the world: Create or Announce."""
    return note.activity(asking.ctx.config, await _public(asking))


@document("/ap/users/{account}/statuses/{post}/likes")
async def likes(asking: Asking) -> Document:
    """How often it was favourited; by whom is not told."""
    post = await _public(asking)
    return {"id": f"{post.uri}/likes", "type": "Collection", "totalItems": post.favourites_count}


@document("/ap/users/{account}/statuses/{post}/shares")
async def shares(asking: Asking) -> Document:
    """How often it was boosted; by whom is not told."""
    post = await _public(asking)
    return {"id": f"{post.uri}/shares", "type": "Collection", "totalItems": post.reblogs_count}


@document("/{handle}/{post}")
async def at_page(asking: Asking) -> Document:
    """The object at the address of the page."""
    post = await _visible(asking)
    if post.boosts is not None:
        raise NotFound
    return note.note(asking.ctx.config, post)


async def _public(asking: Asking) -> Written:
    """The post in the path, when everybody may see it and it is that account's. Raises NotFound."""
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
        found = await posts.readable(db, None, identifier)
        if not found.local:
            raise NotFound
        return (await written(asking.ctx, db, [identifier]))[identifier]
