"""Which collections somebody may know of, and how many they may have."""

from marula.base.db import Connection
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, CollectionId
from marula.domain import users
from marula.domain.collections import store
from marula.domain.collections.types import Collection
from marula.domain.context import Context


async def visible(db: Connection, viewer: AccountId | None, collection: CollectionId) -> Collection:
    """A collection that the viewer may know of. Raises NotFound."""
    found = (await store.seen(db, viewer, [collection])).get(collection)
    if found is None:
        raise NotFound
    return found


async def allowance(ctx: Context, db: Connection, who: AccountId) -> int:
    """How many collections somebody's role allows. Raises NotFound for who is not of this server."""
    user = await users.by_account(db, who)
    if user is None:
        raise NotFound
    return (await users.role_of(ctx, user)).collection_limit
