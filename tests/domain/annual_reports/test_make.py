"""Annual reports: when, for whom, and what they tell."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId
from marula.domain import annual_reports, site
from marula.domain.annual_reports import rules
from marula.domain.annual_reports.types import Counts
from tests.domain.relationships.people import follow, person
from tests.world import World

NOTHING = Counts(posts=0, standalone=0, replies=0, boosts=0, polls=0, open=0, tagged=0, followers=0)


def test_reports_are_made_from_the_tenth_of_december_to_its_end() -> None:
    for day, year in ((9, None), (10, 2026), (31, 2026)):
        assert rules.campaign(datetime(2026, 12, day, 0, 0, tzinfo=UTC)) == year
    assert rules.campaign(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) == 2026
    assert rules.campaign(datetime(2027, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("counts", "archetype"),
    [
        (NOTHING, "lurker"),
        ({"standalone": 112}, "lurker"),
        ({"standalone": 113}, "oracle"),
        ({"standalone": 40, "boosts": 81}, "booster"),
        ({"standalone": 100, "replies": 20, "polls": 11}, "pollster"),
        ({"standalone": 40, "replies": 81}, "replier"),
        ({"standalone": 40, "replies": 80}, "oracle"),
    ],
)
def test_what_somebody_did_most_says_what_kind_of_writer_they_were(
    counts: Counts | dict[str, int], archetype: str
) -> None:
    whole = counts if isinstance(counts, Counts) else msgspec.structs.replace(NOTHING, **counts)
    assert rules.archetype(whole) == archetype


def test_who_wrote_nothing_for_all_or_used_no_hashtag_gets_none() -> None:
    for open_posts, tagged, wanted in ((1, 1, True), (0, 1, False), (1, 0, False)):
        assert rules.eligible(msgspec.structs.replace(NOTHING, open=open_posts, tagged=tagged)) is wanted


async def december(world: World) -> None:
    world.clock.moment = datetime(2026, 12, 12, 12, 0, tzinfo=UTC)


async def wrote(world: World, who: AccountId, *, at: datetime, tag: str | None = None, boosts: int = 0) -> int:
    """A post of that time, as it would lie in the database."""
    [row] = await world.rows(
        """
        with made as (
            insert into posts (id, account_id, local, visibility, created_at)
            values (marula_id($2), $1, true, 0, $2) returning id
        ), counted as (
            insert into post_stats (post_id, reblogs_count) select id, $3 from made
        ), named as (
            insert into tags (name, display_name, created_at) select $4::text, $4, $2 where $4 is not null
            on conflict (name) do update set name = excluded.name returning id
        ), tagged as (
            insert into post_tags (post_id, tag_id) select made.id, named.id from made, named
        )
        select id from made
        """,
        who,
        at,
        boosts,
        tag,
    )
    return row["id"]


async def made(world: World, who: AccountId, year: int = 2026) -> annual_reports.Report | None:
    async with world.ctx.db.reading() as db:
        return await annual_reports.report(db, who, year)


async def state(world: World, who: AccountId, year: int = 2026) -> str:
    async with world.ctx.db.reading() as db:
        return await annual_reports.state(world.ctx, db, who, year)


async def request(world: World, who: AccountId) -> None:
    async with world.ctx.db.transaction() as tx:
        await annual_reports.request(tx, who, 2026)


async def test_a_report_tells_of_its_year_only(world: World) -> None:
    ann, bob, cat = [await person(world, name) for name in ("ann", "bob", "cat")]
    await follow(world, bob, ann)
    world.clock.moment = datetime(2027, 2, 1, tzinfo=UTC)
    await follow(world, cat, ann)
    await december(world)
    day = datetime(2026, 6, 1, tzinfo=UTC)
    await wrote(world, ann, at=day - timedelta(days=365), tag="old", boosts=99)
    await wrote(world, ann, at=day + timedelta(days=365), tag="new", boosts=99)
    best = await wrote(world, ann, at=day, tag="Trees", boosts=3)
    await wrote(world, ann, at=day + timedelta(hours=1), tag="Trees", boosts=2)
    await wrote(world, ann, at=day + timedelta(hours=2), tag="Once")
    await request(world, ann)
    assert await state(world, ann) == "generating"
    await world.settle()
    found = await made(world, ann)
    assert found is not None
    assert found.figures == annual_reports.Figures(
        archetype="lurker",
        posts=3,
        followers=1,
        top_post=best,  # pyright: ignore[reportArgumentType]
        top_hashtag=("Trees", 2),
    )
    assert await state(world, ann) == "available"


async def test_asking_twice_makes_one_report_that_stays_as_it_is(world: World) -> None:
    ann = await person(world, "ann")
    await december(world)
    await wrote(world, ann, at=world.clock.now(), tag="a")
    await request(world, ann)
    await world.settle()
    first = await made(world, ann)
    await wrote(world, ann, at=world.clock.now(), tag="a")
    await request(world, ann)
    await world.settle()
    assert await made(world, ann) == first
    assert len(await world.facts("AnnualReportRequested")) == 1


async def test_the_state_says_who_can_have_one_and_when(world: World) -> None:
    ann = await person(world, "ann")
    day = datetime(2026, 6, 1, tzinfo=UTC)
    assert await state(world, ann) == "ineligible"
    await december(world)
    assert await state(world, ann) == "ineligible"
    await wrote(world, ann, at=day, tag="a")
    assert await state(world, ann) == "eligible"
    assert await state(world, ann, 2025) == "ineligible"
    assert await state(world, ann, 2**62) == "ineligible"
    async with world.ctx.db.transaction() as tx:
        await site.change(tx, "wrapstodon", "false")
    world.ctx.memory.forget(site.SETTINGS.name)
    assert await state(world, ann) == "ineligible"


async def test_a_report_is_read_once_it_is_made(world: World) -> None:
    ann = await person(world, "ann")
    await december(world)
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(NotFound):
            await annual_reports.view(tx, ann, 2026)
        await annual_reports.request(tx, ann, 2026)
        with pytest.raises(NotFound):
            await annual_reports.view(tx, ann, 2026)
    await world.settle()
    async with world.ctx.db.transaction() as tx:
        assert len(await annual_reports.unread(tx, ann)) == 1
        await annual_reports.view(tx, ann, 2026)
        assert await annual_reports.unread(tx, ann) == []
