"""How feeds follow from what happens."""

from datetime import timedelta

from marula.base.events import reacts_to
from marula.base.jobs import every, job, later
from marula.base.kernel.ids import AccountId, PostId
from marula.domain.context import Context
from marula.domain.posts import PostPublished
from marula.domain.relationships import (
    AccountBlocked,
    AccountFollowed,
    AccountMuted,
    AccountUnfollowed,
    AccountUnmuted,
)
from marula.domain.timelines.events import FeedWanted
from marula.domain.timelines.store import home

BATCH = 1000
"""Feeds that one statement writes to."""


@reacts_to(PostPublished, lane="feeds")
async def fan_out(ctx: Context, event: PostPublished) -> None:
    """Write a new post into its author's own feed and into the feeds of the first followers."""
    async with ctx.db.transaction("relaxed") as tx:
        if event.local:
            await home.push(tx, event.account_id, event.post_id)
        last = await home.fan_out(tx, event.post_id, after=AccountId(0), batch=BATCH)
        if last is not None:
            await later(tx, fan_out_further, event.post_id, last)


@job(lane="feeds")
async def fan_out_further(ctx: Context, post: PostId, after: AccountId) -> None:
    """Write a new post into the feeds of the next followers."""
    async with ctx.db.transaction("relaxed") as tx:
        last = await home.fan_out(tx, post, after=after, batch=BATCH)
        if last is not None:
            await later(tx, fan_out_further, post, last)


@reacts_to(FeedWanted, lane="now")
async def build(ctx: Context, event: FeedWanted) -> None:
    """Build a home feed."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.build_home(tx, event.account_id)


@reacts_to(AccountFollowed, lane="feeds")
async def merge(ctx: Context, event: AccountFollowed) -> None:
    """Show the recent posts of somebody just followed."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.merge(tx, event.account_id, event.target_id)


@reacts_to(AccountUnmuted, lane="feeds")
async def merge_unmuted(ctx: Context, event: AccountUnmuted) -> None:
    """Show the recent posts of somebody who is muted no longer, when they are followed."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.merge(tx, event.account_id, event.target_id)


@reacts_to(AccountUnfollowed, lane="feeds")
async def unmerge_unfollowed(ctx: Context, event: AccountUnfollowed) -> None:
    """Take the posts of somebody no longer followed out of the feed."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.unfollow(tx, event.account_id, event.target_id)


@reacts_to(AccountMuted, lane="feeds")
async def unmerge_muted(ctx: Context, event: AccountMuted) -> None:
    """Take the posts of somebody muted out of the feed."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.unmerge(tx, event.account_id, event.target_id)


@reacts_to(AccountBlocked, lane="feeds")
async def unmerge_blocked(ctx: Context, event: AccountBlocked) -> None:
    """Take each other's posts out of both feeds."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.unmerge(tx, event.account_id, event.target_id)
        await home.unmerge(tx, event.target_id, event.account_id)


@every(timedelta(hours=1))
@job(lane="upkeep")
async def trim_feeds(ctx: Context) -> None:
    """Cut all home feeds to their size and drop those of people who stay away."""
    async with ctx.db.transaction("relaxed") as tx:
        await home.drop_resting(tx)
    last: AccountId | None = AccountId(0)
    while last is not None:
        async with ctx.db.transaction("relaxed") as tx:
            last = await home.trim(tx, last, BATCH)
