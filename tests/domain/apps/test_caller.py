"""Who calls, as a process remembers it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from marula.base.db import Tx, statements_run
from marula.domain import apps, users
from marula.domain.apps import Bearer
from marula.domain.users import User
from tests.domain.users.people import person
from tests.world import World

PATIENCE = 5.0


@pytest.fixture
async def hearing(world: World) -> AsyncIterator[World]:
    """A server that hears live messages, and so remembers who calls."""
    ready = asyncio.Event()
    world.ctx.live.on_missed(ready.set)
    listening = asyncio.create_task(world.ctx.live.listen())
    await asyncio.wait_for(ready.wait(), PATIENCE)
    yield world
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


async def token_of(world: World, user: User) -> str:
    """A token of somebody, used already."""
    async with world.ctx.db.transaction() as tx:
        issued = await apps.personal_token(tx, user.id, app_name="Probe", scopes="read write")
    bearer = await apps.caller(world.ctx, issued.token)
    assert bearer is not None
    async with world.ctx.db.transaction() as tx:
        await apps.mark_used(tx, bearer)
    return issued.token


async def looked_up(world: World, token: str) -> tuple[int, Bearer | None]:
    """How many statements it took to say who calls, and who it is."""
    with statements_run() as count:
        bearer = await apps.caller(world.ctx, token)
    return count(), bearer


async def test_a_caller_is_looked_up_once(hearing: World) -> None:
    token = await token_of(hearing, await person(hearing))
    counts = [(await looked_up(hearing, token))[0] for _ in range(3)]
    assert counts == [1, 0, 0]


async def test_an_unknown_token_is_looked_up_each_time(hearing: World) -> None:
    assert [await looked_up(hearing, "unknown") for _ in range(2)] == [(1, None), (1, None)]


async def test_a_caller_is_looked_up_each_time_while_changes_cannot_be_heard(world: World) -> None:
    token = await token_of(world, await person(world))
    assert [(await looked_up(world, token))[0] for _ in range(2)] == [1, 1]


async def test_a_caller_of_an_hour_ago_is_looked_up_again(hearing: World) -> None:
    token = await token_of(hearing, await person(hearing))
    await looked_up(hearing, token)
    hearing.clock.advance(timedelta(hours=1))
    assert (await looked_up(hearing, token))[0] == 1


async def revoke(tx: Tx, user: User, token: str) -> None:
    assert await apps.withdraw(tx, token)


async def revoke_all(tx: Tx, user: User, token: str) -> None:
    assert await apps.withdraw_all(tx, user.id)


async def disable(tx: Tx, user: User, token: str) -> None:
    await users.disable(tx, user)


async def promote(tx: Tx, user: User, token: str) -> None:
    await users.set_role(tx, user, users.OWNER_ID)


async def approve(tx: Tx, user: User, token: str) -> None:
    await users.approve(tx, user)


async def vouch(tx: Tx, user: User, token: str) -> None:
    await users.vouch(tx, user.id)


async def delete(tx: Tx, user: User, token: str) -> None:
    await users.delete(tx, user.account_id)


@pytest.mark.parametrize("change", [revoke, revoke_all, disable, promote, approve, vouch, delete])
async def test_what_changes_for_a_caller_counts_at_once(
    hearing: World, change: Callable[[Tx, User, str], Awaitable[None]]
) -> None:
    user = await person(hearing, confirmed=False, approved=False)
    token = await token_of(hearing, user)
    _, before = await looked_up(hearing, token)
    async with hearing.ctx.db.transaction() as tx:
        await change(tx, user, token)
    count, after = await looked_up(hearing, token)
    assert count == 1
    assert after != before
