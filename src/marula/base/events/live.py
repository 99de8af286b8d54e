"""Live messages: what every process should hear at once and may miss.

A message travels by NOTIFY when its transaction commits. Nothing depends on its arrival: a process that lost
its connection is told `missed`, and forgets whatever it had cached.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import asyncpg

from marula.base.db import Database, Tx
from marula.base.observe import logs

log = logs.logger("live")

CHANNEL = "marula_live"
PAUSE = 1.0

AWAY = (OSError, asyncpg.InterfaceError, asyncpg.PostgresError)
"""What is raised while the database is away."""


async def announce(tx: Tx, topic: str, payload: str = "") -> None:
    """Tell every process, when this transaction commits. `payload` at most 7,900 bytes: ids, not content."""
    message = f"{topic} {payload}"
    await tx.run("select pg_notify($1, $2)", CHANNEL, message)
    tx.announced.append(message)


class Live:
    """One process's ear: calls the listeners of a topic, on the event loop, in the order they subscribed."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._listeners: dict[str, list[Callable[[str], None]]] = {}
        self._own: dict[str, list[Callable[[str], None]]] = {}
        self._missed: list[Callable[[], None]] = []
        self._lost = asyncio.Event()
        self._lost.set()
        db.on_end(self._heard_own)

    @property
    def hears(self) -> bool:
        """Whether messages arrive at this moment, as far as this process knows."""
        return not self._lost.is_set()

    def on(self, topic: str, listener: Callable[[str], None], *, early: bool = False) -> None:
        """Call `listener(payload)` for each message of this topic.

        `early`: once more for those of this process, before the transaction that sends them has given its result.
        """
        self._listeners.setdefault(topic, []).append(listener)
        if early:
            self._own.setdefault(topic, []).append(listener)

    def on_missed(self, listener: Callable[[], None]) -> None:
        """Call `listener()` when messages may have been lost."""
        self._missed.append(listener)

    async def listen(self) -> None:
        """Hear until cancelled, across reconnections."""
        while True:
            try:
                await self._listen_once()
            except AWAY as error:
                log.warning("cannot listen for live messages", reason=str(error))
            await asyncio.sleep(PAUSE)

    async def _listen_once(self) -> None:
        lost = asyncio.Event()

        def note_loss(_: Any) -> None:
            lost.set()

        raw = await self._db.dedicated("marula-live")
        try:
            raw.add_termination_listener(note_loss)
            await raw.add_listener(CHANNEL, self._heard)
            self._lost = lost
            for listener in self._missed:
                listener()
            await lost.wait()
        finally:
            lost.set()
            await raw.close()

    def _heard(self, connection: Any, pid: int, channel: str, message: str) -> None:
        _tell(self._listeners, message)

    def _heard_own(self, messages: Sequence[str]) -> None:
        for message in messages:
            _tell(self._own, message)


def _tell(listeners: dict[str, list[Callable[[str], None]]], message: str) -> None:
    topic, _, payload = message.partition(" ")
    for listener in listeners.get(topic, []):
        listener(payload)
