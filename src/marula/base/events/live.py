"""Live messages: what every process should hear at once and may miss.

A message travels by NOTIFY when its transaction commits. Nothing depends on its arrival: a process that lost
its connection is told `missed`, and forgets whatever it had cached.
"""

import asyncio
from collections.abc import Callable
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
    await tx.run("select pg_notify($1, $2)", CHANNEL, f"{topic} {payload}")


class Live:
    """One process's ear: calls the listeners of a topic, on the event loop, in the order they subscribed."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._listeners: dict[str, list[Callable[[str], None]]] = {}
        self._missed: list[Callable[[], None]] = []

    def on(self, topic: str, listener: Callable[[str], None]) -> None:
        """Call `listener(payload)` for each message of this topic."""
        self._listeners.setdefault(topic, []).append(listener)

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
            for listener in self._missed:
                listener()
            await lost.wait()
        finally:
            await raw.close()

    def _heard(self, connection: Any, pid: int, channel: str, message: str) -> None:
        topic, _, payload = message.partition(" ")
        for listener in self._listeners.get(topic, []):
            listener(payload)
