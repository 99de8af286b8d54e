"""One connection that streams come out of."""

import asyncio
from collections.abc import Callable

from marula.base.kernel.ids import AccountId
from marula.domain.apps import Bearer
from marula.faces.streaming.streams import NOTIFICATIONS, Stream

MOST_WAITING = 200
"""Messages that may wait for a slow reader before it is cut off."""

MOST_STREAMS = 100
"""Streams that one connection may hold."""


class Outlet:
    """A connection: who reads, which streams, and the messages that wait to be sent."""

    __slots__ = ("account", "bearer", "closed", "languages", "streams", "waiting", "write")

    def __init__(self, bearer: Bearer, account: AccountId, write: Callable[[Stream, str, bytes | None], bytes]) -> None:
        """`write`: how a message of this kind of connection is written."""
        self.bearer = bearer
        self.account = account
        self.languages = bearer.chosen_languages
        self.streams: set[Stream] = set()
        self.waiting: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.closed = False
        self.write = write

    @property
    def hears_notifications(self) -> bool:
        """Whether the token may read notifications."""
        return bool(set(NOTIFICATIONS) & set(self.bearer.scopes))

    def offer(self, message: bytes) -> None:
        """Have a message sent; a reader for whom too many wait is cut off."""
        if self.closed:
            return
        if self.waiting.qsize() >= MOST_WAITING:
            self.close()
            return
        self.waiting.put_nowait(message)

    def close(self) -> None:
        """Have the connection closed, without what still waits."""
        if not self.closed:
            self.closed = True
            while not self.waiting.empty():
                self.waiting.get_nowait()
            self.waiting.put_nowait(None)
