"""Hashtags: look at one, follow it, feature it.

Spec: Mastodon documentation, methods/tags
"""

from marula.base.db import Connection
from marula.domain import tags
from marula.entities import Tag
from marula.faces.api.call import Call
from marula.faces.api.route import FOLLOWING, route
from marula.views.tag import tags as render_tags
from marula.views.tag import unused

FOLLOWS = ("follow", "write", "write:follows")
WRITE = ("write", "write:accounts")


@route("GET", "/api/v1/tags/{name}", auth="optional", cache="public, max-age=15")
async def show(call: Call, name: str) -> Tag:
    """A hashtag with its use in the last week; also one that nobody has written yet."""
    async with call.ctx.db.reading() as db:
        return await _shown(call, db, name)


@route("POST", "/api/v1/tags/{name}/follow", scopes=FOLLOWS, limit=FOLLOWING)
async def follow(call: Call, name: str) -> Tag:
    """Have the public posts with a hashtag in one's home feed."""
    async with call.ctx.db.transaction() as tx:
        await tags.follow(tx, call.me, name)
    return await show(call, name)


@route("POST", "/api/v1/tags/{name}/unfollow", scopes=FOLLOWS)
async def unfollow(call: Call, name: str) -> Tag:
    """Have them there no longer."""
    normalised, _ = tags.rules.named(name)
    async with call.ctx.db.transaction() as tx:
        found = await tags.by_name(tx, normalised)
        if found is not None:
            await tags.unfollow(tx, call.me, found.id)
    return await show(call, name)


@route("POST", "/api/v1/tags/{id}/feature", scopes=WRITE)
async def feature(call: Call, id: str) -> Tag:
    """Show a hashtag on one's profile. `id` is its name."""
    async with call.ctx.db.transaction() as tx:
        await tags.feature(tx, call.me, *tags.rules.named(id))
    return await show(call, id)


@route("POST", "/api/v1/tags/{id}/unfeature", scopes=WRITE)
async def unfeature(call: Call, id: str) -> Tag:
    """Take a hashtag off one's profile. `id` is its name."""
    normalised, _ = tags.rules.named(id)
    async with call.ctx.db.transaction() as tx:
        found = await tags.by_name(tx, normalised)
        featured = None if found is None else await tags.featured(tx, call.me, found.id)
        if featured is not None:
            await tags.unfeature(tx, call.me, featured.id)
    return await show(call, id)


async def _shown(call: Call, db: Connection, text: str) -> Tag:
    name, spelling = tags.rules.named(text)
    found = await tags.by_name(db, name)
    if found is None:
        return unused(call.ctx, call.viewer, name, spelling)
    return (await render_tags(call.ctx, db, call.viewer, [found]))[0]
