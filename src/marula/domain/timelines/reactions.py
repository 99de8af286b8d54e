"""How feeds follow from what happens."""

from datetime import timedelta

from marula.base.db import Tx
from marula.base.events import announce, reacts_to
from marula.base.jobs import every, job, later
from marula.base.kernel.ids import AccountId, ListId, PostId
from marula.domain.context import Context
from marula.domain.lists import ListDeleted, ListMembersAdded, ListMembersRemoved, ListRevised, all_members
from marula.domain.posts import PostPublished, Visibility
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

INTO_HOME, INTO_LISTS = "into_home", "into_lists"
"""Live topics: a post, by its id, has come into home feeds, or into feeds of lists; again for each batch."""


@reacts_to(PostPublished, lane="feeds", when=lambda event: event.live)
async def fan_out(ctx: Context, event: PostPublished) -> None:
    """Write a new post into the feeds of its author, the first followers, lists and followers of its hashtags."""
    async with ctx.db.transaction("relaxed") as tx:
        if event.local:
            await home.push(tx, event.account_id, event.post_id)
        last = await home.fan_out(tx, event.post_id, after=AccountId(0), batch=BATCH)
        await announce(tx, INTO_HOME, str(event.post_id))
        if last is not None:
            await later(tx, fan_out_further, event.post_id, last)
        if event.visibility < Visibility.DIRECT:
            await _fan_out_to_lists(tx, event.post_id, ListId(0))
        if event.visibility is Visibility.PUBLIC and event.reblog_of_id is None:
            await _fan_out_by_tag(tx, event.post_id, AccountId(0))


@job(lane="feeds")
async def fan_out_further(ctx: Context, post: PostId, after: AccountId) -> None:
    """Write a new post into the feeds of the next followers."""
    async with ctx.db.transaction("relaxed") as tx:
        last = await home.fan_out(tx, post, after=after, batch=BATCH)
        await announce(tx, INTO_HOME, str(post))
        if last is not None:
            await later(tx, fan_out_further, post, last)


@job(lane="feeds")
async def fan_out_to_further_lists(ctx: Context, post: PostId, after: ListId) -> None:
    """Write a new post into the feeds of the next lists."""
    async with ctx.db.transaction("relaxed") as tx:
        await _fan_out_to_lists(tx, post, after)


@job(lane="feeds")
async def fan_out_by_tag_further(ctx: Context, post: PostId, after: AccountId) -> None:
    """Write a new post into the feeds of the next of those who follow its hashtags."""
    async with ctx.db.transaction("relaxed") as tx:
        await _fan_out_by_tag(tx, post, after)


async def _fan_out_by_tag(tx: Tx, post: PostId, after: AccountId) -> None:
    last = await home.fan_out_by_tag(tx, post, after=after, batch=BATCH)
    await announce(tx, INTO_HOME, str(post))
    if last is not None:
        await later(tx, fan_out_by_tag_further, post, last)


async def _fan_out_to_lists(tx: Tx, post: PostId, after: ListId) -> None:
    last = await lists.fan_out(tx, post, after=after, batch=BATCH)
    await announce(tx, INTO_LISTS, str(post))
    if last is not None:
        await later(tx, fan_out_to_further_lists, post, last)


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
