"""The writes of interactions. The post is one that `who` may read."""

from collections import Counter
from collections.abc import Sequence

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import accounts, posts
from marula.domain.interactions import reacting, rules, store
from marula.domain.interactions.events import (
    PostBookmarked,
    PostFavourited,
    PostPinned,
    PostUnbookmarked,
    PostUnpinned,
)
from marula.domain.posts import Post


async def favourite(tx: Tx, who: AccountId, post: Post) -> None:
    """Mark a post as favourite. Records: PostFavourited, the first time."""
    made = await store.mark(tx, "favourites", who, post.id)
    if made is None:
        await store.stand_alone(tx, who, post.id, reacted=False)
        return
    await posts.count(tx, post.id, "favourites_count", 1)
    await record(
        tx,
        PostFavourited(favourite_id=made, account_id=who, post_id=post.id, author_id=post.account_id, local=post.local),
    )


async def unfavourite(tx: Tx, who: AccountId, post: Post) -> bool:
    """Take the mark back, and every reaction. Says whether there was one. Records: PostUnfavourited when there was."""
    for one in await store.reactions_by(tx, who, post.id):
        await reacting.end(tx, post, one)
    return await reacting.end_favourite(tx, who, post)


async def count_like(tx: Tx, post: Post, voter: str) -> bool:
    """Count the like of somebody elsewhere of whom only the address `voter` is known. Says whether it is new.

    No fact: nobody is told who it was, and no list names them.
    """
    if not await store.vote(tx, post.id, voter):
        return False
    await posts.count(tx, post.id, "favourites_count", 1)
    return True


async def uncount_like(tx: Tx, post: Post, voter: str) -> bool:
    """Count such a like no longer. Says whether it was counted."""
    if not await store.unvote(tx, post.id, voter):
        return False
    await posts.count(tx, post.id, "favourites_count", -1)
    return True


async def bookmark(tx: Tx, who: AccountId, post: PostId) -> None:
    """Keep a post for later; nobody is told. Records: PostBookmarked, the first time."""
    made = await store.mark(tx, "bookmarks", who, post)
    if made is not None:
        await record(tx, PostBookmarked(bookmark_id=made, account_id=who, post_id=post))


async def unbookmark(tx: Tx, who: AccountId, post: PostId) -> bool:
    """Keep a post no longer. Says whether it was kept. Records: PostUnbookmarked when it was."""
    gone = await store.unmark(tx, "bookmarks", who, post)
    if gone is None:
        return False
    await record(tx, PostUnbookmarked(bookmark_id=gone, account_id=who, post_id=post))
    return True


async def pin(tx: Tx, who: AccountId, post: Post) -> None:
    """Put one's own post on top of one's profile, one at a time. Records: PostPinned. Raises: Invalid."""
    await accounts.locked(tx, who)
    rules.check_pin(post, who, await store.count_pins(tx, who, besides=post.id))
    made = await store.mark(tx, "pins", who, post.id)
    if made is not None:
        await record(tx, PostPinned(pin_id=made, account_id=who, post_id=post.id))


async def mirror_pins(tx: Tx, who: AccountId, shown: Sequence[PostId]) -> None:
    """Let exactly these posts of their own be on top of the profile of somebody elsewhere, as their server says.

    Nothing is recorded: it is no news. At most `rules.MOST_MIRRORED` are kept.
    """
    await store.put_pins(tx, who, shown[: rules.MOST_MIRRORED])


async def mirror_pin(tx: Tx, who: AccountId, post: PostId) -> None:
    """Let one more post of their own be on top of the profile of somebody elsewhere, if there is room."""
    if await store.count_pins(tx, who, besides=post) < rules.MOST_MIRRORED:
        await store.mark(tx, "pins", who, post)


async def unpin(tx: Tx, who: AccountId, post: PostId) -> None:
    """Take a post from the top of one's profile. Records: PostUnpinned."""
    gone = await store.unmark(tx, "pins", who, post)
    if gone is not None:
        await record(tx, PostUnpinned(pin_id=gone, account_id=who, post_id=post))


async def mute_thread(tx: Tx, who: AccountId, post: Post) -> None:
    """Be told nothing more of the thread this post is in."""
    if post.conversation_id is not None:
        await store.mute(tx, who, post.conversation_id)


async def unmute_thread(tx: Tx, who: AccountId, post: Post) -> None:
    """Be told of the thread again."""
    if post.conversation_id is not None:
        await store.unmute(tx, who, post.conversation_id)


async def withdraw(tx: Tx, who: AccountId, *, batch: int) -> bool:
    """Take back a batch of somebody's favourites and reactions. Says whether more is left.

    No facts: what follows from the end of an account follows from AccountDeleted.
    """
    marked = await store.withdraw_favourites(tx, who, batch)
    await posts.count_marks(tx, marked, "favourites_count", -1)
    reacted = await store.withdraw_reactions(tx, who, batch)
    each = Counter(reacted)
    for number in sorted(set(each.values())):
        await posts.count_marks(tx, [post for post in each if each[post] == number], "reactions_count", -number)
    return batch in (len(marked), len(reacted))
