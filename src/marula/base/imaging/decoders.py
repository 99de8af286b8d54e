"""The processes that decode, kept warm for a while and stopped when nobody needs them."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from weakref import WeakKeyDictionary

import marula
from marula.base.imaging.messages import LONGEST

MODULE = "marula.base.imaging.child"
IDLE = 30.0
"""Seconds after which a process that has nothing to do is stopped."""

PICTURES = max(1, min(4, os.cpu_count() or 1))
"""How many pictures are decoded at once."""

FILMS = 1
"""How many films and sounds."""


class Decoder:
    """One process and its forks, which are one group and end together."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls) -> "Decoder":
        """A process that knows nothing of ours: no setting, no secret, no open file."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            MODULE,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(),
            cwd="/",
            start_new_session=True,
            limit=4 * LONGEST,
        )
        return cls(process)

    @property
    def pid(self) -> int:
        """Of the process, and of the group."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def ask(self, order: bytes) -> bytes:
        """The answer, or nothing when the process has died."""
        sending, receiving = self._process.stdin, self._process.stdout
        if sending is None or receiving is None:
            return b""
        with suppress(ConnectionError):
            sending.write(order)
            await sending.drain()
        return await receiving.readline()

    async def kill(self) -> None:
        """End it and all it started, and wait until it is gone."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        await asyncio.shield(self._process.wait())


class Decoders:
    """Those of one event loop."""

    def __init__(self) -> None:
        self._idle: list[Decoder] = []
        self._pictures = asyncio.Semaphore(PICTURES)
        self._films = asyncio.Semaphore(FILMS)
        self._ending: asyncio.TimerHandle | None = None
        self._stopping: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def one(self, *, film: bool) -> AsyncGenerator[Decoder]:
        """A process for one file, when it is this file's turn. It is killed when anything goes wrong."""
        async with self._films if film else self._pictures:
            decoder = await self._warm()
            try:
                yield decoder
            except BaseException:
                await decoder.kill()
                raise
            self._idle.append(decoder)
            self._rest()

    async def stop(self) -> None:
        """End those that have nothing to do."""
        while self._idle:
            await self._idle.pop().kill()

    async def _warm(self) -> Decoder:
        while self._idle:
            decoder = self._idle.pop()
            if decoder.alive:
                return decoder
            await decoder.kill()
        return await Decoder.start()

    def _rest(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
        self._ending = asyncio.get_running_loop().call_later(IDLE, self._stop_soon)

    def _stop_soon(self) -> None:
        task = asyncio.get_running_loop().create_task(self.stop())
        self._stopping.add(task)
        task.add_done_callback(self._stopping.discard)


_decoders: WeakKeyDictionary[asyncio.AbstractEventLoop, Decoders] = WeakKeyDictionary()


def decoders() -> Decoders:
    """Those of the running event loop."""
    return _decoders.setdefault(asyncio.get_running_loop(), Decoders())


def _environment() -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(Path(marula.__file__).parents[1]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MALLOC_ARENA_MAX": "2",
        "OPENBLAS_NUM_THREADS": "1",
        "VIPS_CONCURRENCY": "1",
        "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",
    }
