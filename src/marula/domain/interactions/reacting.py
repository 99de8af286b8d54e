"""Reactions to posts with emoji. Each is a favourite, too, for those who know favourites only.

Spec: FEP-c0e0 (emoji reactions)
"""

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.ids import AccountId
from marula.domain import posts
from marula.domain.interactions import rules, store
from marula.domain.interactions.events import PostFavourited, PostReacted, PostUnfavourited, PostUnreacted
from marula.domain.interactions.types import Chosen, Reacted
from marula.domain.posts import Post


async def react(tx: Tx, who: AccountId, post: Post, chosen: Chosen, *, uri: str | None = None) -> bool:
    """React to a post that `who` may read, with each emoji once. Says whether this is new.

    Takes: `uri`, the id of the activity of another server that says so.
    Records: PostReacted; PostFavourited, marked as going with it, when it was no favourite. Raises: Invalid.
    """
    given = await store.reactions_by(tx, who, post.id)
    if chosen in [one.chosen for one in given]:
        return False
    rules.check_reaction(len(given))
    made = await store.react(tx, who, post.id, chosen, uri)
    if made is None:
        return False
    await posts.count(tx, post.id, "reactions_count", 1)
    await record(
        tx,
        PostReacted(
            reaction_id=made,
            account_id=who,
            post_id=post.id,
            author_id=post.account_id,
            local=post.local,
            name=chosen.name,
            domain=chosen.domain,
        ),
    )
    favourite = await store.mark_reacted(tx, who, post.id)
    if favourite is not None:
        await posts.count(tx, post.id, "favourites_count", 1)
        await record(
            tx,
            PostFavourited(
                favourite_id=favourite,
                account_id=who,
                post_id=post.id,
                author_id=post.account_id,
                local=post.local,
                reacted=True,
            ),
        )
    return True


async def unreact(tx: Tx, who: AccountId, post: Post, chosen: Chosen) -> bool:
    """Take a reaction back; with the last one the favourite that goes with them. Says whether it was there.

    Records: PostUnreacted, PostUnfavourited.
    """
    given = await store.reactions_by(tx, who, post.id)
    found = next((one for one in given if one.chosen == chosen), None)
    if found is None or not await end(tx, post, found):
        return False
    if len(given) == 1:
        await end_favourite(tx, who, post, reacted_only=True)
    return True


async def end(tx: Tx, post: Post, reaction: Reacted) -> bool:
    """Remove one reaction. Records: PostUnreacted."""
    if not await store.unreact(tx, reaction.id):
        return False
    await posts.count(tx, post.id, "reactions_count", -1)
    await record(
        tx,
        PostUnreacted(
            reaction_id=reaction.id,
            account_id=reaction.account_id,
            post_id=post.id,
            author_id=post.account_id,
            local=post.local,
            name=reaction.name,
            domain=reaction.domain,
        ),
    )
    return True


async def end_favourite(tx: Tx, who: AccountId, post: Post, *, reacted_only: bool = False) -> bool:
    """Remove a favourite, or only one that goes with reactions. Records: PostUnfavourited."""
    gone = await store.unmark_favourite(tx, who, post.id, reacted_only=reacted_only)
    if gone is None:
        return False
    await posts.count(tx, post.id, "favourites_count", -1)
    await record(
        tx,
        PostUnfavourited(
            favourite_id=gone["id"],
            account_id=who,
            post_id=post.id,
            author_id=post.account_id,
            local=post.local,
            reacted=gone["reacted"],
        ),
    )
    return True
