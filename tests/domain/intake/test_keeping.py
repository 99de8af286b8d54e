"""What other servers send is kept, worked on in order, and forgotten after some days."""

from collections.abc import Sequence
from datetime import timedelta

from marula.domain import intake
from marula.domain.intake import Arrival, Concluded, Line, Waiting
from tests.world import World

ANN, BOB = "https://beta.example/users/ann", "https://gamma.example/users/bob"


def arrival(number: int, signer: str = ANN, kind: str = "Like") -> Arrival:
    body = b'{"number": %d}' % number
    return Arrival(
        uri=f"{signer}/activities/{number}",
        kind=kind,
        actor=signer,
        signer=signer,
        host=signer.split("/")[2],
        inbox_of=None,
        body=body,
        digest=intake.digest(signer, body),
    )


async def keep(world: World, *given: Arrival) -> None:
    async with world.ctx.db.transaction() as tx:
        await intake.keep(tx, given)


async def lease(world: World, worker: int = 1, lines: int = 10, queue: int = 10) -> list[tuple[Line, list[Waiting]]]:
    async with world.ctx.db.transaction() as tx:
        return sorted(await intake.lease(tx, worker, lines, queue), key=lambda one: one[0].signer)


async def conclude(
    world: World, leased: Sequence[tuple[Line, Sequence[Waiting]]], how: Concluded, worker: int = 1
) -> None:
    async with world.ctx.db.transaction() as tx:
        done = [
            (
                line,
                [Concluded(id=one.id, state=how.state, why=how.why, again_at=how.again_at) for one in queue],
            )
            for line, queue in leased
        ]
        await intake.conclude(tx, worker, done)


def ended(state: intake.State, **more: object) -> Concluded:
    return Concluded(id=intake.ArrivalId(0), state=state, **more)  # pyright: ignore[reportArgumentType]


async def test_what_a_signer_sends_is_taken_in_order_by_one_worker(world: World) -> None:
    await keep(world, arrival(1), arrival(2), arrival(3, BOB))
    first = await lease(world, 1)
    assert [[one.body for one in queue] for _, queue in first] == [
        [b'{"number": 1}', b'{"number": 2}'],
        [b'{"number": 3}'],
    ]
    await keep(world, arrival(4))
    assert await lease(world, 2) == []
    await conclude(world, first, ended("accepted"))
    (again,) = await lease(world, 2)
    assert [one.body for one in again[1]] == [b'{"number": 4}']


async def test_the_same_bytes_of_the_same_signer_are_kept_once(world: World) -> None:
    await keep(world, arrival(1), arrival(1))
    await keep(world, arrival(1))
    ((_, queue),) = await lease(world)
    assert len(queue) == 1
    await conclude(world, [(Line(signer=ANN, losses=0), queue)], ended("accepted"))
    await keep(world, arrival(1))
    assert await lease(world) == []


async def test_a_follow_that_comes_again_when_the_first_is_done_is_worked_on_again(world: World) -> None:
    await keep(world, arrival(1, kind="Follow"))
    await conclude(world, await lease(world), ended("accepted"))
    await keep(world, arrival(1, kind="Follow"))
    ((_, queue),) = await lease(world)
    assert queue[0].body == b'{"number": 1}'


async def test_what_failed_waits_and_does_not_hold_up_what_comes_after(world: World) -> None:
    await keep(world, arrival(1))
    later = world.clock.now() + timedelta(minutes=1)
    await conclude(world, await lease(world), ended("waiting", why="away", again_at=later))
    await keep(world, arrival(2))
    leased = await lease(world)
    assert [one.body for _, queue in leased for one in queue] == [b'{"number": 2}']
    await conclude(world, leased, ended("ignored", why="not known here"))
    assert await lease(world) == []
    world.clock.advance(timedelta(minutes=1))
    ((_, queue),) = await lease(world)
    assert (queue[0].body, queue[0].attempts) == (b'{"number": 1}', 1)


async def test_the_lines_of_a_worker_that_died_are_taken_back_and_their_arrivals_come_alone(world: World) -> None:
    await keep(world, arrival(1), arrival(2))
    for _ in range(4):
        assert len(await lease(world, 77)) == 1
        async with world.ctx.db.transaction() as tx:
            assert await intake.reclaim(tx) == 1
    ((line, queue),) = await lease(world, 77)
    assert (line.losses, [one.body for one in queue]) == (4, [b'{"number": 1}'])
    async with world.ctx.db.transaction() as tx:
        await intake.reclaim(tx)
    ((_, queue),) = await lease(world, 77)
    assert [one.body for one in queue] == [b'{"number": 2}']
    (dead,) = await world.rows("select why from arrivals where state = 'dead'")
    assert dead["why"] == "the process died while it worked on this, for the 5th time"


async def test_what_is_dead_can_be_tried_again(world: World) -> None:
    await keep(world, arrival(1))
    await conclude(world, await lease(world), ended("dead", why="a bug"))
    assert await lease(world) == []
    async with world.ctx.db.transaction() as tx:
        assert await intake.revive(tx, None) == 1
    ((_, queue),) = await lease(world)
    assert queue[0].attempts == 0


async def test_what_came_is_shown_and_forgotten_after_some_days(world: World) -> None:
    await keep(world, arrival(1), arrival(2, BOB))
    await conclude(world, await lease(world), ended("rejected", why="not theirs"))
    async with world.ctx.db.reading() as db:
        found = await intake.listed(db, host="beta.example", before=intake.ArrivalId(2**62), limit=10)
        assert [(one.uri, one.state, one.why) for one in found] == [(f"{ANN}/activities/1", "rejected", "not theirs")]
        assert len(await intake.listed(db, host=None, before=intake.ArrivalId(2**62), limit=10)) == 2
    await intake.reactions.forget(world.ctx)
    assert len(await world.rows("select from arrivals")) == 2
    world.clock.advance(timedelta(days=8))
    await intake.reactions.forget(world.ctx)
    assert await world.rows("select from arrivals") == []
    assert await world.rows("select from arrival_lines") == []


async def test_a_server_that_is_heard_of_is_noted(world: World) -> None:
    await keep(world, arrival(1))
    (noted,) = await world.rows("select host, last_heard_at from servers")
    assert (noted["host"], noted["last_heard_at"]) == ("beta.example", world.clock.now())


async def test_what_is_taken_back_is_remembered_for_six_hours(world: World) -> None:
    like = f"{ANN}/likes/1"
    async with world.ctx.db.transaction() as tx:
        await intake.take_back(tx, ANN, like)
        assert await intake.taken_back(tx, ANN, like, tx.now)
        assert not await intake.taken_back(tx, BOB, like, tx.now)
        assert not await intake.taken_back(tx, ANN, None, tx.now)
    world.clock.advance(timedelta(hours=6))
    async with world.ctx.db.transaction() as tx:
        assert not await intake.taken_back(tx, ANN, like, tx.now)
    world.clock.advance(timedelta(seconds=1))
    await intake.reactions.forget(world.ctx)
    assert await world.rows("select from taken_back") == []
