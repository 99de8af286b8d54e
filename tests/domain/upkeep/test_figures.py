"""What the server knows of itself, and how long it keeps the log of facts."""

from datetime import UTC, datetime, timedelta

from marula.base.kernel.ids import AccountId
from marula.domain import accounts, upkeep, users
from marula.domain.accounts import NewAccount
from marula.domain.posts import Visibility
from marula.domain.upkeep import Figures
from marula.domain.users import Newcomer
from tests.domain.posts.writing import delete, person, write
from tests.world import World


async def figures(world: World) -> Figures:
    async with world.ctx.db.reading() as db:
        return await upkeep.figures(db, world.clock.now())


async def come_by(world: World, who: AccountId) -> None:
    async with world.ctx.db.transaction() as tx:
        user = await users.by_account(tx, who)
        assert user is not None
        await users.mark_active(tx, user.id)


async def test_an_empty_server_counts_nothing(world: World) -> None:
    assert await figures(world) == Figures(0, 0, 0, 0, 0)


async def test_people_posts_and_servers_are_counted(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    await write(world, ann)
    await write(world, ann, visibility=Visibility.PRIVATE)
    await write(world, ann, visibility=Visibility.DIRECT)
    await delete(world, await write(world, ben))
    async with world.ctx.db.transaction() as tx:
        waiting = Newcomer(username="c", email="c@mail.example", password_hash="-", confirmed=True, approved=False)
        await users.register(tx, waiting)
        for name in ("one", "two"):
            uri = f"https://far.example/{name}"
            await accounts.create(tx, NewAccount(username=name, domain="far.example", uri=uri))
    found = await figures(world)
    assert (found.users, found.statuses, found.domains) == (2, 2, 1)


async def test_people_are_active_for_a_month_and_for_half_a_year(world: World) -> None:
    ann = await person(world, "ann")
    await come_by(world, ann)
    for days, month, half_year in ((0, 1, 1), (27, 1, 1), (28, 0, 1), (179, 0, 1), (180, 0, 0)):
        world.clock.moment = datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=days)
        found = await figures(world)
        assert (found.active_month, found.active_halfyear) == (month, half_year)


async def test_weeks_begin_on_monday_and_the_present_one_comes_first(world: World) -> None:
    ann = await person(world, "ann")
    await write(world, ann)
    world.clock.advance(timedelta(days=1))
    for _ in range(2):
        await write(world, ann)
    await come_by(world, ann)
    async with world.ctx.db.reading() as db:
        found = await upkeep.weeks(db, world.clock.now(), 3)
    assert [week.begins for week in found] == [datetime(2026, 3, 2, tzinfo=UTC) - timedelta(weeks=n) for n in range(3)]
    assert [(week.statuses, week.logins, week.registrations) for week in found] == [(2, 1, 0), (1, 0, 1), (0, 0, 0)]


async def test_facts_are_kept_for_a_month(world: World) -> None:
    await write(world, await person(world, "ann"))
    world.clock.advance(timedelta(days=30))
    await upkeep.reactions.forget_facts(world.ctx)
    assert len(await world.facts("PostPublished")) == 1
    world.clock.advance(timedelta(seconds=1))
    await upkeep.reactions.forget_facts(world.ctx)
    assert await world.facts() == []
