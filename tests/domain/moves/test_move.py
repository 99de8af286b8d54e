"""Accounts that go on elsewhere, and who goes with them."""

from datetime import timedelta

import pytest

from marula.base.kernel.errors import Forbidden, Invalid, NotFound
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, actors, moves, relationships
from marula.domain.accounts import Account, NewAccount, ProfileDraft
from marula.domain.relationships import FollowOptions
from tests.domain.lists.keeping import make, members
from tests.domain.relationships.people import follow, person, standing
from tests.world import World

OLD, NEW = "https://old.example/users/ben", "https://new.example/users/ben"


async def account(world: World, who: AccountId) -> Account:
    async with world.ctx.db.reading() as db:
        found = await accounts.by_id(db, who)
    assert found is not None
    return found


async def elsewhere(world: World, domain: str, *, aliases: tuple[str, ...] = ()) -> AccountId:
    async with world.ctx.db.transaction() as tx:
        made = await accounts.create(tx, NewAccount(username="ben", domain=domain, uri=f"https://{domain}/users/ben"))
        found = await accounts.by_id(tx, made)
        assert found is not None
        await accounts.revise_profile(tx, found, ProfileDraft(also_known_as=aliases))
    return made


async def followed(world: World, who: AccountId, whom: AccountId, options: FollowOptions | None = None) -> None:
    await follow(world, who, whom, options)
    async with world.ctx.db.transaction() as tx:
        if (await relationships.relationships(tx, who, [whom]))[0].requested:
            await relationships.authorize_request(tx, whom, who)
    await world.settle()


async def go(world: World, who: AccountId, target: AccountId, uri: str = OLD) -> None:
    async with world.ctx.db.transaction() as tx:
        await moves.move(tx, who, target, uri)
    await world.settle()


async def test_those_who_follow_go_along_and_keep_how_they_follow(world: World) -> None:
    ann, old, new = await person(world, "ann"), await elsewhere(world, "old.example"), await person(world, "new")
    async with world.ctx.db.transaction() as tx:
        await moves.add_alias(tx, new, OLD)
    await followed(world, ann, old, FollowOptions(reblogs=False, notify=True, languages=("de",)))
    which = await make(world, ann, old)
    async with world.ctx.db.transaction() as tx:
        await relationships.write_note(tx, ann, old, "from school")
    await go(world, old, new)
    there = await standing(world, ann, new)
    assert (there.following, there.showing_reblogs, there.notifying, there.languages) == (True, False, True, ("de",))
    assert there.note == "from school"
    assert not (await standing(world, ann, old)).following
    assert await members(world, which) == [new]
    assert (await account(world, old)).moved_to_id == new


async def test_where_one_must_ask_the_old_follow_stays_until_the_answer(world: World) -> None:
    ann, old = await person(world, "ann"), await elsewhere(world, "old.example")
    new = await elsewhere(world, "new.example", aliases=(OLD,))
    await followed(world, ann, old)
    await go(world, old, new)
    assert (await standing(world, ann, new)).requested
    assert (await standing(world, ann, old)).following
    async with world.ctx.db.transaction() as tx:
        await relationships.authorize_request(tx, new, ann)
    await world.settle()
    assert (await standing(world, ann, new)).following
    assert not (await standing(world, ann, old)).following


async def test_whoever_blocked_or_muted_goes_on_doing_so(world: World) -> None:
    ann, cid, dan = [await person(world, name) for name in ("ann", "cid", "dan")]
    old, new = await elsewhere(world, "old.example"), await elsewhere(world, "new.example", aliases=(OLD,))
    async with world.ctx.db.transaction() as tx:
        await relationships.block(tx, ann, old)
        await relationships.mute(tx, cid, old, notifications=False)
        await relationships.block(tx, dan, old)
    await followed(world, dan, new)
    await go(world, old, new)
    assert (await standing(world, ann, new)).blocking
    muted = await standing(world, cid, new)
    assert (muted.muting, muted.muting_notifications) == (True, False)
    assert (await standing(world, dan, new)).following


async def test_many_followers_go_along_in_batches(world: World) -> None:
    old, new = await elsewhere(world, "old.example"), await person(world, "new")
    async with world.ctx.db.transaction() as tx:
        await moves.add_alias(tx, new, OLD)
        crowd = [await accounts.create(tx, NewAccount(username=f"p{number}")) for number in range(130)]
        for one in crowd:
            await relationships.follow(tx, one, old)
            await relationships.authorize_request(tx, old, one)
    await world.settle()
    await go(world, old, new)
    async with world.ctx.db.reading() as db:
        stats = await accounts.stats(db, [old, new])
    assert (stats[old].followers_count, stats[new].followers_count) == (0, 130)


async def test_who_is_blocked_by_the_new_account_stays_behind(world: World) -> None:
    ann, old, new = await person(world, "ann"), await elsewhere(world, "old.example"), await person(world, "new")
    async with world.ctx.db.transaction() as tx:
        await moves.add_alias(tx, new, OLD)
        await relationships.block(tx, new, ann)
    await followed(world, ann, old)
    await go(world, old, new)
    assert (await standing(world, ann, old)).following
    assert not (await standing(world, ann, new)).following


async def test_a_move_needs_the_alias(world: World) -> None:
    old, new = await elsewhere(world, "old.example"), await person(world, "new")
    with pytest.raises(Invalid, match="not back-referenced"):
        await go(world, old, new)
    assert (await account(world, old)).moved_to_id is None
    assert not await world.facts("AccountMoved")


async def test_nobody_moves_to_themselves_or_to_somebody_who_moved(world: World) -> None:
    old = await elsewhere(world, "old.example", aliases=(OLD,))
    new = await elsewhere(world, "new.example", aliases=(OLD,))
    last = await elsewhere(world, "last.example", aliases=(NEW, OLD))
    with pytest.raises(Invalid, match="another account"):
        await go(world, old, old)
    await go(world, new, last, NEW)
    with pytest.raises(Invalid, match="itself moved"):
        await go(world, old, new)


async def test_an_account_rests_between_moves(world: World) -> None:
    old = await elsewhere(world, "old.example")
    new = await elsewhere(world, "new.example", aliases=(OLD,))
    last = await elsewhere(world, "last.example", aliases=(OLD,))
    await go(world, old, new)
    with pytest.raises(Invalid, match="7 days"):
        await go(world, old, last)
    await go(world, old, new)
    world.clock.advance(timedelta(days=8))
    await go(world, old, last)
    assert (await account(world, old)).moved_to_id == last


async def test_somebody_here_moves_away_and_can_be_followed_no_more(world: World) -> None:
    ann, cid = await person(world, "ann"), await person(world, "cid")
    uri = actors.actor_uri(world.ctx.config, ann)
    new = await elsewhere(world, "new.example", aliases=(uri,))
    world.internet.server("new.example").person("ben", alsoKnownAs=[uri])
    assert await moves.draft_move(world.ctx, ann, "ben@new.example") == new
    await go(world, ann, new, uri)
    (fact,) = await world.facts("AccountMoved")
    assert '"local": true' in fact["body"]
    with pytest.raises(Forbidden):
        await follow(world, cid, ann)
    assert not (await standing(world, cid, ann)).following


async def test_an_alias_is_added_and_removed(world: World) -> None:
    ann = await person(world, "ann")
    await elsewhere(world, "old.example")
    world.internet.server("old.example").person("ben")
    uri = await moves.draft_alias(world.ctx, ann, "@ben@old.example")
    assert uri == OLD
    async with world.ctx.db.transaction() as tx:
        await moves.add_alias(tx, ann, uri)
        await moves.add_alias(tx, ann, uri)
    assert (await account(world, ann)).also_known_as == (OLD,)
    async with world.ctx.db.transaction() as tx:
        await moves.remove_alias(tx, ann, uri)
        with pytest.raises(NotFound):
            await moves.remove_alias(tx, ann, uri)


@pytest.mark.parametrize("handle", ["", "nobody", "nobody@nowhere.example", "ann", "a b@c", "@@"])
async def test_who_cannot_be_found_is_no_alias(world: World, handle: str) -> None:
    ann = await person(world, "ann")
    with pytest.raises(Invalid):
        await moves.draft_alias(world.ctx, ann, handle)
