"""The feeds that are read from the posts: public, hashtag and profile."""

from typing import Any

import pytest

from marula.base.kernel.ids import AccountId, PostId
from marula.base.kernel.paging import Page
from marula.domain import accounts, posts, timelines
from marula.domain.accounts import NewAccount
from marula.domain.posts import Draft, Post, Visibility
from marula.domain.timelines import ProfileFilter, PublicFilter, TagFilter
from tests.domain.posts.writing import boost, follow, person, write
from tests.world import World


def ids(*found: Post) -> list[int]:
    return [post.id for post in found]


async def public(world: World, page: Page | None = None, **filter: Any) -> list[PostId]:
    async with world.ctx.db.reading() as db:
        return await timelines.public(db, PublicFilter(**filter), page or Page())


async def tagged(world: World, *any: str, **filter: Any) -> list[PostId]:
    async with world.ctx.db.reading() as db:
        return await timelines.tag(db, TagFilter(any=any, **filter), Page())


async def profile(world: World, author: AccountId, viewer: AccountId | None, **filter: Any) -> list[PostId]:
    async with world.ctx.db.reading() as db:
        return await timelines.profile(db, author, viewer, ProfileFilter(**filter), Page())


async def from_afar(world: World) -> PostId:
    """A public post of another server."""
    async with world.ctx.db.transaction() as tx:
        who = await accounts.create(tx, NewAccount(username="far", domain="far.example", uri="https://far.example/far"))
        return await posts.publish(tx, who, Draft(text="far", html="far"), local=False)


async def test_the_public_feed_holds_public_posts_that_answer_nobody_else(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    first = await write(world, ann)
    await write(world, ben, in_reply_to=first.id)
    thread = await write(world, ann, in_reply_to=first.id)
    await boost(world, ben, first)
    for visibility in (Visibility.UNLISTED, Visibility.PRIVATE, Visibility.DIRECT):
        await write(world, ann, visibility=visibility)
    assert await public(world) == ids(thread, first)


async def test_the_public_feed_is_of_here_or_of_elsewhere_or_both(world: World) -> None:
    here = await write(world, await person(world, "ann"))
    there = await from_afar(world)
    assert await public(world) == [there, here.id]
    assert await public(world, local=True) == [here.id]
    assert await public(world, remote=True) == [there]


@pytest.mark.parametrize("column", ["silenced_at", "suspended_at"])
async def test_the_limited_and_suspended_are_left_out(world: World, column: str) -> None:
    ann = await person(world, "ann")
    await write(world, ann, "#trees")
    await world.rows(f"update accounts set {column} = now() where id = $1 returning id", ann)
    assert await public(world) == await tagged(world, "trees") == []


async def test_the_public_feed_may_be_of_some_languages(world: World) -> None:
    ann = await person(world, "ann")
    german, unknown = await write(world, ann, language="de"), await write(world, ann)
    await write(world, ann, language="en")
    assert await public(world, languages=("de",)) == ids(unknown, german)


async def test_pages_follow_each_other(world: World) -> None:
    ann = await person(world, "ann")
    one, two, three, four = [await write(world, ann) for _ in range(4)]
    assert await public(world, Page(limit=2)) == ids(four, three)
    assert await public(world, Page(limit=2, max_id=three.id)) == ids(two, one)
    assert await public(world, Page(limit=2, since_id=one.id)) == ids(four, three)
    assert await public(world, Page(limit=2, min_id=one.id)) == ids(three, two)


async def test_hashtags_are_combined(world: World) -> None:
    ann = await person(world, "ann")
    one, two = await write(world, ann, "#one"), await write(world, ann, "#two")
    both, three = await write(world, ann, "#one #two"), await write(world, ann, "#one #two #three")
    await write(world, ann, "#one", visibility=Visibility.UNLISTED)
    assert await tagged(world, "one") == ids(three, both, one)
    assert await tagged(world, "one", "two") == ids(three, both, two, one)
    assert await tagged(world, "one", all=("two",)) == ids(three, both)
    assert await tagged(world, "one", all=("two",), none=("three",)) == ids(both)
    assert await tagged(world, "nothing") == []


async def test_a_profile_shows_each_viewer_what_they_may_see(world: World) -> None:
    ann, ben, cat = await person(world, "ann"), await person(world, "ben"), await person(world, "cat")
    await follow(world, ben, ann)
    seen = [await write(world, ann, visibility=visibility) for visibility in (Visibility.PUBLIC, Visibility.UNLISTED)]
    private = await write(world, ann, visibility=Visibility.PRIVATE)
    direct = await write(world, ann, "@cat hello", visibility=Visibility.DIRECT)
    everybody = ids(*reversed(seen))
    assert await profile(world, ann, None) == everybody
    assert await profile(world, ann, ben) == [private.id, *everybody]
    assert await profile(world, ann, cat) == [direct.id, *everybody]
    assert await profile(world, ann, ann) == [direct.id, private.id, *everybody]


async def test_a_profile_is_shown_without_answers_or_boosts_or_by_hashtag(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    other = await write(world, ben)
    tag, answer = await write(world, ann, "#Trees"), await write(world, ann, in_reply_to=other.id)
    thread, boosted = await write(world, ann, in_reply_to=tag.id), await boost(world, ann, other)
    assert await profile(world, ann, None) == ids(boosted, thread, answer, tag)
    assert await profile(world, ann, None, exclude_replies=True) == ids(boosted, thread, tag)
    assert await profile(world, ann, None, exclude_reblogs=True) == ids(thread, answer, tag)
    assert await profile(world, ann, None, tagged="trees") == ids(tag)
