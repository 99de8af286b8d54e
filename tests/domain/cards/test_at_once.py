"""Fifty posts with one link and several workers, on connections of their own: the page is fetched once."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from marula.base.db import Database, migrations
from marula.base.events import Live, Memory
from marula.base.jobs.worker import Worker
from marula.base.kernel import config
from marula.base.kernel.ids import AccountId
from marula.base.net import Answer
from marula.domain import posts
from marula.domain.context import Context
from marula.domain.posts import Draft
from marula.main.context import files_for
from tests.conftest import database_named
from tests.domain.posts.writing import person
from tests.peer import Internet, PeeredHttp, Sent
from tests.world import HeldClock, KeptMail, World

PAGE = "https://news.example/story"
POSTS, WORKERS = 50, 4


@pytest.fixture
async def shared(postgres: str, tmp_path: Path) -> AsyncIterator[World]:
    """A server whose transactions are real ones, in a database of its own."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    admin = await asyncpg.connect(postgres)
    await admin.execute(f'create database "{name}"')
    dsn = database_named(postgres, name)
    await asyncio.to_thread(migrations.migrate, dsn)
    clock, mail = HeldClock(), KeptMail()
    db = await Database.connect(dsn, clock, size=8)
    live = Live(db)
    settings = config.load({"LOCAL_DOMAIN": "marula.example", "MARULA_DATA_DIR": str(tmp_path)}, None)
    http = PeeredHttp.of(settings)
    http.internet = Internet()
    try:
        ctx = Context(settings, db, clock, live, Memory(db, live), mail, http, files_for(settings))
        yield World(ctx, clock, mail, http.internet)
    finally:
        await http.close()
        await db.close()
        await admin.execute(f'drop database "{name}" with (force)')
        await admin.close()


async def write(world: World, author: AccountId) -> None:
    draft = Draft(text=PAGE, html=f'<p><a href="{PAGE}">{PAGE}</a></p>')
    async with world.ctx.db.transaction() as tx:
        await posts.publish(tx, author, draft)


async def test_a_page_is_fetched_once_for_fifty_posts_at_once(shared: World) -> None:
    ann = await person(shared, "ann")
    asked: list[str] = []

    async def answer(sent: Sent) -> Answer:
        asked.append(sent.url)
        await asyncio.sleep(0.2)
        body = b"<title>A story</title>"
        return Answer(status=200, headers={"content-type": "text/html"}, body=body, url=sent.url)

    shared.internet.server("news.example").on("GET", PAGE, answer)
    await asyncio.gather(*(write(shared, ann) for _ in range(POSTS)))
    for _ in range(4):
        await asyncio.gather(*(Worker(shared.ctx).run_due() for _ in range(WORKERS)))
        shared.clock.advance(timedelta(minutes=3))
    assert asked == [PAGE]
    rows = await shared.rows(
        "select p.version, l.card ->> 'title' as title from post_cards x join posts p on p.id = x.post_id "
        "join links l on l.id = x.link_id"
    )
    assert {row["title"] for row in rows} == {"A story"}
    assert len(rows) == POSTS
    assert all(row["version"] > 1 for row in rows)
    assert await shared.rows("select name, last_error from jobs where last_error is not null") == []
