"""Favourites, bookmarks, pins and muted threads."""

from json import loads

import pytest

from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain import interactions
from marula.domain.posts import Post, Visibility
from tests.domain.posts.writing import boost, counters, delete, person, write
from tests.world import World


async def favourite(world: World, who: AccountId, post: Post) -> None:
    async with world.ctx.db.transaction() as tx:
        await interactions.favourite(tx, who, post)


async def unfavourite(world: World, who: AccountId, post: Post) -> None:
    async with world.ctx.db.transaction() as tx:
        await interactions.unfavourite(tx, who, post)


async def pin(world: World, who: AccountId, post: Post) -> None:
    async with world.ctx.db.transaction() as tx:
        await interactions.pin(tx, who, post)


async def test_a_favourite_counts_once_and_is_told_once(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    post = await write(world, ann)
    await favourite(world, ben, post)
    await favourite(world, ben, post)
    assert await counters(world, post) == (0, 0, 1)
    [fact] = await world.facts("PostFavourited")
    body = loads(fact["body"])
    assert [int(body[name]) for name in ("account_id", "post_id", "author_id")] == [ben, post.id, ann]


async def test_a_favourite_is_taken_back_once(world: World) -> None:
    ann, ben, cat = await person(world, "ann"), await person(world, "ben"), await person(world, "cat")
    post = await write(world, ann)
    await favourite(world, ben, post)
    await favourite(world, cat, post)
    await unfavourite(world, ben, post)
    await unfavourite(world, ben, post)
    assert await counters(world, post) == (0, 0, 1)
    assert len(await world.facts("PostUnfavourited")) == 1


async def test_lists_of_marks_begin_with_the_newest_mark(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    first, second = await write(world, ann), await write(world, ann)
    for post in (second, first):
        await favourite(world, ben, post)
    await favourite(world, ann, first)
    async with world.ctx.db.reading() as db:
        liked = await interactions.favourites(db, ben, Page())
        assert [mark.post_id for mark in liked] == [first.id, second.id]
        below = await interactions.favourites(db, ben, Page(max_id=liked[0].cursor))
        assert [mark.post_id for mark in below] == [second.id]
        assert [mark.account_id for mark in await interactions.favourited_by(db, first.id, Page())] == [ann, ben]


async def test_a_bookmark_is_kept_once_and_told_nobody(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    post = await write(world, ann)
    before = len(await world.facts())
    async with world.ctx.db.transaction() as tx:
        await interactions.bookmark(tx, ben, post.id)
        await interactions.bookmark(tx, ben, post.id)
        assert [mark.post_id for mark in await interactions.bookmarks(tx, ben, Page())] == [post.id]
        assert await interactions.bookmarks(tx, ann, Page()) == []
        await interactions.unbookmark(tx, ben, post.id)
        await interactions.unbookmark(tx, ben, post.id)
        assert await interactions.bookmarks(tx, ben, Page()) == []
    assert [fact["kind"] for fact in (await world.facts())[before:]] == ["PostBookmarked", "PostUnbookmarked"]
    assert await world.rows("select * from notifications") == []


async def test_a_post_is_pinned_once_and_unpinned_once(world: World) -> None:
    ann = await person(world, "ann")
    post = await write(world, ann)
    await pin(world, ann, post)
    await pin(world, ann, post)
    async with world.ctx.db.transaction() as tx:
        assert [mark.post_id for mark in await interactions.pinned(tx, ann, Page())] == [post.id]
        await interactions.unpin(tx, ann, post.id)
        await interactions.unpin(tx, ann, post.id)
        assert await interactions.pinned(tx, ann, Page()) == []
    assert (len(await world.facts("PostPinned")), len(await world.facts("PostUnpinned"))) == (1, 1)


async def test_only_ones_own_posts_are_pinned(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    with pytest.raises(Invalid, match="Someone else's post cannot be pinned"):
        await pin(world, ben, await write(world, ann))


async def test_a_boost_cannot_be_pinned(world: World) -> None:
    ann = await person(world, "ann")
    with pytest.raises(Invalid, match="A boost cannot be pinned"):
        await pin(world, ann, await boost(world, ann, await write(world, ann)))


async def test_a_direct_post_cannot_be_pinned_and_a_private_one_can(world: World) -> None:
    ann = await person(world, "ann")
    await pin(world, ann, await write(world, ann, visibility=Visibility.PRIVATE))
    with pytest.raises(Invalid, match="only visible to mentioned users"):
        await pin(world, ann, await write(world, ann, visibility=Visibility.DIRECT))


async def test_five_posts_can_be_pinned_and_each_again(world: World) -> None:
    ann = await person(world, "ann")
    written = [await write(world, ann) for _ in range(6)]
    for post in written[:5]:
        await pin(world, ann, post)
    await pin(world, ann, written[0])
    with pytest.raises(Invalid, match="maximum number"):
        await pin(world, ann, written[5])
    await delete(world, written[0])
    await pin(world, ann, written[5])


async def test_a_muted_thread_is_muted_for_one_person_as_a_whole(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    first = await write(world, ann)
    reply = await write(world, ben, in_reply_to=first.id)
    async with world.ctx.db.transaction() as tx:
        await interactions.mute_thread(tx, ann, reply)
        await interactions.mute_thread(tx, ann, first)
    [row] = await world.rows("select account_id, conversation_id from thread_mutes")
    assert (row["account_id"], row["conversation_id"]) == (ann, first.conversation_id)
    async with world.ctx.db.transaction() as tx:
        await interactions.unmute_thread(tx, ann, first)
    assert await world.rows("select 1 from thread_mutes") == []
