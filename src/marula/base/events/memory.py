"""What this process remembers of the database until a live message says that it changed.

For small things that every request needs and that change rarely: settings, custom emoji, roles.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

from marula.base.db import Connection, Database, Tx
from marula.base.events.live import Live, announce

T = TypeVar("T")
TOPIC = "forget"


class Remembered(Generic[T]):
    """A named thing that can be loaded with one function. `await memory.get(remembered)` gives it."""

    def __init__(self, name: str, load: Callable[[Connection], Awaitable[T]]) -> None:
        self.name = name
        self.load = load


class Memory:
    """The remembered things of one process."""

    def __init__(self, db: Database, live: Live) -> None:
        self._db = db
        self._values: dict[str, Any] = {}
        self._listeners: list[Callable[[], None]] = []
        self._forgotten = 0
        live.on(TOPIC, self.forget)
        live.on_missed(self.forget_all)

    async def get(self, what: Remembered[T]) -> T:
        """The value; loaded when this process does not have it."""
        if what.name in self._values:
            return self._values[what.name]
        forgotten = self._forgotten
        async with self._db.aside() as db:
            loaded = await what.load(db)
        if forgotten == self._forgotten:
            self._values[what.name] = loaded
        return loaded

    def on_forgotten(self, listener: Callable[[], None]) -> None:
        """Call `listener()` whenever something remembered is no longer valid."""
        self._listeners.append(listener)

    def forget(self, name: str) -> None:
        """Load this one again next time."""
        self._values.pop(name, None)
        self._forgotten += 1
        for listener in self._listeners:
            listener()

    def forget_all(self) -> None:
        """Load everything again."""
        self._values.clear()
        self._forgotten += 1
        for listener in self._listeners:
            listener()


async def changed(tx: Tx, what: Remembered[Any]) -> None:
    """Every process forgets this when the transaction commits."""
    await announce(tx, TOPIC, what.name)
