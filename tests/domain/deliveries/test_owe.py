"""What is owed to whom."""

from datetime import timedelta

from marula.base.db.connection import statements_run
from marula.domain import deliveries, servers
from tests.domain.deliveries.owing import ANN, BEN, BETA, GAMMA, POST, ledger, lines, owe, parcel
from tests.world import World

DAY = timedelta(days=1)


async def be_gone(world: World, host: str = "beta.example") -> None:
    """A server that failed on seven days."""
    for _ in range(servers.DAYS):
        async with world.ctx.db.transaction() as tx:
            await servers.failed(tx, {host: "does not answer in time"})
        world.clock.advance(DAY)


async def test_each_inbox_is_owed_one_delivery(world: World) -> None:
    await owe(world, parcel(), BETA, GAMMA, BETA)
    assert await ledger(world) == [(BETA, "waiting"), (GAMMA, "waiting")]
    assert await lines(world) == [("beta.example", ANN), ("gamma.example", ANN)]


async def test_what_is_owed_already_is_not_owed_again(world: World) -> None:
    for _ in range(2):
        await owe(world, parcel(), BETA)
    await owe(world, parcel(), BETA, GAMMA)
    assert await ledger(world) == [(BETA, "waiting"), (GAMMA, "waiting")]


async def test_the_bytes_of_a_parcel_stay_as_they_were_first(world: World) -> None:
    await owe(world, parcel(), BETA)
    [row] = await world.rows("select body, kind, post_id, subject from parcels")
    assert dict(row) == {"body": b'{"number":1}', "kind": "Create", "post_id": None, "subject": None}


async def test_nothing_is_kept_that_goes_nowhere(world: World) -> None:
    await owe(world, parcel())
    assert await world.rows("select from parcels") == []


async def test_what_several_people_owe_to_a_server_are_several_lines(world: World) -> None:
    await owe(world, parcel(1), BETA)
    await owe(world, parcel(2, sender=BEN), BETA)
    assert await lines(world) == [("beta.example", ANN), ("beta.example", BEN)]


async def test_the_cost_does_not_grow_with_the_inboxes(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        with statements_run() as count:
            await deliveries.owe(tx, parcel(1, subject=POST), [f"https://h{n}.example/inbox" for n in range(300)])
    assert count() == 5
    assert len(await ledger(world)) == 300


async def test_what_is_no_address_is_dropped_and_what_is_too_long_is_not_written(world: World) -> None:
    await owe(world, parcel(), "acct:bob@beta.example", "https://beta.example/" + "x" * 2048)
    assert await ledger(world) == [("acct:bob@beta.example", "dropped")]
    assert await lines(world) == []


async def test_after_its_end_nothing_is_owed_about_a_subject(world: World) -> None:
    await owe(world, parcel(1, subject=POST), BETA)
    await owe(world, parcel(2, kind="Delete", subject=POST), BETA)
    await owe(world, parcel(3, kind="Update", subject=POST), BETA)
    await owe(world, parcel(4, kind="Delete", subject=POST), GAMMA)
    assert await ledger(world) == [(BETA, "waiting"), (BETA, "waiting"), (GAMMA, "waiting")]


async def test_who_got_something_about_a_subject_is_known(world: World) -> None:
    await owe(world, parcel(1, subject=POST), BETA, GAMMA)
    await owe(world, parcel(2, kind="Update", subject=POST), BETA)
    await owe(world, parcel(3, subject="https://marula.example/other"), "https://delta.example/inbox")
    async with world.ctx.db.reading() as db:
        assert await deliveries.reached(db, POST) == [BETA, GAMMA]


async def test_nothing_is_sent_to_a_server_that_is_unavailable(world: World) -> None:
    await be_gone(world)
    await owe(world, parcel(1), BETA, GAMMA)  # the first is a probe: half a day has passed
    await owe(world, parcel(2), BETA, GAMMA)
    assert await ledger(world) == [(BETA, "waiting"), (GAMMA, "waiting"), (BETA, "dropped"), (GAMMA, "waiting")]
    [row] = await world.rows("select why from deliveries where state = 'dropped'")
    assert row["why"] == "the server has been unavailable since 2026-03-07"


async def test_a_server_that_is_unavailable_is_probed_now_and_then(world: World) -> None:
    await be_gone(world)
    for number in range(6):
        await owe(world, parcel(number), BETA)
        world.clock.advance(servers.PROBED_EVERY / 3)
    assert [state for _, state in await ledger(world)] == ["waiting", "dropped", "dropped"] * 2


async def test_a_follow_is_tried_although_the_server_is_unavailable(world: World) -> None:
    await be_gone(world)
    for number in range(3):
        await owe(world, parcel(number, kind="Follow"), BETA)
    assert [state for _, state in await ledger(world)] == ["waiting"] * 3


async def test_who_got_nothing_is_not_among_those_reached(world: World) -> None:
    await be_gone(world)
    await owe(world, parcel(1), BETA)
    await owe(world, parcel(2, subject=POST), BETA, GAMMA)
    async with world.ctx.db.reading() as db:
        assert await deliveries.reached(db, POST) == [GAMMA]
