"""Following hashtags, and what it brings into the home feed."""

import pytest

from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain import relationships, tags, timelines
from marula.domain.posts import Post, Visibility
from marula.domain.timelines import reactions
from tests.domain.lists.keeping import make
from tests.domain.posts.writing import boost, follow, person, write
from tests.world import World


async def reader(world: World, *names: str, called: str = "reader") -> AccountId:
    """Somebody who follows hashtags and keeps a home feed."""
    who = await person(world, called)
    async with world.ctx.db.transaction() as tx:
        await timelines.return_home(tx, who)
        for name in names:
            await tags.follow(tx, who, name)
    return who


async def unfollow(world: World, who: AccountId, name: str) -> None:
    async with world.ctx.db.transaction() as tx:
        found = await tags.by_name(tx, name)
        assert found is not None
        await tags.unfollow(tx, who, found.id)


async def feed(world: World, who: AccountId) -> list[int]:
    await world.settle()
    async with world.ctx.db.reading() as db:
        return list(await timelines.home(db, who, Page(limit=1000)))


def ids(*posts: Post) -> list[int]:
    return [post.id for post in posts]


async def test_following_twice_is_following_once(world: World) -> None:
    who = await reader(world, "Baobab", "#baobab", "BAOBAB")
    async with world.ctx.db.reading() as db:
        [entry] = await tags.followed(db, who, Page())
    assert (entry.tag.name, entry.tag.display_name) == ("baobab", "Baobab")
    assert len(await world.facts("TagFollowed")) == 1
    await unfollow(world, who, "baobab")
    await unfollow(world, who, "baobab")
    assert len(await world.facts("TagUnfollowed")) == 1


@pytest.mark.parametrize("name", ["", "#", "123", "two words", "x" * 201])
async def test_what_cannot_be_a_hashtag_cannot_be_followed(world: World, name: str) -> None:
    who = await reader(world)
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(NotFound):
            await tags.follow(tx, who, name)


async def test_public_posts_with_the_hashtag_arrive_also_answers(world: World) -> None:
    who, ann, ben = await reader(world, "baobab"), await person(world, "ann"), await person(world, "ben")
    post = await write(world, ann, "look: #Baobab")
    answer = await write(world, ben, "nice #baobab", in_reply_to=post.id)
    await write(world, ben, "#marula")
    await boost(world, ben, post)
    for visibility in (Visibility.UNLISTED, Visibility.PRIVATE, Visibility.DIRECT):
        await write(world, ann, "@reader #baobab", visibility=visibility)
    assert await feed(world, who) == ids(answer, post)


async def test_ones_own_post_arrives_once(world: World) -> None:
    who = await reader(world, "baobab", "marula")
    post = await write(world, who, "#baobab #marula")
    assert await feed(world, who) == ids(post)


async def test_a_post_with_two_followed_hashtags_of_somebody_followed_arrives_once(world: World) -> None:
    who, ann = await reader(world, "baobab", "marula"), await person(world, "ann")
    await follow(world, who, ann)
    await world.settle()
    post = await write(world, ann, "#baobab #marula")
    assert await feed(world, who) == ids(post)


@pytest.mark.parametrize("what", ["silenced_at", "suspended_at"])
async def test_posts_of_limited_accounts_do_not_arrive(world: World, what: str) -> None:
    who, ann = await reader(world, "baobab"), await person(world, "ann")
    post = await write(world, ann, "#baobab")
    assert post.visibility is Visibility.PUBLIC
    await world.rows(f"update accounts set {what} = now() where id = $1", ann)
    assert await feed(world, who) == []


@pytest.mark.parametrize("apart", ["mutes", "blocks", "is blocked"])
async def test_posts_of_those_one_has_nothing_to_do_with_do_not_arrive(world: World, apart: str) -> None:
    who, ann = await reader(world, "baobab"), await person(world, "ann")
    async with world.ctx.db.transaction() as tx:
        if apart == "mutes":
            await relationships.mute(tx, who, ann)
        else:
            await relationships.block(tx, *((who, ann) if apart == "blocks" else (ann, who)))
    await write(world, ann, "#baobab")
    assert await feed(world, who) == []


async def test_those_on_an_exclusive_list_stay_out_of_home(world: World) -> None:
    who, ann = await reader(world, "baobab"), await person(world, "ann")
    await follow(world, who, ann)
    await make(world, who, ann, exclusive=True)
    await write(world, ann, "#baobab")
    assert await feed(world, who) == []


async def test_unfollowing_takes_out_what_nothing_else_holds_in_the_feed(world: World) -> None:
    who, ann, friend = (
        await reader(world, "baobab", "marula"),
        await person(world, "ann"),
        await person(world, "friend"),
    )
    await follow(world, who, friend)
    await write(world, ann, "#baobab")
    both, own = await write(world, ann, "#baobab #marula"), await write(world, who, "#baobab")
    friends = await write(world, friend, "#baobab")
    assert len(await feed(world, who)) == 4
    await unfollow(world, who, "baobab")
    assert await feed(world, who) == ids(friends, own, both)


async def test_a_feed_built_anew_holds_what_came_since_the_hashtag_was_followed(world: World) -> None:
    ann = await person(world, "ann")
    await write(world, ann, "too early #baobab")
    await world.settle()
    who = await reader(world, "baobab", "marula")
    first, second = await write(world, ann, "#baobab #marula"), await write(world, ann, "#baobab")
    await write(world, ann, "#baobab", visibility=Visibility.UNLISTED)
    assert await feed(world, who) == ids(second, first)
    async with world.ctx.db.transaction() as tx:
        await tx.run("delete from home_feeds where account_id = $1", who)
        await tx.run("delete from home_entries where account_id = $1", who)
        assert await timelines.return_home(tx, who)
    assert await feed(world, who) == ids(second, first)


async def test_many_who_follow_a_hashtag_are_reached_in_batches(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactions, "BATCH", 2)
    ann = await person(world, "ann")
    readers = [await reader(world, "baobab", "marula", called=f"reader{number}") for number in range(5)]
    post = await write(world, ann, "#baobab #marula")
    assert [await feed(world, who) for who in readers] == [ids(post)] * 5
