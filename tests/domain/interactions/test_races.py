"""Several pins at the same moment: no more than there may be."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from marula.base.db import Database
from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import AccountId
from marula.domain import interactions, posts, users
from marula.domain.interactions import MAX_PINS
from marula.domain.posts import Draft, Post, Visibility
from marula.domain.users import Newcomer
from tests.world import START, HeldClock


@pytest.fixture
async def db(database: str) -> AsyncIterator[Database]:
    """A database that several transactions use at once; it is left without people."""
    made = await Database.connect(database, HeldClock(START), size=4)
    try:
        yield made
    finally:
        async with made.transaction() as tx:
            for table in ("accounts", "jobs", "facts"):
                await tx.run(f"delete from {table}")
        await made.close()


async def write(db: Database, author: AccountId) -> Post:
    async with db.transaction() as tx:
        made = await posts.publish(tx, author, Draft(text="x", html="<p>x</p>", visibility=Visibility.PUBLIC))
        found = await posts.by_id(tx, made)
    assert found is not None
    return found


async def pin(db: Database, who: AccountId, post: Post) -> None:
    async with db.transaction() as tx:
        await interactions.pin(tx, who, post)
        await asyncio.sleep(0.02)


async def test_pins_at_the_same_moment_stay_within_the_limit(db: Database) -> None:
    ann = Newcomer(username="ann", email="a@mail.example", password_hash="-", confirmed=True, approved=True)
    async with db.transaction() as tx:
        who = (await users.register(tx, ann)).account_id
    written = [await write(db, who) for _ in range(MAX_PINS + 2)]
    outcomes = await asyncio.gather(*(pin(db, who, post) for post in written), return_exceptions=True)
    assert sum(isinstance(outcome, Invalid) for outcome in outcomes) == 2
    assert sum(outcome is None for outcome in outcomes) == MAX_PINS
