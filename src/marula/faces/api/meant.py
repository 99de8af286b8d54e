"""Which post an address means, and whether the caller may do with it what they want.

Spec: Mastodon documentation, methods/statuses (a boost stands for what it boosts)
"""

from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import PostId
from marula.domain import posts
from marula.domain.posts import Deed, Post
from marula.faces.api.call import Call


async def target(call: Call, id: PostId) -> Post:
    """The post that is meant, which the caller may read. Raises: NotFound."""
    async with call.ctx.db.reading() as db:
        post = await posts.readable(db, call.viewer, id)
        return post if post.reblog_of_id is None else await posts.readable(db, call.viewer, post.reblog_of_id)


async def approached(call: Call, id: PostId, deed: Deed) -> Post:
    """The post that is meant, to do with it what its author hears of. Raises: Forbidden when they do not want that."""
    post = await target(call, id)
    async with call.ctx.db.reading() as db:
        found = await posts.approachable(db, call.me, post.id)
        await posts.check_permit(call.ctx, db, call.me, found, deed)
    return found


async def meant(call: Call, id: PostId) -> Post:
    """The post that is meant, to take back what one did with it, even when one may no longer see it."""
    async with call.ctx.db.reading() as db:
        post = await posts.by_id(db, id)
        if post is not None and post.reblog_of_id is not None:
            post = await posts.by_id(db, post.reblog_of_id)
    if post is None:
        raise NotFound("Not Found")
    return post
