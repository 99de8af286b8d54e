"""Deleting posts."""

from json import loads

import pytest

from marula.base.kernel.ids import AccountId
from marula.domain import accounts, interactions, posts
from marula.domain.accounts import NewAccount
from marula.domain.posts import Visibility
from tests.domain.posts.writing import POLL, boost, counters, delete, person, poll_of, stats, vote, write
from tests.world import World


async def test_a_deletion_takes_with_it_what_hung_on_the_post(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    post = await write(world, ann, "@ben #trees", poll=POLL)
    await vote(world, ben, await poll_of(world, post), 0)
    await boost(world, ben, post)
    async with world.ctx.db.transaction() as tx:
        await interactions.favourite(tx, ben, post)
        await interactions.bookmark(tx, ben, post.id)
        await interactions.pin(tx, ann, post)
    await world.settle()
    await delete(world, post)
    await world.settle()
    for table in (
        "posts",
        "post_stats",
        "mentions",
        "post_tags",
        "polls",
        "poll_votes",
        "favourites",
        "bookmarks",
        "pins",
        "home_entries",
    ):
        assert await world.rows(f"select 1 from {table}") == [], table
    assert (await stats(world, ann)).statuses_count == 0
    assert (await stats(world, ben)).statuses_count == 0


async def test_a_deletion_tells_whom_it_concerns(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    post = await write(world, ann, "@ben #Trees", visibility=Visibility.UNLISTED)
    await delete(world, post)
    [fact] = await world.facts("PostDeleted")
    body = loads(fact["body"])
    assert (int(body["post_id"]), int(body["account_id"]), body["visibility"]) == (post.id, ann, Visibility.UNLISTED)
    assert [int(one) for one in body["mentioned"]] == [ben]
    assert body["tags"] == ["trees"]


async def test_deleting_twice_is_deleting_once(world: World) -> None:
    ann = await person(world, "ann")
    first, second = await write(world, ann), await write(world, ann)
    await delete(world, first)
    await delete(world, first)
    assert len(await world.facts("PostDeleted")) == 1
    assert (await stats(world, ann)).statuses_count == 1
    assert await world.rows("select id from posts") == await world.rows("select id from posts where id = $1", second.id)


async def test_answers_outlive_what_they_answer(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    first = await write(world, ann)
    reply = await write(world, ben, in_reply_to=first.id)
    await delete(world, first)
    [row] = await world.rows("select id, in_reply_to_id from posts")
    assert (row["id"], row["in_reply_to_id"]) == (reply.id, None)
    await delete(world, reply)


async def test_a_deleted_answer_no_longer_counts(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    first = await write(world, ann)
    await delete(world, await write(world, ben, in_reply_to=first.id))
    assert await counters(world, first) == (0, 0, 0)


async def test_a_deletion_tells_one_account_of_each_server_that_had_to_do_with_it(world: World) -> None:
    ann = await person(world, "ann")
    ben, cat, dot, eve = [
        await remote(world, name, domain)
        for name, domain in (
            ("ben", "one.example"),
            ("cat", "one.example"),
            ("dot", "two.example"),
            ("eve", "far.example"),
        )
    ]
    post = await write(world, ann)
    await boost(world, ben, post)
    await boost(world, cat, post)
    await write(world, dot, in_reply_to=post.id)
    await delete(world, post)
    [fact] = await world.facts("PostDeleted")
    reached = loads(fact["body"])["reached"]
    assert len(reached) == 2
    assert dot in reached
    assert eve not in reached


@pytest.mark.parametrize(("visibility", "kept"), [(Visibility.UNLISTED, True), (Visibility.PRIVATE, False)])
async def test_where_everybody_could_read_a_post_of_ours_it_is_known_that_it_was(
    world: World, visibility: Visibility, kept: bool
) -> None:
    ann = await person(world, "ann")
    post = await write(world, ann, visibility=visibility)
    await delete(world, post)
    async with world.ctx.db.reading() as db:
        assert await posts.buried(db, post.id) == (ann if kept else None)


async def remote(world: World, name: str, domain: str) -> AccountId:
    """Somebody of another server."""
    async with world.ctx.db.transaction() as tx:
        return await accounts.create(tx, NewAccount(username=name, domain=domain, uri=f"https://{domain}/{name}"))
