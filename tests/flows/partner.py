"""A server of others on loopback, which takes activities as servers do on bad days.

Each of its hosts is an address of 127.0.0.0/8 and has a character. `effects` holds what took effect there: the ids of
activities, in the order in which they were first taken.
"""

import asyncio
import contextlib
import json
import random
from collections import Counter
from collections.abc import Callable
from typing import TypeAlias

Character: TypeAlias = Callable[["Host", int], tuple[bool, str, float]]
"""For the n-th request: whether it takes effect; how it is answered, "" for not at all; after how many seconds."""

OK = "202 Accepted"


def well(host: "Host", number: int) -> tuple[bool, str, float]:
    """Takes everything."""
    return True, OK, 0


def slow(host: "Host", number: int) -> tuple[bool, str, float]:
    """Takes everything, in its own time."""
    return True, OK, host.chance.uniform(0.05, 0.6)


def busy(host: "Host", number: int) -> tuple[bool, str, float]:
    """Asks us to wait for a second, again and again."""
    return (False, "429 Too Many Requests\r\nRetry-After: 1", 0) if number % 9 == 4 else (True, OK, 0)


def failing(host: "Host", number: int) -> tuple[bool, str, float]:
    """Fails every third time or so, sometimes after the activity took effect."""
    if host.chance.random() < 0.3:
        return host.chance.random() < 0.5, "500 Internal Server Error", 0
    return True, OK, 0


def cutting(host: "Host", number: int) -> tuple[bool, str, float]:
    """Cuts the connection every fourth time or so, before or after the activity took effect."""
    if host.chance.random() < 0.25:
        return host.chance.random() < 0.5, "", 0
    return True, OK, 0


def silent(host: "Host", number: int) -> tuple[bool, str, float]:
    """Listens, and never says anything."""
    return False, "", 3600


class Host:
    """One server."""

    def __init__(self, address: str, character: Character, *, seed: int) -> None:
        self.address = address
        self.character = character
        self.chance = random.Random(seed)
        self.effects: list[tuple[str, str]] = []
        self.copies: Counter[str] = Counter()
        self.requests = 0
        self.port = 0
        self._server: asyncio.Server | None = None

    @property
    def inbox(self) -> str:
        return f"http://{self.address}:{self.port}/inbox"

    async def open(self) -> None:
        """Begin to listen; at the same port as before, when it did before."""
        self._server = await asyncio.start_server(self._serve, self.address, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Be gone."""
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while self._server is not None:
                body = await _request(reader)
                self.requests += 1
                effect, answer, pause = self.character(self, self.requests)
                await asyncio.sleep(pause)
                if effect:
                    self._take(json.loads(body))
                if not answer:
                    break
                writer.write(f"HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n".encode())
                await writer.drain()
        writer.close()

    def _take(self, activity: dict[str, str]) -> None:
        self.copies[activity["id"]] += 1
        if self.copies[activity["id"]] == 1:
            self.effects.append((activity["actor"], activity["id"]))


async def _request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line.partition(b":")[2] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
    return await reader.readexactly(int(lengths[0]))
