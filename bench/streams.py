"""What streaming costs: many sockets on one web process, each of somebody else who follows the same writer.

The listeners live in this process and are no part of what is counted, nor are the workers and the database: the figure
is the CPU of the web process, from the request that posts to the last byte, for each message and socket.
"""

import asyncio
import base64
import os
import time
from typing import Any

import asyncpg
import httpx
import psutil

from bench.seed import WRITER, Size
from marula.base.crypto.tokens import digest

OPENING = 50
"""Sockets that are being opened at a time."""

PATIENCE = 120.0

TEXT, PING = 1, 9


class Listener(asyncio.Protocol):
    """A client that counts what it hears, answers pings, and looks into nothing."""

    def __init__(self, token: str, stream: str) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        self._request = (
            f"GET /api/v1/streaming?stream={stream} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n"
            f"upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: {key}\r\n"
            "sec-websocket-version: 13\r\n\r\n"
        ).encode()
        self._buffer = bytearray()
        self.heard = 0
        self.bytes = 0
        self.open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self.bytes += len(data)
        self._buffer += data
        if not self.open.done():
            head, found, rest = bytes(self._buffer).partition(b"\r\n\r\n")
            if not found:
                return
            if not head.startswith(b"HTTP/1.1 101"):
                self.open.set_exception(RuntimeError(head[:80].decode()))
                return
            self.open.set_result(None)
            self._buffer = bytearray(rest)
        while self._frame():
            pass

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        if not self.open.done():
            self.open.set_exception(RuntimeError("the connection was lost"))

    def _frame(self) -> bool:
        """Take one frame. Spec: RFC 6455, 5.2"""
        if len(self._buffer) < 2:
            return False
        kind, size, start = self._buffer[0] & 15, self._buffer[1] & 127, 2
        if size > 125:
            start = 4 if size == 126 else 10
            size = int.from_bytes(self._buffer[2:start])
        if len(self._buffer) < start + size:
            return False
        if kind == PING:
            mask = bytes(4)
            self.transport.write(bytes([0x8A, 0x80 | size]) + mask + bytes(self._buffer[start : start + size]))
        self.heard += kind == TEXT
        del self._buffer[: start + size]
        return True


def crowd(sockets: int) -> Size:
    """A database in which so many follow the writer, none of them blocked or muted: the last tenth of people are."""
    return Size(people=sockets * 6 // 5 + 10, posts=20_000, follows=min(100, sockets), followers=sockets)


async def measure(dsn: str, port: int, web: psutil.Process, sockets: int, messages: int) -> list[dict[str, Any]]:
    """A row each for the home stream and for a public one."""
    writer, readers = await _tokens(dsn, sockets)
    rows: list[dict[str, Any]] = []
    before = _memory(web)
    for stream in ("user", "public:local"):
        listeners, opening = await _listen(readers, stream, port, web)
        row = {"stream": stream, "sockets": len(listeners), "open_ms": opening, "kb": (_memory(web) - before) / sockets}
        rows.append(row | await _publish(listeners, writer, port, web, messages))
        for one in listeners:
            one.transport.abort()
        await asyncio.sleep(2)
    return rows


async def _listen(tokens: list[str], stream: str, port: int, web: psutil.Process) -> tuple[list[Listener], float]:
    """Open a socket for each token; gives the CPU in ms that one took."""
    loop, gate = asyncio.get_running_loop(), asyncio.Semaphore(OPENING)

    async def one(token: str) -> Listener:
        async with gate:
            _, listener = await loop.create_connection(lambda: Listener(token, stream), "127.0.0.1", port)
            await listener.open
        return listener

    before = _cpu(web)
    listeners = await asyncio.gather(*(one(token) for token in tokens))
    await _quiet(web)
    return listeners, (_cpu(web) - before) * 1000 / len(listeners)


async def _publish(
    listeners: list[Listener], token: str, port: int, web: psutil.Process, messages: int
) -> dict[str, Any]:
    """Post, each time when everybody has heard the one before."""
    waits: list[float] = []
    size = sum(one.bytes for one in listeners)
    before = _cpu(web)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        for count in range(messages):
            due = [one.heard + 1 for one in listeners]
            begun = time.perf_counter()
            answer = await client.post(
                "/api/v1/statuses", json={"status": f"bench {count}"}, headers={"Authorization": f"Bearer {token}"}
            )
            answer.raise_for_status()
            while any(one.heard < target for one, target in zip(listeners, due, strict=True)):
                if time.perf_counter() - begun > PATIENCE or any(one.lost for one in listeners):
                    missing = sum(one.heard < target for one, target in zip(listeners, due, strict=True))
                    lost = sum(one.lost for one in listeners)
                    raise RuntimeError(f"{missing} of {len(listeners)} sockets heard nothing, {lost} were closed")
                await asyncio.sleep(0.01)
            waits.append(time.perf_counter() - begun)
    told = messages * len(listeners)
    return {
        "cpu_us": (_cpu(web) - before) * 1e6 / told,
        "bytes": (sum(one.bytes for one in listeners) - size) / told,
        "p50_ms": sorted(waits)[messages // 2] * 1000,
        "max_ms": max(waits) * 1000,
    }


async def _tokens(dsn: str, number: int) -> tuple[str, list[str]]:
    """A token of the writer, and one of each of so many who follow them."""
    connection = await asyncpg.connect(dsn)
    app = await connection.fetchval(
        "insert into apps (name, redirect_uris, scopes, client_id, secret_digest, created_at) "
        "values ('listeners', '{}', '{read,write}', 'listeners', '', now()) returning id"
    )
    users = await connection.fetch(
        "select u.id, a.username = $1 as writes from accounts a join users u on u.account_id = a.id "
        "where a.username = $1 or exists (select from follows f join accounts w on w.id = f.target_id "
        "                                 where f.account_id = a.id and w.username = $1) "
        "order by writes desc, a.id limit $2 + 1",
        f"person{WRITER}",
        number,
    )
    if len(users) <= number:
        raise RuntimeError(f"only {len(users) - 1} follow the writer")
    texts = [f"listener-{row['id']}" for row in users]
    await connection.executemany(
        "insert into tokens (digest, app_id, user_id, scopes, created_at, last_used_at) "
        "values ($1, $2, $3, '{read,write}', now(), now())",
        [(digest(text), app, row["id"]) for text, row in zip(texts, users, strict=True)],
    )
    await connection.close()
    return texts[0], texts[1:]


async def _quiet(web: psutil.Process) -> None:
    """Wait until the process does next to nothing: all feeds are built that listening asked for."""
    for _ in range(120):
        before = _cpu(web)
        await asyncio.sleep(1)
        if _cpu(web) - before < 0.05:
            return
    raise RuntimeError("the web process is never at rest")


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _memory(process: psutil.Process) -> float:
    """KB that only this process has."""
    return process.memory_full_info().uss / 1000


def show(rows: list[dict[str, Any]]) -> None:
    """The report for people."""
    print(f"{'':16}{'sockets':>8}{'CPU us':>8}{'bytes':>8}{'KB each':>9}{'open ms':>9}{'p50 ms':>8}{'max ms':>8}")
    for row in rows:
        print(
            f"{row['stream']:16}{row['sockets']:8}{row['cpu_us']:8.1f}{row['bytes']:8.0f}{row['kb']:9.1f}"
            f"{row['open_ms']:9.2f}{row['p50_ms']:8.0f}{row['max_ms']:8.0f}"
        )
