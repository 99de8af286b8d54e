"""What happens, told to those who listen, one thing after the other.

Spec: Mastodon documentation, methods/streaming (events)
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from marula.base.db import Connection
from marula.base.events import BROADCAST
from marula.base.kernel.ids import AccountId, AnnouncementId, DirectThreadId, ListId, NotificationId, PostId
from marula.base.observe import logs
from marula.domain import announcements, conversations, notifications, timelines
from marula.domain.context import Context
from marula.domain.posts import BoostsDeleted, PostDeleted, Visibility
from marula.entities import AnnouncementReactionEvent
from marula.faces.streaming.gone import tell_boosts_deleted, tell_deleted
from marula.faces.streaming.hub import Hub, send
from marula.faces.streaming.outlet import Outlet
from marula.faces.streaming.streams import Stream, public_streams
from marula.views import store
from marula.views.announcement import announcements as render_announcements
from marula.views.conversation import conversations as render_conversations
from marula.views.notification import notifications_of
from marula.views.status import for_viewers

log = logs.logger("streaming")

Tell: TypeAlias = Callable[[str], Awaitable[None]]

MOST_BEHIND = 10_000
"""Things that may wait to be told. When more do, all are sent away, rather than served late for ever."""

REMEMBERED = 500
"""Posts of which it is remembered to whom they were sent: feeds are filled in batches, and jobs may run twice."""

IDLE = 5.0

ENDING = ("TokensRevoked", "UserDisabled", "AccountDeleted")
"""Facts after which somebody hears nothing any more."""


class Telling:
    """Hears what happens, loads it once, and offers it to the outlets that it concerns."""

    def __init__(self, ctx: Context, hub: Hub) -> None:
        self._ctx = ctx
        self._hub = hub
        self._sent: OrderedDict[tuple[str, PostId], set[int]] = OrderedDict()
        self._queue: asyncio.Queue[tuple[Tell, str]] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        ctx.live.on(timelines.INTO_HOME, self._listener(self._into_home))
        ctx.live.on(timelines.INTO_LISTS, self._listener(self._into_lists))
        ctx.live.on(notifications.TOLD, self._listener(self._told))
        ctx.live.on(BROADCAST, self._listener(self._happened))
        ctx.live.on(BROADCAST, self._end)
        ctx.live.on_missed(hub.send_away)
        self._happenings: dict[str, Callable[[Any], Awaitable[None]]] = {
            "PostPublished": self._published,
            "PostRevised": self._revised,
            "PostDeleted": self._deleted,
            "BoostsDeleted": self._boosts_deleted,
            "ConversationUpdated": self._conversation,
            "FiltersChanged": self._filters,
            "NotificationsMerged": self._merged,
            "AnnouncementPublished": self._announcement,
            "AnnouncementWithdrawn": self._withdrawn,
            "AnnouncementReactionsChanged": self._reaction,
        }

    def begin(self) -> None:
        """Tell from now on, as long as somebody listens."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def settled(self) -> None:
        """Wait until all that happened so far is told."""
        await self._queue.join()

    def _listener(self, tell: Tell) -> Callable[[str], None]:
        def hear(payload: str) -> None:
            if not self._hub.outlets:
                return
            if self._queue.qsize() >= MOST_BEHIND:
                log.warning("the streams cannot keep up; all listeners are sent away to come back")
                self._send_away()
                return
            self._queue.put_nowait((tell, payload))

        return hear

    async def _run(self) -> None:
        while self._hub.outlets:
            try:
                async with asyncio.timeout(IDLE):
                    await self._next()
            except TimeoutError:
                continue
        self._drop()

    async def _next(self) -> None:
        tell, payload = await self._queue.get()
        try:
            await tell(payload)
        except Exception as error:
            log.error("something could not be told; all listeners are sent away to come back", error=error)
            self._send_away()
        finally:
            self._queue.task_done()

    def _send_away(self) -> None:
        self._drop()
        self._hub.send_away()

    def _drop(self) -> None:
        """Tell nobody what waits: nobody listens any more."""
        while not self._queue.empty():
            self._queue.get_nowait()
            self._queue.task_done()

    async def _into_home(self, payload: str) -> None:
        post = PostId(int(payload))
        async with self._ctx.db.reading() as db:
            found = await timelines.in_homes(db, post, self._hub.listeners("user"))
            shown = await self._shown(db, self._fresh("home", post, found), post)
        _send_each([one for account in shown for one in self._hub.of(account, "user")], "update", shown)

    async def _into_lists(self, payload: str) -> None:
        post = PostId(int(payload))
        async with self._ctx.db.reading() as db:
            held = await self._holding_lists(db, post)
            targets = self._on_lists(self._fresh("list", post, held))
            shown = await self._shown(db, list({outlet.account for outlet, _ in targets}), post)
        _send_each(targets, "update", shown)

    async def _holding_lists(self, db: Connection, post: PostId) -> Sequence[ListId]:
        """The lists that somebody listens to and that have a post."""
        listened = [stream.list_id for stream in self._hub.streams("list") if stream.list_id is not None]
        return await timelines.in_lists(db, post, listened)

    def _on_lists(self, lists: Sequence[ListId]) -> list[tuple[Outlet, Stream]]:
        return [target for one in lists for target in self._hub.on(Stream("list", list_id=one))]

    async def _told(self, payload: str) -> None:
        for pair in payload.split(","):
            account, _, identifier = pair.partition(":")
            targets = [
                (outlet, stream)
                for outlet, stream in self._hub.of(AccountId(int(account)), "user", "user:notification")
                if outlet.hears_notifications
            ]
            if targets:
                data = await self._notification(AccountId(int(account)), NotificationId(int(identifier)))
                send(targets if data is not None else [], "notification", data)

    async def _notification(self, account: AccountId, identifier: NotificationId) -> bytes | None:
        async with self._ctx.db.reading() as db:
            told = await notifications.one(db, account, identifier)
            if told is None or told.filtered:
                return None
            found = await notifications_of(self._ctx, db, account, [told])
        return found[0].data if found else None

    async def _happened(self, payload: str) -> None:
        name, _, body = payload.partition(" ")
        if name not in self._happenings:
            return
        if not body:
            raise ValueError(f"{name} was too long to be told")
        await self._happenings[name](msgspec.json.decode(body))

    async def _published(self, fact: Any) -> None:
        post = PostId(fact["post_id"])
        if self._fresh("public", post, [post]):
            await self._in_public(post, "update")

    async def _revised(self, fact: Any) -> None:
        post = PostId(fact["post_id"])
        async with self._ctx.db.reading() as db:
            about = await store.occasion(db, post)
            if about is None or not self._fresh("edit", post, [about["version"]]):
                return
            readers = await timelines.in_homes(db, post, self._hub.listeners("user"))
            targets = [one for account in readers for one in self._hub.of(account, "user")]
            targets += self._on_lists(await self._holding_lists(db, post))
            shown = await self._shown(db, list({outlet.account for outlet, _ in targets}), post)
        _send_each(targets, "status.update", shown)
        await self._in_public(post, "status.update")

    async def _in_public(self, post: PostId, event: str) -> None:
        """Send a public post to the public streams and to those of its hashtags."""
        async with self._ctx.db.reading() as db:
            about = await store.occasion(db, post)
            if about is None or about["visibility"] != Visibility.PUBLIC or about["reblog_of_id"] is not None:
                return
            listed = not (about["answers"] or about["limited"])
            places = public_streams(about["local"], about["tags"], media=about["has_media"], listed=listed)
            targets = [
                (outlet, stream)
                for place in places
                for outlet, stream in self._hub.on(place)
                if place.tag is not None or not outlet.languages or about["language"] in (None, *outlet.languages)
            ]
            shown = await self._shown(db, list({outlet.account for outlet, _ in targets}), post)
        _send_each(targets, event, shown)

    async def _deleted(self, fact: Any) -> None:
        gone = msgspec.convert(fact, PostDeleted)
        if self._fresh("delete", gone.post_id, [gone.account_id]):
            await tell_deleted(self._ctx, self._hub, gone)

    async def _boosts_deleted(self, fact: Any) -> None:
        await tell_boosts_deleted(self._ctx, self._hub, msgspec.convert(fact, BoostsDeleted))

    async def _conversation(self, fact: Any) -> None:
        account, thread = AccountId(fact["account_id"]), DirectThreadId(fact["thread_id"])
        targets = self._hub.of(account, "direct")
        if not targets:
            return
        async with self._ctx.db.reading() as db:
            found = await conversations.by_id(db, account, thread)
            shown = [] if found is None else await render_conversations(self._ctx, db, account, [found])
        for one in shown:
            send(targets, "conversation", msgspec.json.encode(one))

    async def _filters(self, fact: Any) -> None:
        send(self._hub.of(AccountId(fact["account_id"]), "user"), "filters_changed", None)

    async def _merged(self, fact: Any) -> None:
        targets = [
            (outlet, stream)
            for outlet, stream in self._hub.of(AccountId(fact["account_id"]), "user", "user:notification")
            if outlet.hears_notifications
        ]
        send(targets, "notifications_merged", b"1")

    async def _announcement(self, fact: Any) -> None:
        only = AnnouncementId(fact["announcement_id"])
        for account in self._hub.listeners("user"):
            async with self._ctx.db.reading() as db:
                told = await announcements.sighted(db, account, dismissed=True, only=only)
                for one in await render_announcements(self._ctx, db, account, told):
                    send(self._hub.of(account, "user"), "announcement", msgspec.json.encode(one))

    async def _withdrawn(self, fact: Any) -> None:
        send(self._hub.on(Stream("user")), "announcement.delete", str(fact["announcement_id"]).encode())

    async def _reaction(self, fact: Any) -> None:
        only = AnnouncementId(fact["announcement_id"])
        async with self._ctx.db.reading() as db:
            told = await announcements.sighted(db, None, dismissed=True, only=only)
        counts = {reaction.name: reaction.count for one in told for reaction in one.reactions}
        event = AnnouncementReactionEvent(
            name=fact["name"], count=counts.get(fact["name"], 0), announcement_id=str(only)
        )
        send(self._hub.on(Stream("user")), "announcement.reaction", msgspec.json.encode(event))

    def _end(self, payload: str) -> None:
        """Close at once what may be heard no longer. It does not wait behind what is still to be told."""
        name, _, body = payload.partition(" ")
        if name not in ENDING or not self._hub.outlets:
            return
        if not body:
            self._send_away()
            return
        fact = msgspec.json.decode(body)
        gone = set(fact.get("token_ids", ()))
        closing = [outlet for outlet in self._hub.outlets if outlet.bearer.token_id in gone]
        if "account_id" in fact:
            closing += self._hub.of_account(AccountId(fact["account_id"]))
        for outlet in closing:
            outlet.close()

    def _fresh(self, where: str, post: PostId, found: Sequence[int]) -> list[Any]:
        """Those of what was found for which the post was not sent yet; from now on it was."""
        sent = self._sent.setdefault((where, post), set())
        fresh = [one for one in found if one not in sent]
        sent.update(fresh)
        while len(self._sent) > REMEMBERED:
            self._sent.popitem(last=False)
        return fresh

    async def _shown(self, db: Connection, readers: Sequence[AccountId], post: PostId) -> dict[AccountId, bytes]:
        about = await store.occasion(db, post) if readers else None
        if about is None:
            return {}
        found = await for_viewers(self._ctx, db, readers, post, personal=about["personal"])
        return {account: one.data for account, one in found.items()}


def _send_each(targets: Iterable[tuple[Outlet, Stream]], event: str, shown: Mapping[AccountId, bytes]) -> None:
    """Send everybody what they see; it is written once for all who see the same."""
    alike: dict[bytes, list[tuple[Outlet, Stream]]] = {}
    for outlet, stream in targets:
        if outlet.account in shown:
            alike.setdefault(shown[outlet.account], []).append((outlet, stream))
    for data, same in alike.items():
        send(same, event, data)
