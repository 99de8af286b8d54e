"""What this process keeps for a while because it is dear to get: each thing is got once, however many ask."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from datetime import timedelta
from typing import Generic, TypeVar

from marula.base.kernel.clock import Clock

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class Kept(Generic[K, T]):
    """Things by key, the newest `most`, for as long as `lifetime`. Failures are not kept."""

    def __init__(self, clock: Clock, *, lifetime: timedelta, most: int) -> None:
        self._clock = clock
        self._lifetime = lifetime
        self._most = most
        self._held: OrderedDict[K, tuple[float, T]] = OrderedDict()
        self._underway: dict[K, asyncio.Task[T]] = {}

    async def get(self, key: K, make: Callable[[], Awaitable[T]]) -> T:
        """The thing of this key. Who asks while it is being made waits for that one."""
        held = self._held.get(key)
        if held is not None and held[0] > self._clock.now().timestamp():
            return held[1]
        task = self._underway.get(key)
        if task is None:
            task = self._underway[key] = asyncio.create_task(self._make(key, make))
        return await asyncio.shield(task)

    async def _make(self, key: K, make: Callable[[], Awaitable[T]]) -> T:
        try:
            made = await make()
        finally:
            del self._underway[key]
        self._held[key] = ((self._clock.now() + self._lifetime).timestamp(), made)
        self._held.move_to_end(key)
        while len(self._held) > self._most:
            self._held.popitem(last=False)
        return made
