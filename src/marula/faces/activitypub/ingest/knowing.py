"""Posts by their ids, ours and theirs alike."""

from collections.abc import Iterable

from marula.base.db import Connection
from marula.base.kernel.ids import PostId
from marula.domain import actors, posts
from marula.domain.context import Context


async def known(ctx: Context, db: Connection, uris: Iterable[str]) -> dict[str, PostId]:
    """The posts and boosts with these ids, those that are known. Costs: two statements."""
    wanted = list(dict.fromkeys(uris))
    ours = {uri: found for uri in wanted if (found := actors.post_of(ctx.config, uri)) is not None}
    theirs = [uri for uri in wanted if uri not in ours]
    here = {post.id for post in await posts.many(db, list(ours.values()))} if ours else set[PostId]()
    found = await posts.by_uris(db, theirs) if theirs else {}
    return {uri: post for uri, post in ours.items() if post in here} | found
