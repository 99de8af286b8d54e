"""Editing posts."""

from datetime import timedelta

import pytest

from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import PostId
from marula.domain import posts
from marula.domain.posts import PollAsked, Visibility
from tests.domain.posts.writing import POLL, delete, person, poll_of, revise, seen, vote, write
from tests.world import World


async def texts(world: World, post: PostId) -> list[str]:
    async with world.ctx.db.reading() as db:
        return [row["html"] for row in await posts.history(db, post)]


async def test_an_edit_replaces_what_was_said_and_keeps_its_history(world: World) -> None:
    ann = await person(world, "ann")
    post = await write(world, ann, "one")
    assert await texts(world, post.id) == ["<p>one</p>"]
    world.clock.advance(timedelta(minutes=1))
    await revise(world, post, "two", spoiler_text="careful")
    await revise(world, post, "three")
    assert await texts(world, post.id) == ["<p>one</p>", "<p>two</p>", "<p>three</p>"]
    now = await seen(world, post.id)
    assert (now.text, now.spoiler_text, now.sensitive, now.version) == ("three", "", False, 3)
    assert (now.created_at, now.edited_at) == (post.created_at, world.clock.now())
    assert len(await world.facts("PostRevised")) == 2
    assert len(await world.facts("PostPublished")) == 1


async def test_an_edit_cannot_change_who_sees_a_post_nor_what_it_answers(world: World) -> None:
    ann = await person(world, "ann")
    first = await write(world, ann)
    post = await write(world, ann, visibility=Visibility.PRIVATE, in_reply_to=first.id)
    await revise(world, post, "two", visibility=Visibility.PUBLIC, in_reply_to=None)
    now = await seen(world, post.id)
    assert (now.visibility, now.in_reply_to_id) == (Visibility.PRIVATE, first.id)


async def test_names_and_hashtags_follow_the_text(world: World) -> None:
    ann, ben, cat = await person(world, "ann"), await person(world, "ben"), await person(world, "cat")
    post = await write(world, ann, "@ben @cat #one #two")
    await revise(world, post, "@cat #two #three")
    named = await world.rows("select account_id, silent from mentions where post_id = $1", post.id)
    assert {(row["account_id"], row["silent"]) for row in named} == {(cat, False), (ben, True)}
    tags = await world.rows(
        "select name from tags join post_tags on tag_id = id where post_id = $1 order by name", post.id
    )
    assert [row["name"] for row in tags] == ["three", "two"]


async def test_a_post_that_is_gone_cannot_be_edited(world: World) -> None:
    ann = await person(world, "ann")
    post = await write(world, ann)
    await delete(world, post)
    with pytest.raises(NotFound):
        await revise(world, post, "two")


async def test_votes_stay_while_the_poll_asks_the_same(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    post = await write(world, ann, poll=POLL)
    poll = await poll_of(world, post)
    await vote(world, ben, poll, 1)
    await revise(world, post, "two", poll=PollAsked(options=POLL.options, expires_in=3600))
    after = await poll_of(world, post)
    assert (after.id, after.expires_at) == (poll.id, world.clock.now() + timedelta(hours=1))
    [row] = await world.rows("select tallies, voters_count from polls")
    assert (row["tallies"], row["voters_count"]) == ([0, 1], 1)


async def test_a_poll_that_is_prolonged_ends_once_and_later(world: World) -> None:
    ann = await person(world, "ann")
    post = await write(world, ann, poll=POLL)
    await revise(world, post, "two", poll=PollAsked(options=POLL.options, expires_in=3600))
    world.clock.advance(timedelta(minutes=10))
    await world.settle()
    assert await world.facts("PollEnded") == []
    world.clock.advance(timedelta(minutes=50))
    await world.settle()
    assert len(await world.facts("PollEnded")) == 1


@pytest.mark.parametrize(
    "changed",
    [
        PollAsked(options=("yes", "maybe"), expires_in=600),
        PollAsked(options=("no", "yes"), expires_in=600),
        PollAsked(options=("yes", "no"), expires_in=600, multiple=True),
    ],
)
async def test_a_poll_that_asks_something_else_starts_anew(world: World, changed: PollAsked) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    post = await write(world, ann, poll=POLL)
    await vote(world, ben, await poll_of(world, post), 1)
    await revise(world, post, "two", poll=changed)
    [row] = await world.rows("select tallies, voters_count, options from polls")
    assert (row["tallies"], row["voters_count"], tuple(row["options"])) == ([0, 0], 0, changed.options)
    assert await world.rows("select 1 from poll_votes") == []
    await vote(world, ben, await poll_of(world, post), 0)


async def test_a_poll_left_out_is_removed(world: World) -> None:
    ann = await person(world, "ann")
    post = await write(world, ann, poll=POLL)
    await revise(world, post, "two")
    assert await world.rows("select 1 from polls") == []
    world.clock.advance(timedelta(hours=1))
    await world.settle()
    assert await world.facts("PollEnded") == []
