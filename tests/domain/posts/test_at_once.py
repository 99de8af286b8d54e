"""Two calls at the same moment, on connections of their own: the counters are right afterwards."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

import asyncpg
import pytest

from marula.base.db import Database, migrations
from marula.base.events import Live, Memory
from marula.base.kernel import config
from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import AccountId
from marula.base.net import Http
from marula.domain import interactions, posts
from marula.domain.context import Context
from marula.domain.posts import Draft, Post, Visibility
from marula.main.context import files_for
from tests.conftest import database_named
from tests.domain.posts.writing import POLL, boost, counters, delete, person, poll_of, stats, vote, write
from tests.peer import Internet
from tests.world import HeldClock, KeptMail, World

AT_ONCE = 6


@pytest.fixture
async def shared(postgres: str, tmp_path: Path) -> AsyncIterator[World]:
    """A server whose transactions are real ones, in a database of its own."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    admin = await asyncpg.connect(postgres)
    await admin.execute(f'create database "{name}"')
    dsn = database_named(postgres, name)
    await asyncio.to_thread(migrations.migrate, dsn)
    clock, mail = HeldClock(), KeptMail()
    db = await Database.connect(dsn, clock, size=AT_ONCE)
    live = Live(db)
    settings = config.load({"LOCAL_DOMAIN": "marula.example", "MARULA_DATA_DIR": str(tmp_path)}, None)
    try:
        ctx = Context(settings, db, clock, live, Memory(db, live), mail, Http.of(settings), files_for(settings))
        yield World(ctx, clock, mail, Internet())
    finally:
        await db.close()
        await admin.execute(f'drop database "{name}" with (force)')
        await admin.close()


async def outcomes(*calls: Awaitable[object]) -> list[object]:
    """What becomes of calls that are made together."""
    return list(await asyncio.gather(*calls, return_exceptions=True))


async def test_what_is_done_twice_at_once_is_done_once(shared: World) -> None:
    ann, ben = await person(shared, "ann"), await person(shared, "ben")
    post = await write(shared, ann, poll=POLL)
    poll = await poll_of(shared, post)

    async def favourite() -> None:
        async with shared.ctx.db.transaction() as tx:
            await interactions.favourite(tx, ben, post)

    await asyncio.gather(*(favourite() for _ in range(AT_ONCE)))
    boosts = await asyncio.gather(*(boost(shared, ben, post) for _ in range(AT_ONCE)))
    assert len({boosted.id for boosted in boosts}) == 1
    assert await counters(shared, post) == (0, 1, 1)
    assert len(await shared.facts("PostFavourited")) == 1

    votes = await outcomes(*(vote(shared, ben, poll, choice % 2) for choice in range(AT_ONCE)))
    assert votes.count(None) == 1
    assert sum(isinstance(outcome, Invalid) for outcome in votes) == AT_ONCE - 1
    [row] = await shared.rows("select voters_count, tallies from polls")
    assert (row["voters_count"], sum(row["tallies"])) == (1, 1)

    written = await asyncio.gather(*(write(shared, ann, key="k") for _ in range(AT_ONCE)))
    assert len({made.id for made in written}) == 1
    assert (await stats(shared, ann)).statuses_count == 2


async def test_what_several_do_at_once_is_all_counted(shared: World) -> None:
    ann = await person(shared, "ann")
    people = [await person(shared, f"reader{number}") for number in range(AT_ONCE)]
    post = await write(shared, ann, poll=POLL)
    poll = await poll_of(shared, post)
    await asyncio.gather(*(boost(shared, who, post) for who in people))
    await asyncio.gather(*(write(shared, who, in_reply_to=post.id) for who in people))
    await asyncio.gather(*(vote(shared, who, poll, 1) for who in people))
    assert await counters(shared, post) == (AT_ONCE, AT_ONCE, 0)
    [row] = await shared.rows("select voters_count, tallies from polls")
    assert (row["voters_count"], row["tallies"]) == (AT_ONCE, [0, AT_ONCE])


async def test_a_post_that_is_deleted_while_others_use_it_leaves_nothing_behind(shared: World) -> None:
    ann = await person(shared, "ann")
    people = [await person(shared, f"reader{number}") for number in range(AT_ONCE - 2)]

    async def use(who: AccountId, post: Post) -> None:
        async with shared.ctx.db.transaction() as tx:
            await interactions.favourite(tx, who, post)
            await interactions.bookmark(tx, who, post.id)
            await posts.boost(tx, who, post)
        async with shared.ctx.db.transaction() as tx:
            await posts.publish(tx, who, Draft(text="a", html="a", in_reply_to=post.id, visibility=Visibility.DIRECT))

    for _ in range(10):
        post = await write(shared, ann)
        found = await outcomes(*(use(who, post) for who in people), *(delete(shared, post) for _ in range(2)))
        assert {type(outcome) for outcome in found} <= {type(None), NotFound}
    assert await shared.rows("select 1 from posts where visibility = 0") == []
    assert await shared.rows("select 1 from favourites union all select 1 from bookmarks") == []
    assert [(await stats(shared, who)).statuses_count for who in (ann, *people)] == [0] * (len(people) + 1)
    assert len(await shared.facts("PostDeleted")) == 10
