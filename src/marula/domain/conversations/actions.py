"""The writes of direct threads."""

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, DirectThreadId, PostId
from marula.domain.conversations import store
from marula.domain.conversations.events import ConversationRemoved, ConversationUpdated

BATCH = 100


async def deliver(tx: Tx, post: PostId) -> None:
    """Bring a direct post to the threads of those who wrote it and whom it names; of other posts do nothing.

    Records: ConversationUpdated for each thread it is new in.
    """
    await store.open_threads(tx, post)
    for thread, account in await store.put(tx, post):
        await record(tx, ConversationUpdated(thread_id=thread, account_id=account))


async def go_back(tx: Tx) -> bool:
    """Go back to the post before in threads whose newest was deleted, a batch of them. Says whether there may be more.

    Records: ConversationUpdated for each thread in which something is left.
    """
    concerned, kept = await store.go_back(tx, BATCH)
    for thread, account in kept:
        await record(tx, ConversationUpdated(thread_id=thread, account_id=account))
    return concerned == BATCH


async def mark(tx: Tx, who: AccountId, thread: DirectThreadId, *, unread: bool) -> None:
    """Mark a thread of one's own as read or as unread. Records: ConversationUpdated when that is new."""
    if await store.mark(tx, who, thread, unread=unread):
        await record(tx, ConversationUpdated(thread_id=thread, account_id=who))


async def remove(tx: Tx, who: AccountId, thread: DirectThreadId) -> None:
    """Take a thread off one's list; the posts stay. Records: ConversationRemoved. Raises: NotFound."""
    if not await store.remove(tx, who, thread):
        raise NotFound
    await record(tx, ConversationRemoved(thread_id=thread, account_id=who))
