"""The home feed: what a new post is written into, and what follows and blocks make of it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain import relationships, timelines
from marula.domain.posts import Post, Visibility
from marula.domain.relationships import FollowOptions
from marula.domain.timelines import actions, reactions
from marula.domain.timelines.store import home
from tests.domain.posts.writing import boost, delete, follow, person, write
from tests.world import World


async def keep_feed(world: World, who: AccountId) -> bool:
    async with world.ctx.db.transaction() as tx:
        return await timelines.return_home(tx, who)


async def feed(world: World, who: AccountId) -> list[int]:
    """The home feed, once all that is due was done."""
    await world.settle()
    async with world.ctx.db.reading() as db:
        return list(await timelines.home(db, who, Page(limit=1000)))


async def reader(world: World, *follows: AccountId, name: str = "reader") -> AccountId:
    """Somebody who follows and keeps a feed."""
    who = await person(world, name)
    for whom in follows:
        await follow(world, who, whom)
    await keep_feed(world, who)
    await world.settle()
    return who


def ids(*posts: Post) -> list[int]:
    return [post.id for post in posts]


async def test_a_post_reaches_its_author_and_followers_who_keep_a_feed(world: World) -> None:
    ann, other, away = await person(world, "ann"), await person(world, "other"), await person(world, "away")
    ben = await reader(world, ann)
    for who in (ann, other):
        await keep_feed(world, who)
    await follow(world, away, ann)
    post = await write(world, ann)
    assert await feed(world, ann) == await feed(world, ben) == ids(post)
    assert await feed(world, other) == await feed(world, away) == []


@pytest.mark.parametrize(
    ("visibility", "reached"),
    [(Visibility.PUBLIC, True), (Visibility.UNLISTED, True), (Visibility.PRIVATE, True), (Visibility.DIRECT, False)],
)
async def test_followers_get_all_but_direct_posts(world: World, visibility: Visibility, reached: bool) -> None:
    ann = await person(world, "ann")
    ben = await reader(world, ann)
    post = await write(world, ann, visibility=visibility)
    assert await feed(world, ben) == (ids(post) if reached else [])


async def test_a_direct_post_reaches_the_followers_it_names(world: World) -> None:
    ann = await person(world, "ann")
    ben, cat = await reader(world, ann, name="ben"), await reader(world, ann, name="cat")
    post = await write(world, ann, "@ben hello", visibility=Visibility.DIRECT)
    assert await feed(world, ben) == ids(post)
    assert await feed(world, cat) == []


async def test_boosts_reach_those_who_want_them(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    wants, not_wants = await reader(world, ann, name="wants"), await reader(world, ann, name="not_wants")
    await follow(world, not_wants, ann, FollowOptions(reblogs=False))
    boosted = await boost(world, ann, await write(world, ben))
    assert await feed(world, wants) == ids(boosted)
    assert await feed(world, not_wants) == []


async def test_nobody_is_shown_boosts_of_their_own_posts(world: World) -> None:
    ann = await person(world, "ann")
    ben = await reader(world, ann)
    own = await write(world, ben)
    await boost(world, ann, own)
    assert await feed(world, ben) == ids(own)


async def test_only_posts_in_the_languages_of_the_follow_arrive(world: World) -> None:
    ann = await person(world, "ann")
    ben = await reader(world, ann)
    await follow(world, ben, ann, FollowOptions(languages=("de", "fr")))
    german, unknown = await write(world, ann, language="de"), await write(world, ann)
    await write(world, ann, language="en")
    assert await feed(world, ben) == ids(unknown, german)


async def test_answers_to_strangers_do_not_arrive(world: World) -> None:
    ann, stranger, friend = await person(world, "ann"), await person(world, "stranger"), await person(world, "friend")
    ben = await reader(world, ann, friend)
    await world.settle()
    to_stranger = await write(world, stranger)
    to_friend, to_reader = await write(world, friend), await write(world, ben)
    await write(world, ann, in_reply_to=to_stranger.id)
    own = await write(world, ann)
    wanted = [await write(world, ann, in_reply_to=parent.id) for parent in (own, to_friend, to_reader)]
    assert await feed(world, ben) == ids(*reversed([to_friend, to_reader, own, *wanted]))


async def test_a_boost_of_what_is_still_near_the_top_is_not_shown_again(world: World) -> None:
    ann, cat, dog = await person(world, "ann"), await person(world, "cat"), await person(world, "dog")
    ben = await reader(world, ann, cat, dog)
    post = await write(world, ann)
    await boost(world, cat, post)
    assert await feed(world, ben) == ids(post)
    written = [await write(world, ann) for _ in range(home.FALLOFF - 1)]
    await world.settle()
    await boost(world, dog, post)
    assert len(await feed(world, ben)) == home.FALLOFF
    written.append(await write(world, ann))
    await world.settle()
    eve = await person(world, "eve")
    await follow(world, ben, eve)
    again = await boost(world, eve, post)
    assert (await feed(world, ben))[0] == again.id


async def mute(world: World, who: AccountId, whom: AccountId, duration: timedelta | None = None) -> None:
    async with world.ctx.db.transaction() as tx:
        await relationships.mute(tx, who, whom, duration=duration)


async def block(world: World, who: AccountId, whom: AccountId) -> None:
    async with world.ctx.db.transaction() as tx:
        await relationships.block(tx, who, whom)


async def test_the_muted_do_not_arrive_neither_themselves_nor_boosted(world: World) -> None:
    ann, cat = await person(world, "ann"), await person(world, "cat")
    ben = await reader(world, ann, cat)
    await mute(world, ben, cat, timedelta(hours=1))
    post = await write(world, cat)
    await boost(world, ann, post)
    assert await feed(world, ben) == []
    world.clock.advance(timedelta(hours=1))
    later = await write(world, cat)
    assert await feed(world, ben) == ids(later)


@pytest.mark.parametrize("reader_blocks", [True, False])
async def test_boosts_of_the_blocked_do_not_arrive(world: World, reader_blocks: bool) -> None:
    ann, cat = await person(world, "ann"), await person(world, "cat")
    ben = await reader(world, ann)
    await block(world, *((ben, cat) if reader_blocks else (cat, ben)))
    await boost(world, ann, await write(world, cat))
    assert await feed(world, ben) == []


async def test_many_followers_are_reached_in_batches(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactions, "BATCH", 2)
    ann = await person(world, "ann")
    followers = [await reader(world, ann, name=f"reader{number}") for number in range(5)]
    post = await write(world, ann)
    assert [await feed(world, who) for who in followers] == [ids(post)] * 5


async def test_who_follows_gets_what_was_written_lately(world: World) -> None:
    ann, cat = await person(world, "ann"), await person(world, "cat")
    ben = await reader(world)
    own, post = await write(world, ben), await write(world, ann)
    await write(world, ann, visibility=Visibility.DIRECT)
    boosted = await boost(world, ann, await write(world, cat))
    await boost(world, ann, own)
    await follow(world, ben, ann)
    assert await feed(world, ben) == ids(boosted, post, own)


async def test_who_unfollows_keeps_only_what_others_boosted(world: World) -> None:
    ann, cat = await person(world, "ann"), await person(world, "cat")
    ben = await reader(world, ann, cat)
    await write(world, ann)
    before = await write(world, ann)
    async with world.ctx.db.transaction() as tx:
        await relationships.unfollow(tx, ben, ann)
    assert await feed(world, ben) == []
    boosted = await boost(world, cat, before)
    assert await feed(world, ben) == ids(boosted)


async def test_who_follows_again_or_mutes_no_longer_before_the_jobs_ran_loses_nothing(world: World) -> None:
    ann = await person(world, "ann")
    ben = await reader(world, ann)
    post = await write(world, ann)
    assert await feed(world, ben) == ids(post)
    async with world.ctx.db.transaction() as tx:
        await relationships.unfollow(tx, ben, ann)
        await relationships.follow(tx, ben, ann)
        await relationships.mute(tx, ben, ann)
        await relationships.unmute(tx, ben, ann)
    names = ["timelines.unmerge_unfollowed", "timelines.unmerge_muted"]
    late = "update jobs set run_at = run_at + interval '1 hour' where name = any($1) returning id"
    assert len(await world.rows(late, names)) == 2
    assert await feed(world, ben) == ids(post)
    world.clock.advance(timedelta(hours=1))
    assert await feed(world, ben) == ids(post)


@pytest.mark.parametrize("end", [mute, block])
async def test_a_mute_or_block_takes_everything_of_somebody_out(world: World, end: object) -> None:
    ann, cat = await person(world, "ann"), await person(world, "cat")
    ben = await reader(world, ann, cat)
    kept = await write(world, cat)
    await boost(world, cat, await write(world, ann))
    await write(world, ann)
    assert len(await feed(world, ben)) >= 3
    await (mute if end is mute else block)(world, ben, ann)
    assert await feed(world, ben) == ids(kept)


async def test_a_block_empties_the_feed_of_the_blocked_too(world: World) -> None:
    ann = await person(world, "ann")
    ben = await reader(world, ann)
    await write(world, ann)
    await block(world, ann, ben)
    assert await feed(world, ben) == []


async def test_a_deleted_post_leaves_the_feed(world: World) -> None:
    ann = await person(world, "ann")
    ben = await reader(world, ann)
    post = await write(world, ann)
    assert await feed(world, ben) == ids(post)
    await delete(world, post)
    assert await feed(world, ben) == []


async def test_feeds_are_cut_to_their_size(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "KEPT", 3)
    monkeypatch.setattr(reactions, "BATCH", 1)
    ann = await person(world, "ann")
    ben, cat = await reader(world, ann, name="ben"), await reader(world, ann, name="cat")
    written = [await write(world, ann) for _ in range(5)]
    assert len(await feed(world, ben)) == 5
    await reactions.trim_feeds(world.ctx)
    assert await feed(world, ben) == await feed(world, cat) == ids(*reversed(written[2:]))


async def test_a_feed_holds_800_posts() -> None:
    assert home.KEPT == 800


async def test_the_feed_of_somebody_who_stays_away_is_dropped_and_built_anew(world: World) -> None:
    ann = await person(world, "ann")
    ben = await reader(world, ann)
    first = await write(world, ann)
    assert await feed(world, ben) == ids(first)
    world.clock.advance(home.REST + timedelta(seconds=1))
    await reactions.trim_feeds(world.ctx)
    assert await feed(world, ben) == []
    second = await write(world, ann)
    assert await feed(world, ben) == []
    async with world.ctx.db.reading() as db:
        assert await timelines.home_state(db, ben) is None
    assert await keep_feed(world, ben)
    assert await feed(world, ben) == ids(second, first)


async def test_the_feed_of_somebody_who_follows_many_is_built_by_a_job(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "FEW", 1)
    ann, cat = await person(world, "ann"), await person(world, "cat")
    ben = await person(world, "ben")
    for whom in (ann, cat):
        await follow(world, ben, whom)
    post = await write(world, ann)
    await world.settle()
    assert not await keep_feed(world, ben)
    assert not await keep_feed(world, ben)
    assert len(await world.facts("FeedWanted")) == 1
    async with world.ctx.db.reading() as db:
        assert await timelines.home_state(db, ben) is False
    assert await feed(world, ben) == ids(post)
    async with world.ctx.db.reading() as db:
        assert await timelines.home_state(db, ben) is True


async def test_a_feed_built_anew_holds_what_it_would_have_held(world: World) -> None:
    ann, cat, stranger = await person(world, "ann"), await person(world, "cat"), await person(world, "stranger")
    ben = await reader(world, ann, cat)
    own = await write(world, ben)
    post = await write(world, ann)
    await boost(world, cat, post)
    await boost(world, cat, own)
    await boost(world, cat, await write(world, stranger))
    await write(world, ann, in_reply_to=(await write(world, stranger)).id)
    await write(world, ann, visibility=Visibility.DIRECT)
    await write(world, ann, "@reader", visibility=Visibility.DIRECT)
    before = await feed(world, ben)
    world.clock.advance(home.REST + timedelta(seconds=1))
    await reactions.trim_feeds(world.ctx)
    await keep_feed(world, ben)
    assert await feed(world, ben) == before


@pytest.mark.parametrize("shun", [mute, block])
async def test_what_names_somebody_shunned_does_not_arrive(
    world: World, shun: Callable[[World, AccountId, AccountId], Awaitable[None]]
) -> None:
    ann, cat, dan = await person(world, "ann"), await person(world, "cat"), await person(world, "dan")
    ben = await reader(world, ann, cat)
    await shun(world, ben, dan)
    named = await write(world, ann, "@dan hello")
    await boost(world, cat, named)
    own = await write(world, ben, "@dan hello")
    assert await feed(world, ben) == ids(own)


@pytest.mark.parametrize("shun", [mute, block])
async def test_who_shuns_somebody_keeps_nothing_that_names_them_but_their_own(
    world: World, shun: Callable[[World, AccountId, AccountId], Awaitable[None]]
) -> None:
    ann, dan = await person(world, "ann"), await person(world, "dan")
    ben = await reader(world, ann, dan)
    named = await write(world, ann, "@dan hello")
    own = await boost(world, ben, await write(world, dan))
    await world.settle()
    await shun(world, ben, dan)
    assert await feed(world, ben) == ids(own)
    world.clock.advance(home.REST + timedelta(seconds=1))
    await reactions.trim_feeds(world.ctx)
    await keep_feed(world, ben)
    again = await feed(world, ben)
    assert own.id in again
    assert named.id not in again
