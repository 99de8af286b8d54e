"""A direct thread as whoever takes part may read it."""

from marula.base.db import Connection
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, DirectThreadId
from marula.domain.conversations import store
from marula.domain.conversations.types import DirectThread


async def own(db: Connection, who: AccountId, thread: DirectThreadId) -> DirectThread:
    """A thread of one's own. Raises NotFound also when it is somebody else's."""
    found = await store.by_id(db, who, thread)
    if found is None:
        raise NotFound
    return found
