"""One connection that streams come out of."""

import asyncio
from collections.abc import Callable

from marula.base.kernel.ids import AccountId
from marula.domain.apps import Bearer
from marula.faces.streaming.streams import NOTIFICATIONS, Stream

MOST_WAITING = 200
"""Messages that may wait for a slow reader before it is cut off."""

OVER, COME_BACK, TOO_SLOW = 1000, 1012, 1013
"""Why a connection ends: it has to, it may begin anew at once, it did not keep up. Spec: RFC 6455, 7.4"""

MOST_STREAMS = 100
"""Streams that one connection may hold."""


class Outlet:
    """A connection: who reads, which streams, and the messages that wait to be sent."""

    __slots__ = ("account", "bearer", "closed", "code", "languages", "streams", "waiting", "write")

    def __init__(self, bearer: Bearer, account: AccountId, write: Callable[[Stream, str, bytes | None], bytes]) -> None:
        """`write`: how a message of this kind of connection is written."""
        self.bearer = bearer
        self.account = account
        self.languages = bearer.chosen_languages
        self.streams: set[Stream] = set()
        self.waiting: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.closed = False
        self.code = OVER
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
            self.close(TOO_SLOW)
            return
        self.waiting.put_nowait(message)

    def close(self, code: int = OVER) -> None:
        """Have the connection closed, without what still waits. The first reason counts."""
        if not self.closed:
            self.closed = True
            self.code = code
            while not self.waiting.empty():
                self.waiting.get_nowait()
            self.waiting.put_nowait(None)
