"""How feeds follow from what happens."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import TypeAlias

from marula.base.db import Tx
from marula.base.events import announce, reacts_to
from marula.base.jobs import every, job
from marula.base.kernel.ids import AccountId, ListId, PostId
from marula.domain import posts
from marula.domain.context import Context
from marula.domain.lists import ListDeleted, ListMembersAdded, ListMembersRemoved, ListRevised, all_members
from marula.domain.posts import AnswerLinked, PostPublished, Visibility
from marula.domain.relationships import (
    AccountBlocked,
    AccountFollowed,
    AccountMuted,
    AccountUnfollowed,
    AccountUnmuted,
    DomainHidden,
)
from marula.domain.tags import TagUnfollowed
from marula.domain.timelines.events import FeedWanted, ListFeedWanted
from marula.domain.timelines.store import home, lists

BATCH = 1000
"""Feeds that one statement writes to."""

Feeds: TypeAlias = Callable[..., Awaitable[int | None]]
"""Writes a post into a batch of feeds, `after` one; gives the last, or None when there are no more."""

INTO_HOME, INTO_LISTS = "into_home", "into_lists"
"""Live topics: a post, by its id, has come into home feeds, or into feeds of lists; again for each batch."""


@reacts_to(PostPublished, lane="fan_out", when=lambda event: event.live)
async def fan_out(ctx: Context, event: PostPublished) -> None:
    """Write a new post into the feeds of its author, of followers, lists and followers of its hashtags, in batches.

    Posts come into feeds in the order of their ids, so whoever has seen one has seen, or can ask for, all before it.
    """
    post = event.post_id
    left: list[tuple[Feeds, str, int]] = [(partial(_into_homes, event=event), INTO_HOME, 0)]
    if event.visibility < Visibility.DIRECT:
        left.append((partial(lists.fan_out, post=post), INTO_LISTS, 0))
    if event.visibility is Visibility.PUBLIC and event.reblog_of_id is None:
        left.append((partial(home.fan_out_by_tag, post=post), INTO_HOME, 0))
    await _write(ctx, post, left)


@reacts_to(AnswerLinked, lane="fan_out")
async def fan_out_answer(ctx: Context, event: AnswerLinked) -> None:
    """Write an answer into the feeds that take it now that it is known whom it answers, where it has its place."""
    async with ctx.db.reading() as db:
        found = await posts.by_id(db, event.post_id)
    if found is None:
        return
    left: list[tuple[Feeds, str, int]] = [(partial(home.fan_out, post=event.post_id), INTO_HOME, 0)]
    if found.visibility < Visibility.DIRECT:
        left.append((partial(lists.fan_out, post=event.post_id), INTO_LISTS, 0))
    await _write(ctx, event.post_id, left)


async def _write(ctx: Context, post: PostId, left: list[tuple[Feeds, str, int]]) -> None:
    """Write a post into these feeds, batch by batch, and tell those who listen."""
    while left:
        async with ctx.db.transaction("relaxed") as tx:
            reached = [(into, topic, await into(tx, after=after, batch=BATCH)) for into, topic, after in left]
            for topic in dict.fromkeys(topic for _, topic, _ in left):
                await announce(tx, topic, str(post))
        left = [(into, topic, last) for into, topic, last in reached if last is not None]


async def _into_homes(tx: Tx, *, event: PostPublished, after: AccountId, batch: int) -> AccountId | None:
    if event.local and not after:
        await home.push(tx, event.account_id, event.post_id)
    return await home.fan_out(tx, event.post_id, after=after, batch=batch)


@reacts_to(FeedWanted, lane="now")
async def build(ctx: Context, event: FeedWanted) -> None:
    """Build a home feed."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.build_home(tx, event.account_id)


@reacts_to(ListFeedWanted, lane="now")
async def build_list(ctx: Context, event: ListFeedWanted) -> None:
    """Build the feed of a list."""
    async with ctx.db.transaction("relaxed") as tx:
        await lists.build(tx, event.list_id)


@reacts_to(AccountFollowed, lane="feeds")
async def merge(ctx: Context, event: AccountFollowed) -> None:
    """Show the recent posts of somebody just followed."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.merge(tx, event.account_id, [event.target_id])
        await lists.fill_with(tx, event.account_id, event.target_id)


@reacts_to(AccountUnmuted, lane="feeds")
async def merge_unmuted(ctx: Context, event: AccountUnmuted) -> None:
    """Show the recent posts of somebody who is muted no longer, when they are followed."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.merge(tx, event.account_id, [event.target_id])
        await lists.fill_with(tx, event.account_id, event.target_id)


@reacts_to(AccountUnfollowed, lane="feeds")
async def unmerge_unfollowed(ctx: Context, event: AccountUnfollowed) -> None:
    """Take the posts of somebody no longer followed out of the feed."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.unfollow(tx, event.account_id, event.target_id)


@reacts_to(TagUnfollowed, lane="feeds")
async def unfollow_tag(ctx: Context, event: TagUnfollowed) -> None:
    """Take the posts with a hashtag no longer followed out of the feed."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.unfollow_tag(tx, event.account_id, event.tag_id)


@reacts_to(AccountMuted, lane="feeds")
async def unmerge_muted(ctx: Context, event: AccountMuted) -> None:
    """Take the posts of somebody muted, and those that name them, out of the feeds."""
    async with ctx.db.transaction("relaxed") as tx:
        await _shun(tx, event.account_id, event.target_id)


@reacts_to(AccountBlocked, lane="feeds")
async def unmerge_blocked(ctx: Context, event: AccountBlocked) -> None:
    """Take each other's posts out of the feeds of both, and those that name who is blocked out of the blocker's."""
    async with ctx.db.transaction("relaxed") as tx:
        await _shun(tx, event.account_id, event.target_id)
        await home.unmerge(tx, event.target_id, event.account_id)
        await lists.unmerge(tx, event.target_id, event.account_id)


async def _shun(tx: Tx, who: AccountId, whom: AccountId) -> None:
    for feeds in (home, lists):
        await feeds.unmerge(tx, who, whom)
        await feeds.unmention(tx, who, whom)


@reacts_to(DomainHidden, lane="feeds")
async def hide_domain(ctx: Context, event: DomainHidden) -> None:
    """Take what came from a server that somebody hides out of their feeds."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.hide_domain(tx, event.account_id, event.domain)
        await lists.hide_domain(tx, event.account_id, event.domain)


@reacts_to(ListMembersAdded, lane="feeds")
async def fill_list(ctx: Context, event: ListMembersAdded) -> None:
    """Show the recent posts of those who were put on a list, and nowhere else when the list is exclusive."""
    async with ctx.db.transaction("relaxed") as tx:
        await lists.fill(tx, [event.list_id], event.members)
        if event.exclusive:
            await home.hide_exclusive(tx, event.account_id, event.members)


@reacts_to(ListMembersRemoved, lane="feeds")
async def drop_former(ctx: Context, event: ListMembersRemoved) -> None:
    """Take the posts of those who left a list out of its feed, back into the home feed when the list is exclusive."""
    async with ctx.db.transaction("relaxed") as tx:
        await lists.drop_former(tx, event.list_id, event.members)
        if event.exclusive:
            await home.merge(tx, event.account_id, event.members)


@reacts_to(ListRevised, lane="feeds", when=lambda event: event.replies_policy_changed or event.exclusive_changed)
async def follow_revision(ctx: Context, event: ListRevised) -> None:
    """Fill the feed of a list anew by its new policy; move its members' posts out of the home feed, or back."""
    async with ctx.db.transaction("relaxed") as tx:
        if event.replies_policy_changed:
            await lists.build(tx, event.list_id)
        if event.exclusive_changed:
            members = await all_members(tx, event.list_id)
            await home.hide_exclusive(tx, event.account_id, members)
            await home.merge(tx, event.account_id, members)


@reacts_to(ListDeleted, lane="feeds", when=lambda event: bool(event.members))
async def return_from_list(ctx: Context, event: ListDeleted) -> None:
    """Show the posts of those who were on an exclusive list in the home feed again."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.merge(tx, event.account_id, event.members)


@every(timedelta(hours=1))
@job(lane="upkeep")
async def trim_feeds(ctx: Context) -> None:
    """Cut all feeds to their size and drop those that nobody reads."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.drop_resting(tx)
        await lists.drop_resting(tx)
    last: AccountId | None = AccountId(0)
    while last is not None:
        async with ctx.db.transaction("relaxed") as tx:
            last = await home.trim(tx, last, BATCH)
    last_list: ListId | None = ListId(0)
    while last_list is not None:
        async with ctx.db.transaction("relaxed") as tx:
            last_list = await lists.trim(tx, last_list, BATCH)
