"""Reactions to posts with emoji: an extension that clients of Pleroma and Akkoma know.

An emoji is a character, the shortcode of a custom emoji of this server, or `shortcode@domain`, with which somebody has
reacted to the post before. A reaction is a favourite, too, so that programs that know favourites only show it.
Spec: Pleroma documentation, differences in Mastodon API (emoji reactions); FEP-c0e0
"""

from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import PostId
from marula.domain import interactions
from marula.domain.interactions import Chosen
from marula.domain.posts import Deed
from marula.entities import Status, StatusReaction
from marula.faces.api.call import Call
from marula.faces.api.meant import approached, meant, target
from marula.faces.api.route import route
from marula.views import Rendered
from marula.views.reactions import reacted
from marula.views.status import status

PATH = "/api/v1/pleroma/statuses/{id}/reactions"
READ = ("read", "read:statuses")
WRITE = ("write", "write:favourites")

MOST_ACCOUNTS = 40
"""Accounts that are named for each emoji."""


@route("GET", PATH, auth="optional", scopes=READ)
async def index(call: Call, id: PostId) -> list[StatusReaction]:
    """With which emoji people reacted to a post, the most frequent first, and the first of those who did."""
    return await _listed(call, id, None)


@route("GET", f"{PATH}/{{emoji}}", auth="optional", scopes=READ)
async def show(call: Call, id: PostId, emoji: str) -> list[StatusReaction]:
    """The same for one emoji; an empty list when nobody reacted with it."""
    chosen = interactions.readable_reaction(emoji, "")
    return [] if chosen is None else await _listed(call, id, chosen)


@route("PUT", f"{PATH}/{{emoji}}", scopes=WRITE)
async def react(call: Call, id: PostId, emoji: str) -> Rendered[Status]:
    """React to a post with an emoji, once with each, and with a few at most."""
    chosen = await interactions.draft_reaction(call.ctx, emoji)
    post = await approached(call, id, Deed.LIKE)
    async with call.ctx.db.transaction() as tx:
        if chosen.domain and not await interactions.reactors(tx, post.id, [chosen], 1, viewer=None):
            raise Invalid.field("emoji", "is not a recognized emoji")
        await interactions.react(tx, call.me, post, chosen)
    return await _shown(call, post.id)


@route("DELETE", f"{PATH}/{{emoji}}", scopes=WRITE)
async def unreact(call: Call, id: PostId, emoji: str) -> Rendered[Status]:
    """Take a reaction back."""
    chosen, post = interactions.readable_reaction(emoji, ""), await meant(call, id)
    if chosen is None:
        raise Invalid.field("emoji", "is not a recognized emoji")
    async with call.ctx.db.transaction() as tx:
        was = await interactions.unreact(tx, call.me, post, chosen)
    return await _shown(call, post.id, known=was)


async def _shown(call: Call, id: PostId, *, known: bool = False) -> Rendered[Status]:
    async with call.ctx.db.reading() as db:
        return await status(call.ctx, db, call.viewer, id, known=known)


async def _listed(call: Call, id: PostId, only: Chosen | None) -> list[StatusReaction]:
    post = await target(call, id)
    async with call.ctx.db.reading() as db:
        return await reacted(call.ctx, db, call.viewer, post.id, only=only, each=MOST_ACCOUNTS)
