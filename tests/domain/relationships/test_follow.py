"""Following and asking to follow."""

import pytest

from marula.base.db.connection import statements_run
from marula.base.kernel.errors import Forbidden, Invalid, NotFound
from marula.base.kernel.ids import AccountId
from marula.domain.accounts import Stats
from marula.domain.relationships import FollowOptions, rules
from tests.domain.relationships.people import block, counters, follow, kinds, person, standing, stranger
from tests.world import World

MANY = 7500


async def test_an_open_account_is_followed_at_once(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await follow(world, ann, bob)
    seen = await standing(world, ann, bob)
    assert (seen.following, seen.requested, seen.showing_reblogs, seen.notifying, seen.languages) == (
        True,
        False,
        True,
        False,
        None,
    )
    assert (await standing(world, bob, ann)).followed_by
    assert (await counters(world, bob), await counters(world, ann)) == ((1, 0), (0, 1))
    assert await kinds(world) == ["AccountFollowed"]


async def test_a_locked_account_is_asked(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob", locked=True)
    await follow(world, ann, bob, FollowOptions(notify=True, languages=("de",)))
    seen = await standing(world, ann, bob)
    assert (seen.following, seen.requested, seen.notifying, seen.languages) == (False, True, True, ("de",))
    assert (await standing(world, bob, ann)).requested_by
    assert await counters(world, bob) == (0, 0)
    assert await kinds(world) == ["FollowRequested"]


async def test_somebody_of_another_server_is_asked(world: World) -> None:
    ann, far = await person(world, "ann"), await stranger(world, "far")
    await follow(world, ann, far)
    assert (await standing(world, ann, far)).requested


async def test_a_limited_person_has_to_ask(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await world.rows("update accounts set silenced_at = now() where id = $1", ann)
    await follow(world, ann, bob)
    assert (await standing(world, ann, bob)).requested


async def test_following_twice_is_following_once(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await follow(world, ann, bob)
    await follow(world, ann, bob)
    assert await counters(world, bob) == (1, 0)
    assert await kinds(world) == ["AccountFollowed"]


@pytest.mark.parametrize("locked", [False, True])
async def test_only_the_options_given_change(world: World, locked: bool) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob", locked=locked)
    await follow(world, ann, bob, FollowOptions(notify=True, languages=("de", "en")))
    await follow(world, ann, bob, FollowOptions(reblogs=False))
    seen = await standing(world, ann, bob)
    assert (seen.showing_reblogs, seen.notifying, seen.languages) == (False, True, ("de", "en"))
    await follow(world, ann, bob, FollowOptions(notify=False, languages=()))
    seen = await standing(world, ann, bob)
    assert (seen.showing_reblogs, seen.notifying, seen.languages) == (False, False, None)


async def test_nobody_follows_themselves(world: World) -> None:
    ann = await person(world, "ann")
    with pytest.raises(Forbidden, match="Following your own account is not allowed"):
        await follow(world, ann, ann)


@pytest.mark.parametrize("blocker", ["ann", "bob"])
async def test_a_block_in_either_direction_forbids_it(world: World, blocker: str) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await block(world, *((ann, bob) if blocker == "ann" else (bob, ann)))
    with pytest.raises(Forbidden):
        await follow(world, ann, bob)


async def test_a_suspended_or_unknown_account_is_not_found(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await world.rows("update accounts set suspended_at = now() where id = $1", bob)
    for whom in (bob, AccountId(404)):
        with pytest.raises(NotFound, match="Record not found"):
            await follow(world, ann, whom)


async def test_an_account_that_moved_away_cannot_be_followed(world: World) -> None:
    ann, bob, new = await person(world, "ann"), await person(world, "bob"), await person(world, "new")
    await world.rows("update accounts set moved_to_id = $2 where id = $1", bob, new)
    with pytest.raises(Forbidden):
        await follow(world, ann, bob)


async def test_a_language_that_is_none_is_refused(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    with pytest.raises(Invalid, match="Languages is invalid"):
        await follow(world, ann, bob, FollowOptions(languages=("de", "!!")))


async def test_nobody_follows_more_than_the_limit(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await world.rows("update account_stats set following_count = $2 where account_id = $1", ann, MANY)
    with pytest.raises(Invalid, match=r"^You cannot follow more than 7500 people$"):
        await follow(world, ann, bob)
    assert await kinds(world) == []


async def test_who_is_followed_by_many_may_follow_more(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    await world.rows(
        "update account_stats set following_count = $2, followers_count = 10000 where account_id = $1", ann, MANY
    )
    await follow(world, ann, bob)
    assert (await standing(world, ann, bob)).following


async def test_a_follow_costs_eight_statements_and_a_change_of_its_options_four(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    for cost in (8, 4):
        with statements_run() as count:
            await follow(world, ann, bob)
        assert count() == cost


def test_the_limit_grows_with_the_followers() -> None:
    stats = Stats(account_id=AccountId(1), followers_count=10_000, following_count=0)
    assert rules.follow_limit(stats) == 11_000
    assert rules.FOLLOW_LIMIT == MANY
