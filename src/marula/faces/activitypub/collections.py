"""What hangs on an actor: outbox, followers, following, pinned posts, featured hashtags.

Spec: ActivityPub 5; Mastodon documentation, spec/activitypub (featured)
"""

from marula.base.kernel import ids
from marula.base.kernel.errors import Forbidden
from marula.base.kernel.ids import PostId
from marula.base.kernel.paging import Page
from marula.domain import accounts, actors, interactions, posts, relationships, tags, timelines
from marula.domain.accounts import Account
from marula.domain.actors import Local
from marula.domain.timelines import ProfileFilter
from marula.faces.activitypub.document import Asking, document
from marula.faces.activitypub.people import account_in
from marula.faces.activitypub.synchronising import followers_on, origin
from marula.faces.activitypub.vocab import note
from marula.faces.activitypub.vocab.collection import collection, page, whole
from marula.faces.activitypub.vocab.context import Document
from marula.faces.activitypub.vocab.tags import hashtag
from marula.views.written import written

LENGTH = 20
PINNED = 5


@document("/ap/users/{account}/outbox")
async def outbox(asking: Asking) -> Document:
    """What the account wrote and shared, for everybody or for who asks and signs, newest first."""
    ctx, account = asking.ctx, await account_in(asking)
    uri, viewer = actors.address(ctx.config, account.id, "outbox"), await asking.viewer()
    async with ctx.db.reading() as db:
        total = (await accounts.stats(db, [account.id]))[account.id].statuses_count
        if asking.query.get("page") != "true":
            return collection(uri, total, first=f"{uri}?page=true", last=f"{uri}?min_id=0&page=true")
        window = _window(asking)
        hidden = account.suspended_at is not None
        found = [] if hidden else await timelines.profile(db, account.id, viewer, ProfileFilter(), window)
        known = await written(ctx, db, found)
    items = [note.activity(ctx.config, known[post]) for post in found if post in known]
    older = f"{uri}?max_id={found[-1]}&page=true" if len(found) == LENGTH else None
    newer = f"{uri}?min_id={found[0]}&page=true" if found else None
    return page(_here(asking, uri), uri, items, total=total, next=older, prev=newer)


@document("/ap/users/{account}/followers")
async def followers(asking: Asking) -> Document:
    """Who follows the account, unless it hides that."""
    return await _network(asking, "followers")


@document("/ap/users/{account}/followers_synchronization")
async def followers_of_one_server(asking: Asking) -> Document:
    """Those who follow the account from the server of who asks. Nobody else is told. Spec: FEP-8fcf"""
    await asking.prove()
    account = await account_in(asking)
    uri = actors.address(asking.ctx.config, account.id, "followers_synchronization")
    async with asking.ctx.db.reading() as db:
        asked_by = None if asking.proven is None else await accounts.by_id(db, asking.proven)
        if asked_by is None or asked_by.uri is None:
            raise Forbidden
        return whole(uri, sorted(await followers_on(db, account.id, origin(asked_by.uri))))


@document("/ap/users/{account}/following")
async def following(asking: Asking) -> Document:
    """Whom the account follows, unless it hides that."""
    return await _network(asking, "following")


@document("/ap/users/{account}/collections/featured")
async def featured(asking: Asking) -> Document:
    """The pinned posts, whole."""
    ctx, account = asking.ctx, await account_in(asking)
    async with ctx.db.reading() as db:
        marks = (
            [] if account.suspended_at is not None else await interactions.pinned(db, account.id, Page(limit=PINNED))
        )
        known = await written(ctx, db, [mark.post_id for mark in marks])
    public = [known[mark.post_id] for mark in marks if known[mark.post_id].visibility in posts.rules.BOOSTABLE]
    uri = actors.address(ctx.config, account.id, "collections/featured")
    return whole(uri, [note.note(ctx.config, post) for post in public])


@document("/ap/users/{account}/collections/tags")
async def featured_tags(asking: Asking) -> Document:
    """The hashtags on the profile."""
    ctx, account = asking.ctx, await account_in(asking)
    async with ctx.db.reading() as db:
        shown = [] if account.suspended_at is not None else await tags.featured_by(db, account.id)
    uri, web = actors.address(ctx.config, account.id, "collections/tags"), ctx.config.web_url
    items = [hashtag(f"{web}/@{account.username}/tagged/{one.name}", one.display_name) for one in shown]
    return {"id": uri, "type": "Collection", "totalItems": len(items), "items": items}


async def _network(asking: Asking, what: Local) -> Document:
    ctx, account = asking.ctx, await account_in(asking)
    uri = actors.address(ctx.config, account.id, what)
    async with ctx.db.reading() as db:
        stats = (await accounts.stats(db, [account.id]))[account.id]
        total = stats.followers_count if what == "followers" else stats.following_count
        paged = asking.query.get("page") is not None
        if account.hide_collections or account.suspended_at is not None:
            if paged:
                raise Forbidden
            return collection(uri, total, first=None)
        if not paged:
            return collection(uri, total, first=f"{uri}?page=true")
        read = relationships.followers if what == "followers" else relationships.following
        listed = await read(db, account.id, _window(asking))
        known = {one.id: one for one in await accounts.many(db, [one.account_id for one in listed])}
    items = [_uri(asking, known[one.account_id]) for one in listed if one.account_id in known]
    older = f"{uri}?max_id={listed[-1].cursor}&page=true" if len(listed) == LENGTH else None
    return page(_here(asking, uri), uri, items, total=total, next=older)


def _uri(asking: Asking, account: Account) -> str:
    return account.uri or actors.actor_uri(asking.ctx.config, account.id)


def _window(asking: Asking) -> Page:
    cursors = {name: ids.parse(PostId, asking.query.get(name, "")) for name in ("max_id", "min_id")}
    return Page(limit=LENGTH, max_id=cursors["max_id"], min_id=cursors["min_id"])


def _here(asking: Asking, uri: str) -> str:
    query = asking.request.scope["query_string"].decode("latin-1")
    return f"{uri}?{query}"
