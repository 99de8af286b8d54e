"""What this process remembers of the database until a live message says that it changed.

`Remembered` is for small things that every request needs and that change rarely: settings, custom emoji, roles.
`RememberedEach` is for things of which there are many, one for each key, such as what a person filters. They are
remembered for seconds only, the newest few thousand.
"""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, Generic, TypeVar

from marula.base.db import Connection, Database, Tx
from marula.base.events.live import Live, announce

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
TOPIC = "forget"
TOPIC_EACH = "forget_each"


class Remembered(Generic[T]):
    """A named thing that can be loaded with one function. `await memory.get(remembered)` gives it."""

    def __init__(self, name: str, load: Callable[[Connection], Awaitable[T]]) -> None:
        self.name = name
        self.load = load


class RememberedEach(Generic[K, T]):
    """Things of one kind by key. `memory.recall(kind, key)` gives one, `await memory.learn(...)` loads it.

    `seconds`: after which one is forgotten even when no message came. A connection can be dead for long before anybody
    notices, and an operator may change rows by hand. `most`: how many are remembered.
    """

    def __init__(self, name: str, *, seconds: float = 10, most: int = 5000) -> None:
        self.name = name
        self.seconds = seconds
        self.most = most


class Memory:
    """The remembered things of one process."""

    def __init__(self, db: Database, live: Live) -> None:
        self._db = db
        self._live = live
        self._values: dict[str, Any] = {}
        self._each: dict[str, OrderedDict[Any, tuple[float, Any]]] = {}
        self._listeners: list[Callable[[], None]] = []
        self._forgotten = 0
        live.on(TOPIC, self.forget, early=True)
        live.on(TOPIC_EACH, self.forget_each, early=True)
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

    def recall(self, kind: RememberedEach[K, T], key: K) -> T | None:
        """The thing of this key; None when this process does not know it, or cannot hear that it changed."""
        held = self._each.get(kind.name, {}).get(key)
        if held is None or held[0] < time.monotonic() or not self._live.hears:
            return None
        return held[1]

    async def learn(self, kind: RememberedEach[K, T], key: K, load: Callable[[], Awaitable[T | None]]) -> T | None:
        """The thing of this key, loaded now and remembered. What is not there is not remembered."""
        forgotten = self._forgotten
        loaded = await load()
        if loaded is not None and forgotten == self._forgotten and self._live.hears:
            shelf = self._each.setdefault(kind.name, OrderedDict())
            shelf[key] = (time.monotonic() + kind.seconds, loaded)
            shelf.move_to_end(key)
            while len(shelf) > kind.most:
                shelf.popitem(last=False)
        return loaded

    def on_forgotten(self, listener: Callable[[], None]) -> None:
        """Call `listener()` whenever something that is remembered for all is no longer valid."""
        self._listeners.append(listener)

    def forget(self, name: str) -> None:
        """Load this one again next time, and with it all that has a key: it may have been made with this one."""
        self._values.pop(name, None)
        self._each.clear()
        self._forgotten += 1
        for listener in self._listeners:
            listener()

    def forget_each(self, message: str) -> None:
        """Load the things of a kind again, or the one whose number follows the name."""
        name, _, key = message.partition(" ")
        if key:
            self._each.get(name, {}).pop(int(key), None)
        else:
            self._each.pop(name, None)
        self._forgotten += 1

    def forget_all(self) -> None:
        """Load everything again."""
        self._values.clear()
        self._each.clear()
        self._forgotten += 1
        for listener in self._listeners:
            listener()


async def changed(tx: Tx, what: Remembered[Any]) -> None:
    """Every process forgets this when the transaction commits; this one before the transaction has given its result."""
    await announce(tx, TOPIC, what.name)


async def changed_each(tx: Tx, kind: RememberedEach[K, Any], key: int | None = None) -> None:
    """Every process forgets, as for `changed`, the thing with this key, or all of the kind."""
    await announce(tx, TOPIC_EACH, kind.name if key is None else f"{kind.name} {key}")
