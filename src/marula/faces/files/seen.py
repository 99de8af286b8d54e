"""Which files were looked at: copies that nobody looks at are the first to go."""

import asyncio

from marula.base.kernel.errors import Unreachable
from marula.base.observe import logs
from marula.domain import storage
from marula.domain.context import Context

PAUSE = 60.0
"""Seconds over which looks are gathered into one statement."""

MOST = 5000

log = logs.logger("files")


class Seen:
    """The keys that this process served lately. What is not yet written when it ends is lost; it is only a hint."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._keys: set[str] = set()
        self._task: asyncio.Task[None] | None = None

    def add(self, key: str) -> None:
        """Note that a file was served."""
        if len(self._keys) < MOST:
            self._keys.add(key)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write())

    async def _write(self) -> None:
        await asyncio.sleep(PAUSE)
        keys, self._keys = self._keys, set()
        try:
            async with self._ctx.db.transaction("relaxed") as tx:
                await storage.mark_seen(tx, list(keys))
        except Unreachable as error:
            log.warning("which files were looked at could not be noted", error=error)
