"""A post or a poll as somebody may read it, before something is done with it."""

from collections.abc import Sequence

from marula.base.db import Connection
from marula.base.kernel.errors import Forbidden, NotFound
from marula.base.kernel.ids import AccountId, PollId, PostId
from marula.domain.posts import rules, store
from marula.domain.posts.types import NO_TIES, Poll, Post, Quote, Ties

MISSING = "Not Found"


async def readable(db: Connection, viewer: AccountId | None, post: PostId) -> Post:
    """The post. Raises NotFound also when it exists and the viewer may not know it, or, of a boost, what it boosts."""
    found, _ = await readable_with_ties(db, viewer, post)
    return found


async def readable_with_ties(db: Connection, viewer: AccountId | None, post: PostId) -> tuple[Post, Ties]:
    """The same, with what stands between the viewer and its author."""
    found = await store.by_id(db, post)
    if found is None:
        raise NotFound(MISSING)
    ties = NO_TIES if viewer is None else await store.ties(db, viewer, found.id, found.account_id)
    if not rules.visible(found.visibility, found.account_id, found.author_suspended, viewer, ties):
        raise NotFound(MISSING)
    if found.reblog_of_id is not None:
        await readable_with_ties(db, viewer, found.reblog_of_id)
    return found, ties


async def readable_among(db: Connection, viewer: AccountId, ids: Sequence[PostId]) -> list[Post]:
    """Those of these posts that the viewer may know of. Costs: two statements."""
    ties = await store.ties_of(db, viewer, ids)
    return [
        found
        for found in await store.many(db, ids)
        if rules.visible(
            found.visibility, found.account_id, found.author_suspended, viewer, ties.get(found.id, NO_TIES)
        )
    ]


async def approachable(db: Connection, viewer: AccountId, post: PostId) -> Post:
    """A post with which the viewer may do what its author hears of: favourite it, boost it, vote in it.

    Raises NotFound as `readable`, Forbidden when the viewer blocks its author.
    """
    found, ties = await readable_with_ties(db, viewer, post)
    if not rules.may_approach(ties):
        raise Forbidden
    return found


async def revocable(db: Connection, who: AccountId, quoted: PostId, quoting: PostId) -> Quote:
    """The quote of one's own post by another. Raises NotFound, and Forbidden when the quoted one is not one's own."""
    post = await readable(db, who, quoted)
    found = await store.quote_by(db, quoting)
    if found is None or found.quoted_id != post.id:
        raise NotFound
    if post.account_id != who:
        raise Forbidden
    return found


async def readable_poll(db: Connection, viewer: AccountId | None, poll: PollId) -> Poll:
    """A poll whose post the viewer may read. Raises NotFound."""
    found = await store.poll_by_id(db, poll)
    if found is None:
        raise NotFound(MISSING)
    await readable(db, viewer, found.post_id)
    return found
