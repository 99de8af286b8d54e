"""Answers to those who ask to follow."""

import msgspec
import pytest

from marula.base.kernel.errors import NotFound
from marula.domain import accounts, relationships
from marula.domain.accounts import ProfileDraft
from marula.domain.relationships import FollowOptions
from tests.domain.relationships.people import counters, follow, kinds, person, standing
from tests.world import World


async def test_a_granted_request_becomes_a_follow_with_its_options(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob", locked=True)
    await follow(world, ann, bob, FollowOptions(reblogs=False, notify=True, languages=("de",)))
    async with world.ctx.db.transaction() as tx:
        await relationships.authorize_request(tx, bob, ann)
    seen = await standing(world, ann, bob)
    assert (seen.following, seen.requested) == (True, False)
    assert (seen.showing_reblogs, seen.notifying, seen.languages) == (False, True, ("de",))
    assert await counters(world, bob) == (1, 0)
    assert await kinds(world) == ["FollowRequested", "FollowRequestEnded", "AccountFollowed"]


async def test_a_granted_follow_keeps_the_id_of_its_request_and_tells_who_ended_what(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob", locked=True)
    await follow(world, ann, bob)
    async with world.ctx.db.transaction() as tx:
        await relationships.authorize_request(tx, bob, ann)
        await relationships.remove_from_followers(tx, bob, ann)
    asked, granted, followed, ended = [
        msgspec.json.decode(row["body"]) for row in await world.facts() if row["kind"] in vars(relationships)
    ]
    assert (granted["granted"], granted["ended_by"]) == (True, bob)
    assert ended == {"follow_id": asked["request_id"], "account_id": ann, "target_id": bob, "ended_by": bob}
    assert followed["follow_id"] == granted["request_id"] == asked["request_id"]


async def test_a_rejected_request_is_gone(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob", locked=True)
    await follow(world, ann, bob)
    async with world.ctx.db.transaction() as tx:
        await relationships.reject_request(tx, bob, ann)
    seen = await standing(world, ann, bob)
    assert (seen.following, seen.requested) == (False, False)
    assert await kinds(world) == ["FollowRequested", "FollowRequestEnded"]


async def test_without_a_request_there_is_nothing_to_answer(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(NotFound):
            await relationships.authorize_request(tx, bob, ann)
        with pytest.raises(NotFound):
            await relationships.reject_request(tx, bob, ann)


async def test_unlocking_an_account_lets_in_who_asked_except_the_limited(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob", locked=True)
    limited = await person(world, "limited")
    await world.rows("update accounts set silenced_at = now() where id = $1", limited)
    await follow(world, ann, bob)
    await follow(world, limited, bob)
    async with world.ctx.db.transaction() as tx:
        account = await accounts.by_id(tx, bob)
        assert account is not None
        await accounts.revise_profile(tx, account, ProfileDraft(locked=False))
    await world.settle()
    assert (await standing(world, ann, bob)).following
    assert (await standing(world, limited, bob)).requested


async def test_a_change_of_a_locked_profile_lets_nobody_in(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob", locked=True)
    await follow(world, ann, bob)
    async with world.ctx.db.transaction() as tx:
        account = await accounts.by_id(tx, bob)
        assert account is not None
        await accounts.revise_profile(tx, account, ProfileDraft(display_name="Bob"))
    await world.settle()
    assert (await standing(world, ann, bob)).requested


async def test_requests_are_counted_up_to_forty(world: World) -> None:
    bob = await person(world, "bob", locked=True)
    await world.rows(
        """
        with made as (
            insert into accounts (username, created_at)
            select 'fan' || n, now() from generate_series(1, 45) n returning id
        )
        insert into follow_requests (account_id, target_id, created_at) select id, $1, now() from made
        """,
        bob,
    )
    ann = await person(world, "ann")
    async with world.ctx.db.reading() as db:
        assert await relationships.requests_count(db, bob) == 40
        assert await relationships.requests_count(db, ann) == 0
