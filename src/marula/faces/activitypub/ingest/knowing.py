"""Posts by their ids, ours and theirs alike."""

import zlib
from collections.abc import Iterable
from typing import Any

import msgspec

from marula.base.db import Connection
from marula.base.kernel.ids import PostId
from marula.domain import actors, posts
from marula.domain.context import Context
from marula.faces.activitypub.reading import Document


async def known(ctx: Context, db: Connection, uris: Iterable[str]) -> dict[str, PostId]:
    """The posts and boosts with these ids, those that are known. Costs: two statements."""
    wanted = list(dict.fromkeys(uris))
    ours = {uri: found for uri in wanted if (found := actors.post_of(ctx.config, uri)) is not None}
    theirs = [uri for uri in wanted if uri not in ours]
    here = {post.id for post in await posts.many(db, list(ours.values()))} if ours else set[PostId]()
    found = await posts.by_uris(db, theirs) if theirs else {}
    return {uri: post for uri, post in ours.items() if post in here} | found


async def document_kept(db: Connection, post: PostId) -> Document | None:
    """What the server of a post sent of it; None for posts of this server."""
    data = await posts.document_of(db, post)
    return None if data is None else msgspec.json.decode(zlib.decompress(data), type=dict[str, Any])
