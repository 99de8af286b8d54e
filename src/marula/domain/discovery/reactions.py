"""What follows for discovery from what happens, and its timers."""

from datetime import timedelta

from marula.base.events import reacts_to, record
from marula.base.jobs import every, job, later
from marula.base.kernel import ids
from marula.base.kernel.ids import AccountId
from marula.domain.accounts import AccountCreated, ProfileRevised
from marula.domain.context import Context
from marula.domain.discovery import indexing, trending
from marula.domain.discovery.events import TrendReviewWanted
from marula.domain.discovery.store import directory, index, library, links, people, suggestions, trends
from marula.domain.discovery.types import Trending
from marula.domain.interactions import PostBookmarked, PostFavourited, PostUnbookmarked, PostUnfavourited
from marula.domain.posts import PollVoted, PostDeleted, PostPublished, PostReread, PostRevised


@reacts_to(ProfileRevised)
async def enter_directory(ctx: Context, event: ProfileRevised) -> None:
    """Put somebody into the directory who wants to be found now."""
    async with ctx.db.transaction("relaxed") as tx:
        await directory.enter(tx, event.account_id)


@reacts_to(AccountCreated)
async def index_newcomer(ctx: Context, event: AccountCreated) -> None:
    """Let somebody new be found by their name."""
    async with ctx.db.transaction("relaxed") as tx:
        await indexing.index_people(tx, [event.account_id])


@reacts_to(ProfileRevised)
async def index_renamed(ctx: Context, event: ProfileRevised) -> None:
    """Let somebody be found by the name they have now."""
    async with ctx.db.transaction("relaxed") as tx:
        await indexing.index_people(tx, [event.account_id])


@every(timedelta(minutes=10))
@job(lane="upkeep")
async def refresh_directory(ctx: Context) -> None:
    """Order the directory by who wrote last."""
    async with ctx.db.transaction("relaxed") as tx:
        await directory.refresh(tx)


@reacts_to(PostPublished, lane="feeds")
async def index_published(ctx: Context, event: PostPublished) -> None:
    """Let a new post be found; what it boosts or answers is in its author's library now, it in that of the named."""
    async with ctx.db.transaction("relaxed") as tx:
        for other in (event.reblog_of_id, event.in_reply_to_id):
            if other is not None and event.local:
                await indexing.settle_library(tx, other, [event.account_id])
        if event.reblog_of_id is None:
            await library.hold(tx, event.post_id)
            await library.refresh(tx, event.post_id, await library.mentioned(tx, event.post_id))
            await indexing.index_posts(tx, [event.post_id])


@reacts_to(PostRevised, lane="feeds")
async def index_revised(ctx: Context, event: PostRevised) -> None:
    """Let a post be found by what it says now, and by those it names now."""
    async with ctx.db.transaction("relaxed") as tx:
        await library.hold(tx, event.post_id)
        await library.refresh(tx, event.post_id, await library.mentioned(tx, event.post_id))
        await indexing.index_posts(tx, [event.post_id])


@reacts_to(PostReread, lane="feeds")
async def index_reread(ctx: Context, event: PostReread) -> None:
    """Let a post be found by what is read in it now."""
    async with ctx.db.transaction("relaxed") as tx:
        await indexing.index_posts(tx, [event.post_id])


@reacts_to(PostDeleted, lane="feeds", when=lambda event: event.reblog_of_id is not None)
async def settle_unboosted(ctx: Context, event: PostDeleted) -> None:
    """Take a post out of the library of who boosts it no longer. A post that is deleted leaves them by itself."""
    if event.reblog_of_id is not None:
        async with ctx.db.transaction("relaxed") as tx:
            await indexing.settle_library(tx, event.reblog_of_id, [event.account_id])


@reacts_to(PostFavourited, lane="feeds")
async def settle_favourited(ctx: Context, event: PostFavourited) -> None:
    """Put a favourite into a library."""
    async with ctx.db.transaction("relaxed") as tx:
        await indexing.settle_library(tx, event.post_id, [event.account_id])


@reacts_to(PostUnfavourited, lane="feeds")
async def settle_unfavourited(ctx: Context, event: PostUnfavourited) -> None:
    """Take what is no favourite any more out of a library."""
    async with ctx.db.transaction("relaxed") as tx:
        await indexing.settle_library(tx, event.post_id, [event.account_id])


@reacts_to(PostBookmarked, lane="feeds")
async def settle_bookmarked(ctx: Context, event: PostBookmarked) -> None:
    """Put a bookmarked post into a library."""
    async with ctx.db.transaction("relaxed") as tx:
        await indexing.settle_library(tx, event.post_id, [event.account_id])


@reacts_to(PostUnbookmarked, lane="feeds")
async def settle_unbookmarked(ctx: Context, event: PostUnbookmarked) -> None:
    """Take what is bookmarked no longer out of a library."""
    async with ctx.db.transaction("relaxed") as tx:
        await indexing.settle_library(tx, event.post_id, [event.account_id])


@reacts_to(PollVoted, lane="feeds")
async def settle_voted(ctx: Context, event: PollVoted) -> None:
    """Put the post of a poll into the library of who voted."""
    async with ctx.db.transaction("relaxed") as tx:
        await indexing.settle_library(tx, event.post_id, [event.account_id])


@reacts_to(ProfileRevised)
async def settle_author(ctx: Context, event: ProfileRevised) -> None:
    """Let anybody find the posts of an author who wants that now, or nobody else who wants that no longer."""
    async with ctx.db.transaction() as tx:
        if await index.settle_author(tx, event.account_id):
            await later(tx, index_author, event.account_id, ids.LARGEST)


@job(lane="upkeep")
async def index_author(ctx: Context, account: AccountId, below: int) -> None:
    """Index the posts of an author anew, the newest first, a batch in each job."""
    async with ctx.db.transaction("relaxed") as tx:
        batch = await index.of_account(tx, account, below, indexing.BATCH)
        await indexing.index_posts(tx, batch)
        if len(batch) == indexing.BATCH:
            await later(tx, index_author, account, batch[-1])


@job(lane="upkeep")
async def index_everybody(ctx: Context, below: int) -> None:
    """Index the names of those who were there before the index was, a batch in each job."""
    async with ctx.db.transaction("relaxed") as tx:
        batch = await people.below(tx, below, indexing.BATCH)
        await indexing.index_people(tx, batch)
        if len(batch) == indexing.BATCH:
            await later(tx, index_everybody, batch[-1])


@job(lane="upkeep")
async def index_everything(ctx: Context, below: int) -> None:
    """Index the posts that were there before the index was, the newest first, a batch in each job."""
    async with ctx.db.transaction("relaxed") as tx:
        batch = await index.below(tx, below, indexing.BATCH)
        await library.settle(tx, batch)
        await indexing.index_posts(tx, batch)
        if len(batch) == indexing.BATCH:
            await later(tx, index_everything, batch[-1])


NOTICED = timedelta(days=7)
"""What happened since counts for suggestions."""

PACES: dict[trends.Used, trending.Pace] = {"tags": trending.TAGS, "links": trending.LINKS}
TRENDING: tuple[Trending, ...] = ("tags", "links", "posts")


@every(timedelta(minutes=5))
@job(lane="upkeep")
async def refresh_trends(ctx: Context) -> None:
    """Score what people use and share now, ask for review of the best, and forget what is over.

    Records: TrendReviewWanted, once for each that is new among the best.
    Costs: a constant number of statements, which read the posts of two days.
    """
    async with ctx.db.transaction("relaxed") as tx:
        today = tx.now.replace(hour=0, minute=0, second=0, microsecond=0)
        for what, pace in PACES.items():
            uses = await trends.uses(tx, what, today, today - timedelta(days=1), pace.threshold)
            await trends.put(tx, what, trending.all_scored(uses, pace, tx.now))
        await trends.refresh_posts(tx)
        for what in TRENDING:
            wanted = await trends.want_review(tx, what, trending.REVIEWED)
            if wanted:
                await record(tx, TrendReviewWanted(what=what, ids=tuple(wanted)))
            await trends.forget(tx, what)


@every(timedelta(hours=1))
@job(lane="upkeep")
async def refresh_suggestions(ctx: Context) -> None:
    """Note whom many follow, and whose posts many answer, share and like."""
    async with ctx.db.transaction("relaxed") as tx:
        await suggestions.refresh(tx, ids.at(tx.now - NOTICED))


@every(timedelta(days=1))
@job(lane="upkeep")
async def forget_links(ctx: Context) -> None:
    """Remove links that no post has any more."""
    removed = indexing.BATCH
    while removed == indexing.BATCH:
        async with ctx.db.transaction("relaxed") as tx:
            removed = await links.forget_unused(tx, indexing.BATCH)
