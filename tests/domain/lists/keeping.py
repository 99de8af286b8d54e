"""Lists for the tests of them, by the real actions; nothing that follows is done."""

from typing import Any

from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain import lists
from marula.domain.lists import List, ListChanges
from tests.world import World


async def make(world: World, who: AccountId, *members: AccountId, title: str = "friends", **asked: Any) -> List:
    """A list with members."""
    async with world.ctx.db.transaction() as tx:
        made = await lists.create(tx, who, title, **asked)
        await lists.add(tx, who, made.id, members)
    return made


async def add(world: World, kept: List, *members: AccountId) -> None:
    """Put accounts on a list."""
    async with world.ctx.db.transaction() as tx:
        await lists.add(tx, kept.account_id, kept.id, members)


async def remove(world: World, kept: List, *members: AccountId) -> None:
    """Take accounts off a list."""
    async with world.ctx.db.transaction() as tx:
        await lists.remove(tx, kept.account_id, kept.id, members)


async def revise(world: World, kept: List, **changes: Any) -> List:
    """Change a list."""
    async with world.ctx.db.transaction() as tx:
        return await lists.revise(tx, kept.account_id, kept.id, ListChanges(**changes))


async def members(world: World, kept: List) -> list[AccountId]:
    """Who is on a list, once all that is due was done."""
    await world.settle()
    async with world.ctx.db.reading() as db:
        return await lists.members(db, kept.id, Page(limit=0))
