"""Keeping what came, on disk, before the sender is told so: what comes at the same time is kept together."""

import asyncio

from marula.domain import intake
from marula.domain.context import Context
from marula.domain.intake import Arrival

MOST = 200
"""Arrivals that one transaction keeps."""


class Keeper:
    """Keeps arrivals; those that come while it writes are written together next."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._pending: list[tuple[Arrival, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, arrival: Arrival) -> None:
        """Return when the arrival is safely on disk. Raises: Unreachable, and whatever else writing raises."""
        done = asyncio.get_running_loop().create_future()
        self._pending.append((arrival, done))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await done

    async def _write(self) -> None:
        try:
            while self._pending:
                batch, self._pending = self._pending[:MOST], self._pending[MOST:]
                await self._write_batch(batch)
        finally:
            self._writing = None

    async def _write_batch(self, batch: list[tuple[Arrival, asyncio.Future[None]]]) -> None:
        """Write these. When that fails, every sender hears of it and will send again."""
        try:
            async with self._ctx.db.transaction() as tx:
                await intake.keep(tx, [arrival for arrival, _ in batch])
        except Exception as error:
            for _, done in batch:
                if not done.done():
                    done.set_exception(error)
            return
        for _, done in batch:
            if not done.done():
                done.set_result(None)
