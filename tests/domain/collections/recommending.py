"""People who recommend each other, for the tests of collections."""

from collections.abc import Sequence

from marula.base.kernel.ids import AccountId, CollectionId
from marula.domain import accounts, collections
from marula.domain.accounts import ProfileDraft
from marula.domain.collections import Asked, Item
from tests.domain.relationships.people import person
from tests.world import World

LIMIT = 10


async def willing(world: World, name: str) -> AccountId:
    """Somebody who wants to be discovered."""
    made = await person(world, name)
    async with world.ctx.db.transaction() as tx:
        account = await accounts.by_id(tx, made)
        assert account is not None
        await accounts.revise_profile(tx, account, ProfileDraft(discoverable=True))
    return made


async def create(
    world: World, owner: AccountId, asked: Asked | None = None, featured: Sequence[AccountId] = (), limit: int = LIMIT
) -> CollectionId:
    """Begin a collection."""
    async with world.ctx.db.transaction() as tx:
        return await collections.create(tx, owner, asked or Asked(name="Good people"), featured, limit=limit)


async def feature(world: World, owner: AccountId, collection: CollectionId, account: AccountId) -> Item:
    """Put somebody into a collection."""
    async with world.ctx.db.transaction() as tx:
        return await collections.feature(tx, owner, collection, account)


async def members(world: World, collection: CollectionId, viewer: AccountId | None = None) -> list[AccountId]:
    """Whom a viewer sees in a collection."""
    async with world.ctx.db.reading() as db:
        found = await collections.shown_items(db, viewer, [collection])
    return [item.account_id for item in found.get(collection, [])]
