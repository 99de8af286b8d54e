"""Writing posts."""

from datetime import timedelta
from json import loads

import pytest

from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import PostId
from marula.domain import posts, relationships
from marula.domain.posts import Draft, Visibility
from tests.domain.posts.writing import POLL, boost, counters, delete, person, poll_of, stats, write
from tests.world import World


async def test_a_post_is_written_and_told(world: World) -> None:
    ann = await person(world, "ann")
    post = await write(world, ann, "hello #Trees", language="en")
    assert (post.account_id, post.local, post.visibility, post.language) == (ann, True, Visibility.PUBLIC, "en")
    assert (post.created_at, post.edited_at, post.version) == (world.clock.now(), None, 1)
    assert await counters(world, post) == (0, 0, 0)
    [fact] = await world.facts("PostPublished")
    body = loads(fact["body"])
    assert (int(body["post_id"]), int(body["account_id"]), body["local"]) == (post.id, ann, True)
    assert [r["name"] for r in await world.rows("select name from tags join post_tags on tag_id = id")] == ["trees"]


@pytest.mark.parametrize(
    ("visibility", "counted"),
    [(Visibility.PUBLIC, 1), (Visibility.UNLISTED, 1), (Visibility.PRIVATE, 1), (Visibility.DIRECT, 0)],
)
async def test_all_but_direct_posts_count_for_their_author(world: World, visibility: Visibility, counted: int) -> None:
    ann = await person(world, "ann")
    await write(world, ann, visibility=visibility)
    assert (await stats(world, ann)).statuses_count == counted


async def test_a_reply_joins_the_conversation_and_counts(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    first = await write(world, ann)
    reply = await write(world, ben, "yes", in_reply_to=first.id)
    other = await write(world, ann)
    assert reply.conversation_id == first.conversation_id is not None
    assert other.conversation_id != first.conversation_id
    assert (reply.in_reply_to_id, reply.in_reply_to_account_id) == (first.id, ann)
    assert await counters(world, first) == (1, 0, 0)


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.DIRECT])
async def test_a_reply_in_private_is_not_counted_in_public(world: World, visibility: Visibility) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    first = await write(world, ann)
    reply = await write(world, ben, in_reply_to=first.id, visibility=visibility)
    assert await counters(world, first) == (0, 0, 0)
    await delete(world, reply)
    assert await counters(world, first) == (0, 0, 0)


async def test_who_goes_on_in_a_thread_with_oneself_answers_whom_the_thread_answers(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    first = await write(world, ann)
    second = await write(world, ben, in_reply_to=first.id)
    third = await write(world, ben, in_reply_to=second.id)
    assert (third.in_reply_to_id, third.in_reply_to_account_id) == (second.id, ann)
    alone = await write(world, ann, in_reply_to=first.id)
    assert alone.in_reply_to_account_id == ann


async def test_who_answers_a_boost_answers_what_was_boosted(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    first = await write(world, ann)
    boosted = await boost(world, ben, first)
    reply = await write(world, ben, in_reply_to=boosted.id)
    assert (reply.in_reply_to_id, reply.in_reply_to_account_id) == (first.id, ann)
    assert reply.conversation_id == first.conversation_id
    assert await counters(world, first) == (1, 1, 0)


async def test_what_one_may_not_see_cannot_be_answered(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    secret = await write(world, ann, visibility=Visibility.PRIVATE)
    with pytest.raises(NotFound, match="trying to reply to"):
        await write(world, ben, in_reply_to=secret.id)
    with pytest.raises(NotFound, match="trying to reply to"):
        await write(world, ben, in_reply_to=PostId(1))
    public = await write(world, ann)
    async with world.ctx.db.transaction() as tx:
        await relationships.block(tx, ann, ben)
    with pytest.raises(NotFound, match="trying to reply to"):
        await write(world, ben, in_reply_to=public.id)


async def test_a_parent_that_went_meanwhile_is_told(world: World) -> None:
    ann = await person(world, "ann")
    with pytest.raises(NotFound, match="trying to reply to"):
        async with world.ctx.db.transaction() as tx:
            await posts.publish(tx, ann, Draft(text="a", html="a", in_reply_to=PostId(1)))


async def test_the_same_key_gives_the_same_post(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    first = await write(world, ann, key="k")
    assert await write(world, ann, "something else", key="k") == first
    assert (await write(world, ann, key="other")).id != first.id
    assert (await write(world, ben, key="k")).id != first.id
    assert len(await world.facts("PostPublished")) == 3
    assert (await stats(world, ann)).statuses_count == 2


async def test_a_key_is_good_for_an_hour(world: World) -> None:
    ann = await person(world, "ann")
    first = await write(world, ann, key="k")
    world.clock.advance(timedelta(minutes=59))
    assert (await write(world, ann, key="k")).id == first.id
    world.clock.advance(timedelta(minutes=2))
    assert (await write(world, ann, key="k")).id != first.id


async def test_the_key_of_a_deleted_post_is_free(world: World) -> None:
    ann = await person(world, "ann")
    first = await write(world, ann, key="k")
    await delete(world, first)
    assert (await write(world, ann, key="k")).id != first.id


async def test_a_poll_is_written_with_its_post_and_ends_once(world: World) -> None:
    ann = await person(world, "ann")
    post = await write(world, ann, poll=POLL)
    poll = await poll_of(world, post)
    assert (poll.options, poll.multiple) == (("yes", "no"), False)
    assert poll.expires_at == world.clock.now() + timedelta(minutes=10)
    world.clock.advance(timedelta(minutes=9, seconds=59))
    await world.settle()
    assert await world.facts("PollEnded") == []
    world.clock.advance(timedelta(seconds=1))
    await world.settle()
    assert len(await world.facts("PollEnded")) == 1
