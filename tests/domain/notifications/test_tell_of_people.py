"""Who is told of follows, requests, favourites and sign-ups, and who is told nothing."""

from datetime import timedelta

import msgspec
import pytest

from marula.base.kernel.ids import AccountId
from marula.domain import accounts, interactions, relationships, users
from marula.domain.accounts import ProfileDraft
from marula.domain.posts import Mentioned
from marula.domain.relationships import FollowOptions
from marula.domain.users import MODERATOR_ID, Newcomer
from marula.views.notification import notifications_of
from tests.domain.notifications.people import kinds, person, stranger, told, write
from tests.world import World


async def test_who_is_followed_is_told_until_the_follow_ends(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await _follow(world, ann, bob)
    assert await kinds(world, bob) == [("follow", ann)]
    async with world.ctx.db.transaction() as tx:
        await relationships.unfollow(tx, ann, bob)
    assert await kinds(world, bob) == []


async def test_a_follow_that_began_anew_is_told_although_the_first_one_ended(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    async with world.ctx.db.transaction() as tx:
        await relationships.follow(tx, ann, bob, FollowOptions())
        await relationships.unfollow(tx, ann, bob)
        await relationships.follow(tx, ann, bob, FollowOptions())
    assert await kinds(world, bob) == [("follow", ann)]


async def test_people_of_other_servers_are_heard_of(world: World) -> None:
    far, bob = await stranger(world, "far"), await person(world, "bob")
    await _follow(world, far, bob)
    assert await kinds(world, bob) == [("follow", far)]


async def test_a_request_is_told_until_it_is_answered(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await _lock(world, bob)
    await _follow(world, ann, bob)
    assert await kinds(world, bob) == [("follow_request", ann)]
    async with world.ctx.db.transaction() as tx:
        await relationships.authorize_request(tx, bob, ann)
    assert await kinds(world, bob) == [("follow", ann)]


async def test_a_refused_request_leaves_nothing(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await _lock(world, bob)
    await _follow(world, ann, bob)
    async with world.ctx.db.transaction() as tx:
        await relationships.reject_request(tx, bob, ann)
    assert await kinds(world, bob) == []


async def test_an_author_is_told_of_a_favourite_until_it_is_taken_back(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    post = await write(world, ann)
    async with world.ctx.db.transaction() as tx:
        await interactions.favourite(tx, bob, post)
        await interactions.favourite(tx, ann, post)
    [notification] = await told(world, ann)
    assert (notification.kind, notification.from_id, notification.post_id) == ("favourite", bob, post.id)
    async with world.ctx.db.transaction() as tx:
        await interactions.unfavourite(tx, bob, post)
    assert await told(world, ann) == []


async def test_who_manages_users_is_told_of_sign_ups(world: World) -> None:
    ann = await person(world, "ann")
    async with world.ctx.db.transaction() as tx:
        moderator = await users.register(
            tx,
            Newcomer(
                username="mod",
                email="mod@mail.example",
                password_hash="-",
                confirmed=True,
                approved=True,
                role_id=MODERATOR_ID,
            ),
        )
    bob = await person(world, "bob")
    assert await kinds(world, moderator.account_id) == [("admin.sign_up", bob)]
    assert await kinds(world, ann) == []


@pytest.mark.parametrize("blocker", ["ann", "bob"])
async def test_a_block_in_either_direction_keeps_silent(world: World, blocker: str) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    async with world.ctx.db.transaction() as tx:
        pair = (ann, bob) if blocker == "ann" else (bob, ann)
        await relationships.block(tx, *pair)
    await write(world, ann, mentions=[Mentioned(bob)])
    assert await kinds(world, bob) == []


async def test_a_block_removes_what_was_told_before(world: World) -> None:
    ann, bob, eve = await person(world, "ann"), await person(world, "bob"), await person(world, "eve")
    await write(world, ann, mentions=[Mentioned(bob)])
    await write(world, eve, mentions=[Mentioned(bob)])
    async with world.ctx.db.transaction() as tx:
        await relationships.block(tx, bob, ann)
    assert await kinds(world, bob) == [("mention", eve)]


async def test_a_mute_keeps_silent_and_removes_what_was_told(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await write(world, ann, mentions=[Mentioned(bob)])
    async with world.ctx.db.transaction() as tx:
        await relationships.mute(tx, bob, ann)
    assert await kinds(world, bob) == []
    await write(world, ann, mentions=[Mentioned(bob)])
    assert await kinds(world, bob) == []


async def test_a_mute_that_lets_notifications_through_does(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await write(world, ann, mentions=[Mentioned(bob)])
    async with world.ctx.db.transaction() as tx:
        await relationships.mute(tx, bob, ann, notifications=False)
    await write(world, ann, mentions=[Mentioned(bob)])
    assert await kinds(world, bob) == [("mention", ann), ("mention", ann)]


async def test_a_mute_that_ran_out_is_none(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    async with world.ctx.db.transaction() as tx:
        await relationships.mute(tx, bob, ann, duration=timedelta(minutes=5))
    world.clock.advance(timedelta(minutes=6))
    await write(world, ann, mentions=[Mentioned(bob)])
    assert await kinds(world, bob) == [("mention", ann)]


async def _follow(world: World, who: AccountId, whom: AccountId) -> None:
    async with world.ctx.db.transaction() as tx:
        await relationships.follow(tx, who, whom, FollowOptions())


async def _lock(world: World, who: AccountId) -> None:
    async with world.ctx.db.transaction() as tx:
        account = await accounts.by_id(tx, who)
        assert account is not None
        await accounts.revise_profile(tx, account, ProfileDraft(locked=True))


@pytest.mark.parametrize("approved", [True, False])
async def test_who_manages_users_is_told_once_nothing_is_waited_for(world: World, approved: bool) -> None:
    await person(world, "ann")
    boss = Newcomer(
        username="mod", email="m@mail.example", password_hash="-", confirmed=True, approved=True, role_id=MODERATOR_ID
    )
    new = Newcomer(username="new", email="n@mail.example", password_hash="-", confirmed=False, approved=approved)
    async with world.ctx.db.transaction() as tx:
        moderator = await users.register(tx, boss)
        user = await users.register(tx, new)
    assert await kinds(world, moderator.account_id) == []
    async with world.ctx.db.transaction() as tx:
        await users.vouch(tx, user.id)
    assert len(await kinds(world, moderator.account_id)) == int(approved)
    async with world.ctx.db.transaction() as tx:
        await users.approve(tx, user)
    assert await kinds(world, moderator.account_id) == [("admin.sign_up", user.account_id)]


async def test_what_somebody_did_who_is_gone_is_left_out(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    post = await write(world, ann)
    async with world.ctx.db.transaction() as tx:
        await interactions.favourite(tx, bob, post)
    [notification] = await told(world, ann)
    gone = msgspec.structs.replace(notification, from_id=AccountId(1))
    async with world.ctx.db.reading() as db:
        shown = await notifications_of(world.ctx, db, ann, [gone, notification])
    assert len(shown) == 1
