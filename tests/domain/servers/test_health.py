"""How other servers do."""

from datetime import timedelta

import pytest

from marula.domain import servers
from tests.world import START, World

HOST = "beta.example"
DAY = timedelta(days=1)


async def health(world: World, host: str = HOST) -> servers.Health | None:
    async with world.ctx.db.reading() as db:
        return await servers.one(db, host)


async def fail(world: World, why: str = "does not answer in time") -> None:
    async with world.ctx.db.transaction() as tx:
        await servers.failed(tx, {HOST: why})


async def be_gone(world: World) -> None:
    """Seven days with failures."""
    for _ in range(servers.DAYS):
        await fail(world)
        world.clock.advance(DAY)


async def test_nothing_is_known_of_a_server_never_met(world: World) -> None:
    assert await health(world) is None


async def test_when_a_server_was_first_and_last_heard_of_is_kept(world: World) -> None:
    for _ in range(2):
        async with world.ctx.db.transaction() as tx:
            await servers.heard(tx, [HOST, HOST, "gamma.example"])
        world.clock.advance(DAY)
    found = await health(world)
    assert found is not None
    assert (found.first_heard_at, found.last_heard_at) == (START, START + DAY)


async def test_a_server_that_is_well_is_noted_once_an_hour(world: World) -> None:
    for _ in range(3):
        async with world.ctx.db.transaction() as tx:
            await servers.heard(tx, [HOST])
            await servers.reached(tx, [HOST])
        world.clock.advance(timedelta(minutes=25))
    found = await health(world)
    assert found is not None
    assert (found.last_heard_at, found.last_reached_at) == (START, START)


async def test_many_failures_on_one_day_count_once(world: World) -> None:
    for _ in range(20):
        await fail(world)
    found = await health(world)
    assert found is not None
    assert (found.failing_days, found.unavailable_since) == (1, None)
    assert found.last_error == "does not answer in time"


async def test_seven_days_with_failures_make_a_server_unavailable(world: World) -> None:
    await be_gone(world)
    found = await health(world)
    assert found is not None
    assert found.unavailable_since == START + 6 * DAY
    assert found.next_probe_at == START + 6 * DAY + servers.PROBED_EVERY
    assert [row["kind"] for row in await world.facts()] == ["ServerUnavailable"]
    async with world.ctx.db.reading() as db:
        assert [one.host for one in await servers.unavailable(db, 10)] == [HOST]


async def test_it_stays_unavailable_since_then(world: World) -> None:
    await be_gone(world)
    await fail(world)
    found = await health(world)
    assert found is not None
    assert found.unavailable_since == START + 6 * DAY
    assert len(await world.facts("ServerUnavailable")) == 1


async def test_a_success_between_begins_the_count_anew(world: World) -> None:
    for _ in range(5):
        await fail(world)
        world.clock.advance(DAY)
    async with world.ctx.db.transaction() as tx:
        await servers.reached(tx, [HOST])
    for _ in range(6):
        await fail(world)
        world.clock.advance(DAY)
    found = await health(world)
    assert found is not None
    assert (found.failing_days, found.unavailable_since) == (6, None)


@pytest.mark.parametrize("way", ["heard", "reached"])
async def test_who_is_heard_of_or_reached_is_available_again(world: World, way: str) -> None:
    await be_gone(world)
    for _ in range(2):
        async with world.ctx.db.transaction() as tx:
            await (servers.heard if way == "heard" else servers.reached)(tx, [HOST])
    found = await health(world)
    assert found is not None
    assert (found.failing_days, found.unavailable_since, found.next_probe_at) == (0, None, None)
    assert len(await world.facts("ServerRevived")) == 1


async def test_the_operator_may_say_that_a_server_is_well(world: World) -> None:
    await be_gone(world)
    for _ in range(2):
        async with world.ctx.db.transaction() as tx:
            await servers.revive(tx, HOST)
    found = await health(world)
    assert found is not None
    assert found.unavailable_since is None
    assert len(await world.facts("ServerRevived")) == 1


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Beta.Example/inbox", "beta.example"),
        ("https://beta.example:443/inbox", "beta.example"),
        ("https://beta.example./inbox", "beta.example"),
        ("http://localhost:3001/inbox", "localhost:3001"),
        ("http://beta.example:80/", "beta.example"),
        ("https://[2a00::1]:8443/inbox", "[2a00::1]:8443"),
        ("https://beta.example:port/", ""),
        ("acct:bob@beta.example", ""),
    ],
)
def test_a_server_is_known_by_its_host(url: str, host: str) -> None:
    assert servers.host_of(url) == host
