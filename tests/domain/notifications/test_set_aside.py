"""What policies hold back, and what becomes of it."""

from collections.abc import Sequence

from marula.base.kernel.ids import AccountId, NotificationRequestId
from marula.base.kernel.paging import Page
from marula.domain import notifications
from marula.domain.notifications import PolicyChanges, Request, Treatment, Wanted, actions
from marula.domain.posts import Mentioned
from tests.domain.notifications.people import person, told, write
from tests.world import World

ALL = Wanted(include_filtered=True)


async def _filtering(world: World, rule: Treatment = Treatment.FILTER) -> tuple[AccountId, AccountId]:
    """Somebody who treats so those she does not follow, and a stranger."""
    ann, bob = await person(world, "ann"), await person(world, "bob")
    async with world.ctx.db.transaction() as tx:
        await notifications.change_policy(tx, ann, PolicyChanges(for_not_following=rule))
    return ann, bob


async def _name(world: World, who: AccountId, author: AccountId, times: int) -> None:
    for _ in range(times):
        await write(world, author, mentions=[Mentioned(account_id=who)])


async def _requests(world: World, who: AccountId) -> list[Request]:
    async with world.ctx.db.reading() as db:
        return await notifications.page_of_requests(db, who, Page(limit=10))


async def _accept(world: World, who: AccountId, ids: Sequence[NotificationRequestId]) -> None:
    async with world.ctx.db.transaction() as tx:
        assert await notifications.accept_requests(tx, who, ids) == len(ids)


async def test_a_policy_is_recorded_only_when_it_becomes_another(world: World) -> None:
    ann, _ = await _filtering(world)
    async with world.ctx.db.transaction() as tx:
        await notifications.change_policy(tx, ann, PolicyChanges(for_not_following=Treatment.FILTER))
        await notifications.change_policy(tx, ann, PolicyChanges())
    assert len(await world.facts("NotificationPolicyChanged")) == 1


async def test_a_merge_goes_on_batch_by_batch(world: World) -> None:
    ann, bob = await _filtering(world)
    await _name(world, ann, bob, 3)
    [request] = await _requests(world, ann)
    await world.settle()
    async with world.ctx.db.transaction() as tx:
        await notifications.accept_requests(tx, ann, [request.id])
        assert await actions.merge(tx, ann, bob, batch=2)
        assert not await notifications.merged(tx, ann)
        assert not await actions.merge(tx, ann, bob, batch=2)
        assert await notifications.merged(tx, ann)
    assert [entry.kind for entry in await told(world, ann)] == ["mention"] * 3
    assert len(await world.facts("NotificationsMerged")) == 1


async def test_a_request_of_which_nothing_is_left_is_none(world: World) -> None:
    ann, bob = await _filtering(world)
    await _name(world, ann, bob, 1)
    async with world.ctx.db.transaction() as tx:
        await tx.run("delete from posts where account_id = $1", bob)
    assert await _requests(world, ann) == []


async def test_dismissing_spares_what_came_later(world: World) -> None:
    ann, bob = await _filtering(world)
    await _name(world, ann, bob, 2)
    [request] = await _requests(world, ann)
    async with world.ctx.db.transaction() as tx:
        assert await notifications.dismiss_requests(tx, ann, [request.id]) == 1
    await _name(world, ann, bob, 1)
    assert len(await told(world, ann, ALL)) == 1
    [left] = await _requests(world, ann)
    assert left.count == 1


async def test_what_is_dropped_leaves_nothing(world: World) -> None:
    ann, bob = await _filtering(world, Treatment.DROP)
    await _name(world, ann, bob, 1)
    assert await told(world, ann, ALL) == []
    assert await _requests(world, ann) == []


async def test_whoever_was_accepted_is_never_held_back_again(world: World) -> None:
    ann, bob = await _filtering(world)
    await _name(world, ann, bob, 1)
    await _accept(world, ann, [request.id for request in await _requests(world, ann)])
    async with world.ctx.db.transaction() as tx:
        await notifications.change_policy(tx, ann, PolicyChanges(for_not_following=Treatment.DROP))
    await _name(world, ann, bob, 1)
    assert len(await told(world, ann)) == 2


async def test_those_who_visibly_run_the_server_are_heard(world: World) -> None:
    ann, bob = await _filtering(world, Treatment.DROP)
    async with world.ctx.db.transaction() as tx:
        await tx.run(
            "update users set role_id = (select id from roles where permissions <> 0 and highlighted limit 1)"
            " where account_id = $1",
            bob,
        )
    await _name(world, ann, bob, 1)
    assert len(await told(world, ann)) == 1
