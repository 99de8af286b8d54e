"""Direct threads.

Spec: Mastodon documentation, methods/conversations
"""

from marula.base.kernel.ids import DirectThreadId
from marula.base.kernel.paging import Page
from marula.domain import conversations
from marula.entities import Conversation, Empty
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.views.conversation import conversations as render_conversations

WRITE = ("write", "write:conversations")


@route("GET", "/api/v1/conversations", scopes=("read", "read:statuses"), paging=(20, 40))
async def index(call: Call, page: Page) -> list[Conversation]:
    """One's direct threads, that with the newest post first. The cursors are the ids of those posts."""
    async with call.ctx.db.reading() as db:
        threads = await conversations.of_account(db, call.me, page)
        call.link(page, [thread.last_post_id for thread in threads])
        return await render_conversations(call.ctx, db, call.me, threads)


@route("DELETE", "/api/v1/conversations/{id}", scopes=WRITE)
async def delete(call: Call, id: DirectThreadId) -> Empty:
    """Take a thread off one's list. The posts stay, and a new one brings it back."""
    async with call.ctx.db.transaction() as tx:
        await conversations.remove(tx, call.me, id)
    return Empty()


@route("POST", "/api/v1/conversations/{id}/read", scopes=WRITE)
async def read(call: Call, id: DirectThreadId) -> Conversation:
    """Mark a thread as read."""
    return await _marked(call, id, unread=False)


@route("POST", "/api/v1/conversations/{id}/unread", scopes=WRITE)
async def unread(call: Call, id: DirectThreadId) -> Conversation:
    """Mark a thread as unread."""
    return await _marked(call, id, unread=True)


async def _marked(call: Call, id: DirectThreadId, *, unread: bool) -> Conversation:
    async with call.ctx.db.transaction() as tx:
        await conversations.mark(tx, call.me, id, unread=unread)
    async with call.ctx.db.reading() as db:
        thread = await conversations.own(db, call.me, id)
        return (await render_conversations(call.ctx, db, call.me, [thread]))[0]
