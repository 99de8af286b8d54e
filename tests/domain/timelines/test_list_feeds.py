"""The feeds of lists: what a new post is written into, and what becomes of it when lists change."""

from datetime import timedelta
from typing import Any

import pytest

from marula.base.db import statements_run
from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain import lists as kept_lists
from marula.domain import relationships, timelines
from marula.domain.lists import List, RepliesPolicy
from marula.domain.posts import Post, Visibility
from marula.domain.relationships import FollowOptions
from marula.domain.timelines import actions, reactions
from marula.domain.timelines.store import home, lists
from tests.domain.lists.keeping import add, make, remove, revise
from tests.domain.posts.writing import boost, delete, follow, person, write
from tests.world import World


async def feed(world: World, kept: List) -> list[int]:
    """The feed of a list, once all that is due was done."""
    await world.settle()
    async with world.ctx.db.reading() as db:
        return list(await timelines.of_list(db, kept.id, Page(limit=1000)))


async def home_of(world: World, who: AccountId) -> list[int]:
    await world.settle()
    async with world.ctx.db.reading() as db:
        return list(await timelines.home(db, who, Page(limit=1000)))


async def read(world: World, kept: List) -> bool:
    """Read a list: its feed is kept from now on."""
    async with world.ctx.db.transaction() as tx:
        return await timelines.return_to_list(tx, kept.id)


async def reader(world: World, *follows: AccountId, name: str = "reader") -> AccountId:
    """Somebody who follows and keeps a home feed."""
    who = await person(world, name)
    for whom in follows:
        await follow(world, who, whom)
    async with world.ctx.db.transaction() as tx:
        await timelines.return_home(tx, who)
    await world.settle()
    return who


async def followed_list(world: World, *members: AccountId, **asked: Any) -> List:
    """A list, of a new reader, of these people, whose feed is kept."""
    kept = await make(world, await reader(world, *members), *members, **asked)
    await read(world, kept)
    await world.settle()
    return kept


def ids(*posts: Post) -> list[int]:
    return [post.id for post in posts]


async def test_a_post_reaches_the_lists_its_author_is_on(world: World) -> None:
    ann, cat = await person(world, "ann"), await person(world, "cat")
    who = await reader(world, ann, cat)
    first, second, other = await make(world, who, ann), await make(world, who, ann), await make(world, who, cat)
    for kept in (first, second, other):
        await read(world, kept)
    post = await write(world, ann)
    assert await feed(world, first) == await feed(world, second) == await home_of(world, who) == ids(post)
    assert await feed(world, other) == []


@pytest.mark.parametrize(
    ("visibility", "reached"),
    [(Visibility.PUBLIC, True), (Visibility.UNLISTED, True), (Visibility.PRIVATE, True), (Visibility.DIRECT, False)],
)
async def test_lists_get_all_but_direct_posts(world: World, visibility: Visibility, reached: bool) -> None:
    ann = await person(world, "ann")
    kept = await followed_list(world, ann)
    post = await write(world, ann, "@reader", visibility=visibility)
    assert await feed(world, kept) == (ids(post) if reached else [])


async def test_who_only_asked_to_follow_gets_nothing_until_it_is_granted(world: World) -> None:
    ann = await person(world, "ann")
    await world.rows("update accounts set locked = true where id = $1", ann)
    who = await reader(world, ann)
    kept = await make(world, who, ann)
    await read(world, kept)
    post = await write(world, ann)
    assert await feed(world, kept) == []
    async with world.ctx.db.transaction() as tx:
        await relationships.authorize_request(tx, ann, who)
    assert await feed(world, kept) == ids(post)


async def test_ones_own_posts_are_shown_when_one_is_on_ones_list(world: World) -> None:
    stranger = await person(world, "stranger")
    who = await reader(world)
    kept = await make(world, who, who, replies_policy="followed")
    await read(world, kept)
    post = await write(world, who)
    answer = await write(world, who, in_reply_to=(await write(world, stranger)).id)
    boosted = await boost(world, who, post)
    assert await feed(world, kept) == ids(answer, post)
    assert await home_of(world, who) == ids(boosted, answer, post)


@pytest.mark.parametrize("wanted", [True, False])
async def test_boosts_arrive_as_the_follow_says(world: World, wanted: bool) -> None:
    ann, cat = await person(world, "ann"), await person(world, "cat")
    kept = await followed_list(world, ann)
    await follow(world, kept.account_id, ann, FollowOptions(reblogs=wanted))
    boosted = await boost(world, ann, await write(world, cat))
    await boost(world, ann, await write(world, kept.account_id))
    assert await feed(world, kept) == (ids(boosted) if wanted else [])


async def test_only_posts_in_the_languages_of_the_follow_arrive(world: World) -> None:
    ann = await person(world, "ann")
    kept = await followed_list(world, ann)
    await follow(world, kept.account_id, ann, FollowOptions(languages=("de",)))
    german = await write(world, ann, language="de")
    await write(world, ann, language="en")
    assert await feed(world, kept) == ids(german)


@pytest.mark.parametrize("rebuilt", [False, True])
@pytest.mark.parametrize(
    ("policy", "shown"), [("none", {"me", "self"}), ("list", {"me", "self", "member"}), ("followed", None)]
)
async def test_answers_arrive_by_the_replies_policy(
    world: World, policy: RepliesPolicy, shown: set[str] | None, rebuilt: bool
) -> None:
    ann, member, friend, stranger = [await person(world, name) for name in ("ann", "member", "friend", "stranger")]
    who = await reader(world, ann, member, friend)
    kept = await make(world, who, ann, member, replies_policy=policy)
    if not rebuilt:
        await read(world, kept)
    people = {"me": who, "self": ann, "member": member, "friend": friend, "stranger": stranger}
    asked = {name: await write(world, author) for name, author in people.items()}
    answers = {name: await write(world, ann, in_reply_to=post.id) for name, post in asked.items()}
    if rebuilt:
        await read(world, kept)
    seen = await feed(world, kept)
    expected = {"me", "self", "member", "friend"} if shown is None else shown
    assert {name for name, answer in answers.items() if answer.id in seen} == expected
    assert {name for name, post in asked.items() if post.id in seen} == {"self", "member"}


async def test_a_boost_of_what_is_still_near_the_top_is_not_shown_again(world: World) -> None:
    ann, cat = await person(world, "ann"), await person(world, "cat")
    kept = await followed_list(world, ann, cat)
    post = await write(world, ann)
    await world.settle()
    await boost(world, cat, post)
    assert await feed(world, kept) == ids(post)


async def mute(world: World, who: AccountId, whom: AccountId) -> None:
    async with world.ctx.db.transaction() as tx:
        await relationships.mute(tx, who, whom)


async def test_the_muted_leave_and_return_with_their_posts(world: World) -> None:
    ann, cat = await person(world, "ann"), await person(world, "cat")
    kept = await followed_list(world, ann, cat)
    kept_post = await write(world, cat)
    post = await write(world, ann)
    await world.settle()
    boosted = await boost(world, cat, await write(world, ann))
    assert boosted.id not in await feed(world, kept)
    await mute(world, kept.account_id, ann)
    assert await feed(world, kept) == ids(kept_post)
    unseen = await write(world, ann)
    assert await feed(world, kept) == ids(kept_post)
    async with world.ctx.db.transaction() as tx:
        await relationships.unmute(tx, kept.account_id, ann)
    assert {post.id, unseen.id, kept_post.id} < set(await feed(world, kept))


@pytest.mark.parametrize("reader_blocks", [True, False])
async def test_boosts_of_the_blocked_do_not_arrive(world: World, reader_blocks: bool) -> None:
    ann, cat = await person(world, "ann"), await person(world, "cat")
    kept = await followed_list(world, ann)
    post = await boost(world, ann, await write(world, cat))
    assert await feed(world, kept) == ids(post)
    async with world.ctx.db.transaction() as tx:
        pair = (kept.account_id, cat) if reader_blocks else (cat, kept.account_id)
        await relationships.block(tx, *pair)
    assert await feed(world, kept) == []
    await boost(world, ann, await write(world, cat))
    assert await feed(world, kept) == []


async def test_members_bring_their_recent_posts_and_take_them_along(world: World) -> None:
    ann, cat = await person(world, "ann"), await person(world, "cat")
    who = await reader(world, ann, cat)
    kept = await make(world, who, ann)
    await read(world, kept)
    from_cat, from_ann = await write(world, cat), await write(world, ann)
    assert await feed(world, kept) == ids(from_ann)
    await add(world, kept, cat)
    assert await feed(world, kept) == ids(from_ann, from_cat)
    await remove(world, kept, ann)
    assert await feed(world, kept) == ids(from_cat)


async def test_who_unfollows_loses_the_posts_in_lists_too(world: World) -> None:
    ann = await person(world, "ann")
    kept = await followed_list(world, ann)
    await write(world, ann)
    assert await feed(world, kept) != []
    async with world.ctx.db.transaction() as tx:
        await relationships.unfollow(tx, kept.account_id, ann)
    assert await feed(world, kept) == []


async def test_a_list_follows_a_change_of_its_replies_policy(world: World) -> None:
    ann, friend = await person(world, "ann"), await person(world, "friend")
    who = await reader(world, ann, friend)
    kept = await make(world, who, ann, replies_policy="none")
    await read(world, kept)
    answer = await write(world, ann, in_reply_to=(await write(world, friend)).id)
    assert await feed(world, kept) == []
    await revise(world, kept, replies_policy="followed")
    assert await feed(world, kept) == ids(answer)
    await revise(world, kept, replies_policy="list")
    assert await feed(world, kept) == []


async def test_what_those_on_an_exclusive_list_write_is_not_in_the_home_feed(world: World) -> None:
    ann, cat = await person(world, "ann"), await person(world, "cat")
    who = await reader(world, ann, cat)
    kept = await make(world, who, ann, who, exclusive=True)
    await read(world, kept)
    post, other, own = await write(world, ann), await write(world, cat), await write(world, who)
    again = await boost(world, cat, post)
    assert await feed(world, kept) == ids(own, post)
    assert await home_of(world, who) == ids(again, own, other)
    elsewhere = await reader(world, ann, name="elsewhere")
    last = await write(world, ann)
    assert await home_of(world, elsewhere) == ids(last, post)
    async with world.ctx.db.transaction() as tx:
        await home.drop_resting(tx)
        await tx.run("delete from home_feeds where account_id = $1", who)
        await tx.run("delete from home_entries where account_id = $1", who)
        assert await timelines.return_home(tx, who)
    assert await home_of(world, who) == ids(again, own, other)


async def test_posts_leave_and_return_to_home_as_a_list_turns_exclusive_and_back(world: World) -> None:
    ann = await person(world, "ann")
    who = await reader(world, ann)
    kept = await make(world, who, ann)
    post = await write(world, ann)
    assert await home_of(world, who) == ids(post)
    kept = await revise(world, kept, exclusive=True)
    assert await home_of(world, who) == []
    await remove(world, kept, ann)
    assert await home_of(world, who) == ids(post)
    await add(world, kept, ann)
    assert await home_of(world, who) == []
    await revise(world, kept, exclusive=False)
    assert await home_of(world, who) == ids(post)
    await revise(world, kept, exclusive=True)
    assert await home_of(world, who) == []
    async with world.ctx.db.transaction() as tx:
        await kept_lists.delete(tx, who, kept.id)
    assert await home_of(world, who) == ids(post)


async def test_one_of_two_exclusive_lists_is_enough(world: World) -> None:
    ann = await person(world, "ann")
    who = await reader(world, ann)
    first = await make(world, who, ann, exclusive=True)
    await make(world, who, ann, exclusive=True)
    await write(world, ann)
    await remove(world, first, ann)
    assert await home_of(world, who) == []


async def test_a_deleted_post_leaves_the_lists(world: World) -> None:
    ann = await person(world, "ann")
    kept = await followed_list(world, ann)
    post = await write(world, ann)
    assert await feed(world, kept) == ids(post)
    await delete(world, post)
    assert await feed(world, kept) == []


async def test_lists_that_nobody_reads_are_dropped_and_built_anew(world: World) -> None:
    ann = await person(world, "ann")
    kept = await followed_list(world, ann)
    first = await write(world, ann)
    world.clock.advance(home.REST - timedelta(days=1))
    assert await read(world, kept)
    world.clock.advance(timedelta(days=2))
    await reactions.trim_feeds(world.ctx)
    assert await feed(world, kept) == ids(first)
    world.clock.advance(home.REST)
    await reactions.trim_feeds(world.ctx)
    second = await write(world, ann)
    assert await feed(world, kept) == []
    assert await read(world, kept)
    assert await feed(world, kept) == ids(second, first)


async def test_the_feed_of_a_long_list_is_built_by_a_job(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "FEW", 1)
    ann, cat = await person(world, "ann"), await person(world, "cat")
    who = await reader(world, ann, cat)
    kept = await make(world, who, ann, cat)
    post = await write(world, ann)
    await world.settle()
    assert not await read(world, kept)
    assert not await read(world, kept)
    assert len(await world.facts("ListFeedWanted")) == 1
    assert await feed(world, kept) == ids(post)
    assert await read(world, kept)


async def test_feeds_of_lists_are_cut_to_their_size(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "KEPT", 3)
    monkeypatch.setattr(reactions, "BATCH", 1)
    ann = await person(world, "ann")
    who = await reader(world, ann)
    first, second = await make(world, who, ann), await make(world, who, ann)
    for kept in (first, second):
        await read(world, kept)
    written = [await write(world, ann) for _ in range(5)]
    assert len(await feed(world, first)) == 5
    await reactions.trim_feeds(world.ctx)
    assert await feed(world, first) == await feed(world, second) == ids(*reversed(written[2:]))


async def test_many_lists_are_reached_in_batches_by_few_statements(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await person(world, "ann")
    kept: list[List] = []
    for number in range(5):
        who = await reader(world, ann, name=f"reader{number}")
        kept.append(await make(world, who, ann))
        await read(world, kept[-1])
    post = await write(world, ann)
    async with world.ctx.db.transaction() as tx:
        with statements_run() as count:
            assert await lists.fan_out(tx, post.id, after=lists.ListId(0), batch=1000) is None
    assert count() == 1
    monkeypatch.setattr(reactions, "BATCH", 2)
    assert [await feed(world, one) for one in kept] == [ids(post)] * 5
    later = await write(world, ann)
    assert [await feed(world, one) for one in kept] == [ids(later, post)] * 5
