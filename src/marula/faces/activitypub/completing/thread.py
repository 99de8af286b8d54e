"""A thread that somebody reads: what answers its posts, as their servers tell.

Spec: ActivityStreams vocabulary (replies, context); FEP-7888 and FEP-f228 (conversations)
"""

from collections import deque
from datetime import timedelta
from typing import Any

from marula.base.jobs import job, later
from marula.base.kernel.ids import PostId
from marula.base.observe import logs
from marula.domain import posts, refreshes, timelines
from marula.domain.context import Context
from marula.domain.refreshes import Kind
from marula.faces.activitypub import fetching, ingest
from marula.faces.activitypub.completing.post import renew
from marula.faces.activitypub.fetching import FAILURES
from marula.faces.activitypub.reading import Document, id_of, same_origin

AGAIN = timedelta(minutes=15)

MOST_POSTS = 100
"""Posts that one search takes in."""

MOST_CALLS = 150
"""Addresses that one search asks for."""

MEMBERS = 60
"""Answers of one post that are looked at."""

log = logs.logger("completing")


async def open_thread(ctx: Context, post: PostId) -> bool:
    """Somebody reads a thread: look for what is missing by a job, at most every quarter of an hour.

    Says whether the search goes on. Nothing is looked for where only people of this server wrote.
    """
    async with ctx.db.reading() as db:
        found = await posts.by_id(db, post)
    if found is None or found.local or found.visibility not in posts.rules.BOOSTABLE:
        return False
    async with ctx.db.transaction("relaxed") as tx:
        if await refreshes.begin(tx, Kind.THREAD, post, again=AGAIN):
            await later(tx, complete_thread, post)
        return bool(await refreshes.running(tx, Kind.THREAD, post, tx.now))


@job(lane="fetching", attempts=2)
async def complete_thread(ctx: Context, post: PostId) -> None:
    """Look for the answers to a post, and to these, breadth first; and for the thread as whoever began it tells it.

    The post itself is asked for once more: its counts, its poll, an edit that did not come, or its end.
    """
    await renew(ctx, post)
    search = Search(ctx)
    async with ctx.db.reading() as db:
        above, below = await timelines.thread(db, post, above=MEMBERS, below=MOST_POSTS, depth=MEMBERS)
    await search.conversation(await _kept(ctx, above[0] if above else post))
    await search.answers([post, *below])
    async with ctx.db.transaction("relaxed") as tx:
        await refreshes.end(tx, Kind.THREAD, post)


class Search:
    """One search, and how much it may still ask for."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._calls = MOST_CALLS
        self._taken: set[PostId] = set()

    async def conversation(self, first: Document | None) -> None:
        """Take what the collection of a thread holds, where whoever began it keeps one."""
        address = id_of((first or {}).get("context"))
        if first is not None and address is not None and same_origin(id_of(first), address):
            await self._members(address)

    async def answers(self, known: list[PostId]) -> None:
        """Take what answers these posts, and what answers that."""
        asked: set[PostId] = set()
        waiting = deque(known)
        while waiting and self._calls > 0 and len(self._taken) < MOST_POSTS:
            post = waiting.popleft()
            if post in asked:
                continue
            asked.add(post)
            found = await _kept(self._ctx, post)
            replies = (found or {}).get("replies")
            if found is not None and replies is not None and self._near(found, replies):
                waiting += await self._members(replies)

    def _near(self, found: Document, replies: Any) -> bool:
        """Whether a collection is told by the server of its post."""
        address = id_of(replies)
        return address is None or same_origin(id_of(found), address)

    async def _members(self, collection: Any) -> list[PostId]:
        """The posts of a collection that can be had."""
        self._calls -= 1
        try:
            members = await fetching.members(self._ctx, collection, most=MEMBERS)
        except FAILURES as error:
            log.info("a collection of a thread cannot be had", reason=str(error))
            return []
        found: list[PostId] = []
        for uri in dict.fromkeys(uri for one in members if (uri := id_of(one)) is not None):
            post = await self._post(uri)
            if post is not None:
                found.append(post)
        return found

    async def _post(self, uri: str) -> PostId | None:
        async with self._ctx.db.reading() as db:
            known = (await ingest.known(self._ctx, db, [uri])).get(uri)
        if known is not None:
            return known
        if self._calls <= 0 or len(self._taken) >= MOST_POSTS:
            return None
        self._calls -= 1
        try:
            post = await ingest.fetched(self._ctx, uri)
        except FAILURES as error:
            log.info("an answer cannot be had", uri=uri, reason=str(error))
            return None
        if post is not None:
            self._taken.add(post)
        return post


async def _kept(ctx: Context, post: PostId) -> Document | None:
    async with ctx.db.reading() as db:
        return await ingest.document_kept(db, post)
