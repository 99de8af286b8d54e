"""Accounts that go, with everything that counted on the side of others."""

import msgspec
import pytest

from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain import actors, departures, interactions, timelines, users
from marula.domain.actors import Addresses
from marula.domain.departures import actions, reactions
from marula.domain.posts import Post
from marula.domain.timelines import ProfileFilter, PublicFilter
from tests.domain.actors.test_learn import BEN
from tests.domain.media.strangers import PICTURE, published
from tests.domain.posts.writing import POLL, boost, counters, follow, person, poll_of, seen, stats, vote, write
from tests.world import World


async def favourite(world: World, who: AccountId, post: Post) -> None:
    async with world.ctx.db.transaction() as tx:
        await interactions.favourite(tx, who, post)


async def people_left(world: World) -> list[str]:
    return [row["username"] for row in await world.rows("select username from accounts order by id")]


@pytest.mark.parametrize("batch", [1, 2, 100])
async def test_what_somebody_gave_others_goes_with_them(
    world: World, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(actions.take_back, "__kwdefaults__", {"batch": batch})
    ann, bob, cat = await person(world, "ann"), await person(world, "bob"), await person(world, "cat")
    first, second = await write(world, ann, poll=POLL), await write(world, ann, poll=POLL)
    for who in (bob, cat):
        for post in (first, second):
            await favourite(world, who, post)
            await boost(world, who, post)
            await write(world, who, in_reply_to=post.id)
        await vote(world, who, await poll_of(world, first), 1)
        await follow(world, who, ann)
        await follow(world, ann, who)
    await follow(world, cat, bob)
    await reactions.remove(world.ctx, bob)
    await reactions.remove(world.ctx, bob)
    assert await people_left(world) == ["ann", "cat"]
    assert await counters(world, first) == await counters(world, second) == (1, 1, 1)
    [row] = await world.rows("select tallies, voters_count from polls where post_id = $1", first.id)
    assert (row["tallies"], row["voters_count"]) == ([0, 1], 1)
    assert ((await stats(world, ann)).followers_count, (await stats(world, ann)).following_count) == (1, 1)
    assert (await stats(world, cat)).following_count == 1


async def test_the_files_of_somebody_go_with_them_posted_or_not(world: World) -> None:
    bob = await person(world, "bob")
    await published(world, bob, PICTURE)
    async with world.ctx.db.transaction() as tx:
        await tx.run(
            "insert into media_attachments (account_id, kind, state, created_at) values ($1, 0, 1, $2)", bob, tx.now
        )
        while await departures.take_back(tx, bob):
            pass
    assert await world.rows("select from media_attachments") == []


async def test_what_was_taken_back_before_a_crash_is_taken_back_once(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    posts = [await write(world, ann) for _ in range(3)]
    for post in posts:
        await favourite(world, bob, post)
    async with world.ctx.db.transaction() as tx:
        assert await departures.take_back(tx, bob, batch=2)
    await departures.remove(world.ctx, bob)
    assert [await counters(world, post) for post in posts] == [(0, 0, 0)] * 3


async def test_boosts_of_what_goes_count_no_longer_for_those_who_boosted(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await boost(world, ann, await write(world, bob))
    await departures.remove(world.ctx, bob)
    assert (await stats(world, ann)).statuses_count == 0


async def test_posts_that_named_or_answered_somebody_are_shown_anew(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    asked = await write(world, bob)
    answer = await write(world, ann, "@bob hello", in_reply_to=asked.id)
    await departures.remove(world.ctx, bob)
    left = await seen(world, answer.id)
    assert (left.in_reply_to_id, left.in_reply_to_account_id) == (None, None)
    assert left.version > answer.version


async def test_who_is_turned_away_counts_no_longer_as_followed(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await follow(world, ann, bob)
    await world.rows("update users set approved = false where account_id = $1 returning id", bob)
    async with world.ctx.db.transaction() as tx:
        user = await users.by_account(tx, bob)
        assert user is not None
        await departures.reject(tx, user)
    assert (await stats(world, ann)).following_count == 0


async def test_whoever_knew_somebody_is_remembered_with_their_key(world: World) -> None:
    ann = await person(world, "ann")
    ben, *_ = await strangers(world, "one.example", "two.example", "far.example")
    key = await actors.own_key(world.ctx, ann)
    await follow(world, ben, ann)
    await write(world, ann, text="for @Ben@two.example")
    await reactions.remove(world.ctx, ann)
    await reactions.remove(world.ctx, ann)
    async with world.ctx.db.reading() as db:
        gone = await actors.departed(db, ann)
        assert gone == await actors.departed_named(db, "Ann")
    assert gone is not None
    assert gone.inboxes == ("https://one.example/inbox", "https://two.example/inbox")
    assert await actors.own_key(world.ctx, ann) == msgspec.structs.replace(key, proof=None)


async def strangers(world: World, *domains: str) -> list[AccountId]:
    """Somebody on each of these servers."""
    async with world.ctx.db.transaction() as tx:
        return [
            await actors.learn(
                tx,
                msgspec.structs.replace(
                    BEN,
                    uri=f"https://{domain}/ben",
                    domain=domain,
                    keys=(),
                    addresses=Addresses(inbox=f"https://{domain}/inbox"),
                ),
            )
            for domain in domains
        ]


async def test_what_answered_somebody_who_is_gone_stays_out_of_public_and_of_feeds(world: World) -> None:
    ann, bob, cat = await person(world, "ann"), await person(world, "bob"), await person(world, "cat")
    asked = await write(world, bob)
    await follow(world, cat, ann)
    await write(world, ann, "@bob hello", in_reply_to=asked.id)
    plain = await write(world, ann)
    again = await write(world, ann, "more", in_reply_to=plain.id)
    await departures.remove(world.ctx, bob)
    await world.settle()
    async with world.ctx.db.transaction() as tx:
        assert await timelines.public(tx, PublicFilter(), Page(limit=9)) == [again.id, plain.id]
        without = ProfileFilter(exclude_replies=True)
        assert await timelines.profile(tx, ann, cat, without, Page(limit=9)) == [again.id, plain.id]
        await timelines.return_home(tx, cat)
        assert await timelines.home(tx, cat, Page(limit=9)) == [again.id, plain.id]
