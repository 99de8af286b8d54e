"""The writes of timelines."""

from collections.abc import Mapping

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.ids import AccountId, ListId
from marula.domain.timelines.events import FeedWanted, ListFeedWanted
from marula.domain.timelines.store import home, lists, markers
from marula.domain.timelines.store.markers import Marker

FEW = 200
"""Follows, or members of a list, up to which a feed is built while its reader waits: a few milliseconds."""


async def mark(tx: Tx, who: AccountId, read: Mapping[str, int]) -> list[Marker]:
    """Remember how far somebody has read. No fact: nothing follows from it."""
    return [await markers.put_marker(tx, who, timeline, last) for timeline, last in sorted(read.items())]


async def return_home(tx: Tx, who: AccountId) -> bool:
    """Have the home feed of somebody who came, or came back, built. Says whether it is ready.

    That of somebody who follows few is built at once. Records: FeedWanted for the others, once.
    """
    if not await home.claim_home(tx, who):
        return False
    if await home.follows_few(tx, who, FEW):
        await home.build_home(tx, who)
        return True
    await record(tx, FeedWanted(account_id=who))
    return False


async def return_to_list(tx: Tx, which: ListId) -> bool:
    """Note that a list is read, and have its feed built when it is not kept. Says whether it is ready.

    The feed of a list with few members is built at once. Records: ListFeedWanted for the others, once.
    """
    if not await lists.claim(tx, which):
        return await lists.note_read(tx, which)
    if await lists.has_few(tx, which, FEW):
        await lists.build(tx, which)
        return True
    await record(tx, ListFeedWanted(list_id=which))
    return False
