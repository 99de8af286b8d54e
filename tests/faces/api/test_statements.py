"""How many SQL statements the readings that everybody does take: few, and as many for forty rows as for one."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from marula.base.db import statements_run
from tests.faces.api.caller import Caller, Crowd
from tests.world import World

PATIENCE = 5.0
ROWS = 40


@pytest.fixture(autouse=True)
async def hearing(world: World) -> AsyncIterator[None]:
    """The server hears live messages, and so remembers who calls and what they filter."""
    ready = asyncio.Event()
    world.ctx.live.on_missed(ready.set)
    listening = asyncio.create_task(world.ctx.live.listen())
    await asyncio.wait_for(ready.wait(), PATIENCE)
    yield
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


async def counted(caller: Caller, path: str, *, rows: int) -> int:
    """The statements of reading this path, which gives so many rows, when all is remembered that can be."""
    await caller.get(path)
    with statements_run() as count:
        found = await caller.get(path)
    assert len(found["descendants"] if isinstance(found, dict) else found) == rows
    return count()


async def told(crowd: Crowd) -> tuple[Caller, str]:
    """Somebody who follows an author of forty posts, is named in each, and marked half of them."""
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    await crowd.follow(ann, bob)
    for number in range(ROWS):
        post = await bob.write(f"@ann post {number}")
        if number % 2:
            await ann.post(f"/api/v1/statuses/{post['id']}/favourite")
    await crowd.world.settle()
    return ann, str(bob.account)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/api/v1/timelines/home", 2),
        ("/api/v1/timelines/public", 2),
        ("/api/v1/accounts/{author}/statuses", 2),
        ("/api/v1/notifications", 3),
    ],
)
async def test_a_list_takes_as_many_statements_for_forty_rows_as_for_one(crowd: Crowd, path: str, most: int) -> None:
    ann, author = await told(crowd)
    path = path.format(author=author)
    one = await counted(ann, f"{path}?limit=1", rows=1)
    assert await counted(ann, f"{path}?limit={ROWS}", rows=ROWS) == one <= most


async def test_a_thread_takes_as_many_statements_for_forty_answers_as_for_one(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    root = (await ann.write("a post"))["id"]
    await ann.write("an answer", in_reply_to_id=root)
    path = f"/api/v1/statuses/{root}/context"
    one = await counted(ann, path, rows=1)
    for number in range(ROWS - 1):
        await ann.write(f"answer {number}", in_reply_to_id=root)
    assert await counted(ann, path, rows=ROWS) == one <= 2


async def test_a_visitor_takes_two_statements_for_a_timeline(crowd: Crowd) -> None:
    await told(crowd)
    assert await counted(crowd.nobody, f"/api/v1/timelines/public?limit={ROWS}", rows=ROWS) == 2


async def test_posts_that_nobody_remembers_take_as_many_statements_for_forty_rows_as_for_one(crowd: Crowd) -> None:
    ann, _ = await told(crowd)
    counts: list[int] = []
    for limit in (1, ROWS):
        crowd.world.ctx.memory.forget_all()
        with statements_run() as count:
            assert len(await ann.get(f"/api/v1/timelines/home?limit={limit}")) == limit
        counts.append(count())
    assert counts[0] == counts[1]
