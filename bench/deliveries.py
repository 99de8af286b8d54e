"""What it costs to send a post to all its inboxes: the worker's CPU and the database's, for each delivery."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from bench.sink import address
from marula.base.kernel import config
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, actors, deliveries
from marula.domain.accounts import NewAccount
from marula.domain.context import Context
from marula.domain.deliveries import Parcel
from marula.main.context import open_context

PORT = 3980
BODY = b"{%s}" % b",".join(b'"property%d":"%s"' % (number, b"x" * 60) for number in range(40))
"""As long as a Create of a post is."""


class Worker:
    """`marula worker`, and what it uses."""

    def __init__(self, environment: dict[str, str], postgres: psutil.Process) -> None:
        self._started = subprocess.Popen([sys.executable, "-m", "marula", "worker"], env=os.environ | environment)
        self._process = psutil.Process(self._started.pid)
        self._postgres = postgres

    def cpu(self) -> tuple[float, float]:
        """Seconds that the worker has used so far, and the database."""
        return seconds_of([self._process]), seconds_of([self._postgres, *self._postgres.children(recursive=True)])

    def memory(self) -> float:
        """MB of the worker (PSS)."""
        return self._process.memory_full_info().pss / 1e6

    def stop(self) -> None:
        self._started.terminate()
        self._started.wait(20)


async def measure(dsn: str, postgres: psutil.Process, folder: Path) -> list[dict[str, Any]]:
    """Every row of the report."""
    plain = [f"http://{address(host)}:{PORT}/users/{number}/inbox" for number in range(50) for host in range(200)]
    shared = [f"https://{address(host)}:{PORT}/inbox" for host in range(1000)]
    rows: list[dict[str, Any]] = []
    with sink(200):
        rows += await _sent(dsn, postgres, folder, [("to 10,000 inboxes of 200 servers, plain", plain)] * 4)
    with sink(1000, folder):
        first, again = "to 1,000 servers, TLS, new connections", "to 1,000 servers, TLS, kept connections"
        rows += await _sent(dsn, postgres, folder, [(first, shared), (again, shared)])
    return rows


@contextmanager
def sink(hosts: int, folder: Path | None = None) -> Generator[None]:
    """So many servers of others."""
    words = [str(PORT), str(hosts), *([str(folder)] if folder is not None else [])]
    process = subprocess.Popen([sys.executable, "-m", "bench.sink", *words], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield
    finally:
        process.terminate()
        process.wait(20)


async def _sent(
    dsn: str, postgres: psutil.Process, folder: Path, posts: Sequence[tuple[str, list[str]]]
) -> list[dict[str, Any]]:
    """Send one post after the other by one worker."""
    environment = {
        "DATABASE_URL": dsn,
        "LOCAL_DOMAIN": "bench.example",
        "ALLOWED_PRIVATE_ADDRESSES": "127.0.0.0/8",
        "MARULA_DATA_DIR": str(folder),
    }
    authority = folder / "ca.pem"
    if authority.exists():
        environment["SSL_CERT_FILE"] = str(authority)
    rows: list[dict[str, Any]] = []
    async with open_context(config.load(environment, None), dsn) as ctx:
        sender = await _sender(ctx)
        worker = Worker(environment, postgres)
        try:
            await asyncio.sleep(3)
            rows.append({"what": "the worker before", "memory": worker.memory()})
            rows += [await _one(ctx, worker, sender, what, inboxes) for what, inboxes in posts]
        finally:
            worker.stop()
    return rows


async def _one(ctx: Context, worker: Worker, sender: AccountId, what: str, inboxes: list[str]) -> dict[str, Any]:
    uri = f"https://bench.example/activities/{time.monotonic_ns()}"
    before, begun = worker.cpu(), time.perf_counter()
    async with ctx.db.transaction() as tx:
        await deliveries.owe(tx, Parcel(sender=sender, uri=uri, kind="Create", body=BODY), inboxes)
    owed = time.perf_counter() - begun
    await _done(ctx, uri)
    took, after = time.perf_counter() - begun, worker.cpu()
    ours, database = ((after[place] - before[place]) * 1000 / len(inboxes) for place in (0, 1))
    spent = {"cpu_ms": ours, "database_ms": database, "per_s": len(inboxes) / took, "owed_s": owed}
    return {"what": what} | spent | {"memory": worker.memory()}


async def _done(ctx: Context, uri: str) -> None:
    """Wait until a parcel is delivered everywhere. Raises RuntimeError when it is not."""
    states = "select state from deliveries d join parcels on parcels.id = d.parcel_id where uri = $1"
    while True:
        await asyncio.sleep(0.2)
        async with ctx.db.reading() as db:
            if not await db.value(f"select exists ({states} and state = 'waiting')", uri):
                left = await db.value(f"select count(*) from ({states} and state <> 'delivered') as left_over", uri)
                break
    if left:
        raise RuntimeError(f"{left} deliveries did not arrive")


async def _sender(ctx: Context) -> AccountId:
    async with ctx.db.transaction() as tx:
        held = await accounts.by_handle(tx, "bench", None)
        sender = held.id if held is not None else await accounts.create(tx, NewAccount(username="bench"))
    await actors.own_key(ctx, sender)
    return sender


def seconds_of(processes: Sequence[psutil.Process]) -> float:
    """The CPU that these have used so far, those that are gone left out."""
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total
