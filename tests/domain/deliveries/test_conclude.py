"""How couriers take lines and tell how far they came."""

from datetime import timedelta

from marula.domain import deliveries, servers
from marula.domain.deliveries import Carried, Parcel
from tests.domain.deliveries.owing import (
    ANN,
    BEN,
    BETA,
    GAMMA,
    POST,
    WORKER,
    conclude,
    lease,
    ledger,
    lines,
    owe,
    parcel,
    tried,
)
from tests.world import World

MINUTE = timedelta(minutes=1)


async def test_a_line_is_taken_by_one_courier_with_what_waits_in_it_in_order(world: World) -> None:
    for number in (1, 2, 3):
        await owe(world, parcel(number), BETA)
    [(line, owed)] = await lease(world)
    assert (line.host, line.sender) == ("beta.example", ANN)
    assert [one.id for one in owed] == sorted(one.id for one in owed)
    assert len(owed) == 3
    assert await lease(world) == []


async def test_a_line_that_is_empty_is_gone(world: World) -> None:
    await owe(world, parcel(), BETA)
    [(line, owed)] = await lease(world)
    await conclude(world, Carried(line=line, tried=(tried(owed[0]),)))
    assert await lines(world) == []
    assert await ledger(world) == [(BETA, "delivered")]


async def test_what_joined_a_line_that_was_under_way_is_not_lost(world: World) -> None:
    await owe(world, parcel(1), BETA)
    [(line, owed)] = await lease(world)
    await owe(world, parcel(2), BETA)
    await conclude(world, Carried(line=line, tried=(tried(owed[0]),)))
    [(_, rest)] = await lease(world)
    assert [one.attempts for one in rest] == [0]
    assert await ledger(world) == [(BETA, "delivered"), (BETA, "waiting")]


async def test_what_joins_a_line_that_rests_waits_with_it(world: World) -> None:
    await owe(world, parcel(1), BETA)
    [(line, owed)] = await lease(world)
    later = world.clock.now() + MINUTE
    why = "the server failed (500)"
    await conclude(world, Carried(line=line, tried=(tried(owed[0], "waiting", why),), again_at=later, why=why))
    await owe(world, parcel(2), BETA)
    assert await lease(world) == []
    world.clock.advance(MINUTE)
    [(again, both)] = await lease(world)
    assert again.failures == 1
    assert [one.attempts for one in both] == [1, 0]


async def test_a_success_ends_the_count_of_failures(world: World) -> None:
    await owe(world, parcel(1), BETA)
    for number in range(3):
        [(line, owed)] = await lease(world)
        assert line.failures == number
        now = world.clock.now()
        await conclude(world, Carried(line=line, tried=(tried(owed[0], "waiting", "why"),), again_at=now, why="why"))
    [(line, owed)] = await lease(world)
    await owe(world, parcel(2), BETA)
    await conclude(world, Carried(line=line, tried=(tried(owed[0]),)))
    [(line, _)] = await lease(world)
    assert line.failures == 0


async def test_of_one_server_only_some_lines_are_taken_at_a_time(world: World) -> None:
    for number in range(6):
        await owe(world, parcel(number, sender=type(ANN)(200 + number)), BETA)
    await owe(world, parcel(10), GAMMA)
    first = await lease(world, busy={"beta.example": 1})
    assert sorted(line.host for line, _ in first) == ["beta.example"] * 3 + ["gamma.example"]
    assert await lease(world, busy={"beta.example": 4, "gamma.example": 1}) == []


async def test_lines_that_failed_have_places_of_their_own(world: World) -> None:
    await owe(world, parcel(1), BETA)
    [(line, owed)] = await lease(world)
    now = world.clock.now()
    await conclude(world, Carried(line=line, tried=(tried(owed[0], "waiting", "why"),), again_at=now, why="why"))
    await owe(world, parcel(2), GAMMA)
    taken = await lease(world, failing=0)
    assert [line.host for line, _ in taken] == ["gamma.example"]


async def test_what_a_failing_server_was_owed_for_days_is_given_up(world: World) -> None:
    await owe(world, parcel(1), BETA)
    await owe(world, parcel(2, sender=BEN), BETA)
    world.clock.advance(deliveries.PATIENCE)
    await owe(world, parcel(3), BETA)
    taken = {line.sender: (line, owed) for line, owed in await lease(world)}
    line, owed = taken[ANN]
    now = world.clock.now()
    await conclude(world, Carried(line=line, tried=(tried(owed[0], "waiting", "why"),), again_at=now, why="why"))
    assert await ledger(world) == [(BETA, "given_up"), (BETA, "waiting"), (BETA, "waiting")]
    [row] = await world.rows("select why from deliveries where state = 'given_up'")
    assert row["why"] == "the server failed for 3 days"


async def test_the_lines_of_a_courier_that_died_are_taken_back(world: World) -> None:
    await owe(world, parcel(1), BETA)
    assert len(await lease(world)) == 1
    async with world.ctx.db.transaction() as tx:
        assert await deliveries.reclaim(tx) == 1
    assert len(await lease(world)) == 1


async def test_what_a_courier_wrote_about_a_line_that_was_taken_from_it_counts_for_the_delivery_only(
    world: World,
) -> None:
    await owe(world, parcel(1), BETA)
    [(line, owed)] = await lease(world)
    async with world.ctx.db.transaction() as tx:
        await deliveries.reclaim(tx)
        assert len(await deliveries.lease(tx, WORKER + 1, {False: 1}, {}, 4, 20)) == 1
    await conclude(world, Carried(line=line, tried=(tried(owed[0]),)))
    assert await ledger(world) == [(BETA, "delivered")]
    [row] = await world.rows("select leased_by from delivery_lines")
    assert row["leased_by"] == WORKER + 1


async def test_a_courier_that_stops_gives_its_lines_back(world: World) -> None:
    await owe(world, parcel(1), BETA)
    await lease(world)
    async with world.ctx.db.transaction() as tx:
        await deliveries.give_back(tx, WORKER)
    [(_, owed)] = await lease(world)
    assert owed[0].attempts == 0


async def test_a_pause_grows_with_the_fourth_power() -> None:
    assert [int(deliveries.pause(failures, 0).total_seconds()) for failures in (1, 2, 4, 16, 40)] == [
        *(16, 31, 271),
        *(65551, 65551),
    ]
    assert deliveries.pause(4, 1) == timedelta(seconds=15 + 256 * 1.5)
    tries = sum((deliveries.pause(failures, 0.5) for failures in range(1, deliveries.TRIES)), timedelta())
    assert timedelta(days=2) < tries < deliveries.PATIENCE


async def test_a_server_that_is_back_gets_at_once_what_waits(world: World) -> None:
    for _ in range(servers.DAYS):
        async with world.ctx.db.transaction() as tx:
            await servers.failed(tx, {"beta.example": "why"})
        world.clock.advance(timedelta(days=1))
    await owe(world, parcel(1), BETA)
    [(line, owed)] = await lease(world)
    late = world.clock.now() + timedelta(hours=10)
    await conclude(world, Carried(line=line, tried=(tried(owed[0], "waiting", "why"),), again_at=late, why="why"))
    async with world.ctx.db.transaction() as tx:
        await servers.heard(tx, ["beta.example"])
    assert await lease(world) == []
    await world.settle()
    assert len(await lease(world)) == 1


async def test_what_a_server_did_not_get_is_owed_again_when_the_operator_says_so(world: World) -> None:
    await owe(world, parcel(1, subject=POST), BETA, GAMMA)
    taken = await lease(world)
    await conclude(world, *(Carried(line=line, tried=(tried(owed[0], "given_up", "no"),)) for line, owed in taken))
    assert await lines(world) == []
    async with world.ctx.db.transaction() as tx:
        assert await deliveries.retry_host(tx, "beta.example") == 1
        assert await deliveries.retry_host(tx, "beta.example") == 0
    assert await ledger(world) == [(BETA, "waiting"), (GAMMA, "given_up")]
    assert [line.host for line, _ in await lease(world)] == ["beta.example"]


async def test_what_did_not_arrive_of_a_post_is_owed_again_when_the_operator_says_so(world: World) -> None:
    what = parcel(1, subject=POST)
    await owe(world, what, BETA, GAMMA)
    taken = await lease(world)
    ends = {"beta.example": "given_up", "gamma.example": "delivered"}
    await conclude(world, *(Carried(line=line, tried=(tried(owed[0], ends[line.host]),)) for line, owed in taken))  # pyright: ignore[reportArgumentType]
    async with world.ctx.db.transaction() as tx:
        assert await deliveries.retry_parcels(tx, "", what.post_id) == 1
    assert await ledger(world) == [(BETA, "waiting"), (GAMMA, "delivered")]


async def lost(world: World, what: Parcel, *, delivered: bool = False) -> None:
    """Owe something that does not arrive, or does."""
    await owe(world, what, BETA)
    [(line, owed)] = await lease(world)
    await conclude(world, Carried(line=line, tried=(tried(owed[0], "delivered" if delivered else "given_up", "no"),)))


async def again(world: World) -> list[str]:
    """What is sent when the operator says so, by kind and in order."""
    async with world.ctx.db.transaction() as tx:
        await deliveries.retry_host(tx, "beta.example")
    rows = await world.rows(
        "select kind from deliveries d join parcels on parcels.id = parcel_id where state = 'waiting' order by d.id"
    )
    return [row["kind"] for row in rows]


async def test_what_is_over_is_not_sent_again_but_its_end_is(world: World) -> None:
    await lost(world, parcel(1, subject=POST))
    await lost(world, parcel(2, kind="Delete", subject=POST))
    assert await again(world) == ["Delete"]


async def test_what_was_taken_back_is_not_sent_again(world: World) -> None:
    await lost(world, parcel(1, kind="Follow", subject=POST))
    await lost(world, parcel(2, kind="Undo", subject=POST), delivered=True)
    assert await again(world) == []


async def test_an_old_revision_is_not_sent_again_after_a_newer_one(world: World) -> None:
    await lost(world, parcel(1, kind="Update", subject=POST))
    await lost(world, parcel(2, kind="Update", subject=POST), delivered=True)
    assert await again(world) == []


async def test_what_was_only_revised_is_sent_again_in_order(world: World) -> None:
    await lost(world, parcel(1, subject=POST))
    await lost(world, parcel(2, kind="Update", subject=POST), delivered=True)
    await lost(world, parcel(3, kind="Update", subject=POST))
    assert await again(world) == ["Create", "Update"]


async def test_the_ledger_is_kept_for_a_month_but_never_without_what_waits(world: World) -> None:
    await owe(world, parcel(1), BETA)
    await owe(world, parcel(2), GAMMA)
    taken = {line.host: (line, owed) for line, owed in await lease(world)}
    line, owed = taken["beta.example"]
    await conclude(world, Carried(line=line, tried=(tried(owed[0]),)))
    world.clock.advance(timedelta(days=29))
    await deliveries.reactions.forget(world.ctx)
    assert len(await ledger(world)) == 2
    world.clock.advance(timedelta(days=2))
    await deliveries.reactions.forget(world.ctx)
    assert await ledger(world) == [(GAMMA, "waiting")]
    assert len(await world.rows("select from parcels")) == 1


async def test_what_arrived_everywhere_is_not_kept_for_longer_than_its_ledger_needs(world: World) -> None:
    await lost(world, parcel(1), delivered=True)
    await lost(world, parcel(2))
    world.clock.advance(deliveries.PATIENCE + MINUTE)
    await deliveries.reactions.forget(world.ctx)
    rows = await world.rows("select body from parcels order by id")
    assert [row["body"] for row in rows] == [b"", b'{"number":2}']
    assert len(await ledger(world)) == 2


async def test_what_was_not_kept_is_kept_again_when_it_is_owed_to_others(world: World) -> None:
    await lost(world, parcel(1), delivered=True)
    world.clock.advance(deliveries.PATIENCE + MINUTE)
    await deliveries.reactions.forget(world.ctx)
    await owe(world, parcel(1), BETA, GAMMA)
    assert [row["body"] for row in await world.rows("select body from parcels")] == [b'{"number":1}']
    assert await ledger(world) == [(BETA, "delivered"), (GAMMA, "waiting")]


async def test_tries_are_counted_by_how_they_ended(world: World) -> None:
    await owe(world, parcel(1), BETA, GAMMA)
    ends = {"beta.example": "given_up", "gamma.example": "delivered"}
    taken = await lease(world)
    await conclude(world, *(Carried(line=line, tried=(tried(owed[0], ends[line.host]),)) for line, owed in taken))  # pyright: ignore[reportArgumentType]
    async with world.ctx.db.reading() as db:
        assert await deliveries.tallies(db) == {"delivered": 1, "error": 1}
