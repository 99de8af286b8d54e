"""A list as its owner may read it."""

from marula.base.db import Connection
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, ListId
from marula.domain.lists import store
from marula.domain.lists.types import List


async def own(db: Connection, who: AccountId, which: ListId) -> List:
    """A list of one's own. Raises NotFound also when it is somebody else's."""
    mine = await store.by_owner(db, who, which)
    if mine is None:
        raise NotFound
    return mine
