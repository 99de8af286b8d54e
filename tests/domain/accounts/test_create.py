"""Accounts come into being, are found again, and go."""

import pytest

from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import AccountId
from marula.domain import accounts
from marula.domain.accounts import NewAccount
from tests.world import World


async def made(world: World, username: str, domain: str | None = None) -> AccountId:
    async with world.ctx.db.transaction() as tx:
        return await accounts.create(tx, NewAccount(username=username, domain=domain))


async def test_an_account_has_counters_at_zero_and_is_told(world: World) -> None:
    ann = await made(world, "ann")
    async with world.ctx.db.reading() as db:
        stats = await accounts.stats(db, [ann])
    assert stats[ann].followers_count == 0
    assert stats[ann].last_status_at is None
    (fact,) = await world.facts("AccountCreated")
    assert f'"account_id": {ann}' in fact["body"]


async def test_a_name_is_taken_in_any_case_but_only_on_its_server(world: World) -> None:
    await made(world, "ann")
    await made(world, "ann", "b.example")
    with pytest.raises(Invalid) as refusal:
        await made(world, "ANN")
    assert refusal.value.problems[0].code == "ERR_TAKEN"


async def test_accounts_are_found_by_handle(world: World) -> None:
    ann, far = await made(world, "Ann"), await made(world, "ann", "b.example")
    async with world.ctx.db.reading() as db:
        here = await accounts.by_handle(db, "aNN")
        there = await accounts.by_handle(db, "ann", "b.example")
        both = await accounts.by_handles(db, [("ann", None), ("ANN", "b.example"), ("bob", None)])
        many = await accounts.many(db, [ann, far, AccountId(1)])
    assert here is not None
    assert (here.id, here.acct, here.local) == (ann, "Ann", True)
    assert there is not None
    assert (there.id, there.acct, there.local) == (far, "ann@b.example", False)
    assert {account.id for account in both} == {account.id for account in many} == {ann, far}


async def test_counters_never_fall_below_zero(world: World) -> None:
    ann, bob = await made(world, "ann"), await made(world, "bob")
    async with world.ctx.db.transaction() as tx:
        await accounts.count_follow(tx, ann, bob, 1)
        await accounts.count_post(tx, ann, 1, at=tx.now)
        await accounts.count_post(tx, bob, -1)
        stats = await accounts.stats(tx, [ann, bob])
    assert (stats[ann].following_count, stats[ann].followers_count) == (1, 0)
    assert (stats[bob].following_count, stats[bob].followers_count) == (0, 1)
    assert (stats[ann].statuses_count, stats[ann].last_status_at) == (1, world.clock.now())
    assert stats[bob].statuses_count == 0
