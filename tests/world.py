"""`world`: a server in one transaction, and builders for what a test needs in it.

Arrange with `world.person()`, act with the verb, assert on rows and facts. `world.settle()` runs the jobs that
followed, each one twice, because every job may run twice.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg

from marula.base.db import Connection, Database, Row
from marula.base.db.connections import Connections
from marula.base.db.pool import Durability
from marula.base.events import Live, Memory
from marula.base.jobs import jobs
from marula.base.jobs.worker import Worker
from marula.base.kernel import config
from marula.domain.context import Context, Mail
from marula.faces.activitypub.delivery import Courier
from marula.main.context import files_for, sociable
from tests.peer import Internet, PeeredHttp

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@dataclass
class HeldClock:
    """A clock that stands still until it is told to move."""

    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def advance(self, span: timedelta) -> None:
        self.moment += span


@dataclass
class KeptMail:
    """A mailer that keeps what it was given."""

    sent: list[Mail] = field(default_factory=list[Mail])

    async def send(self, mail: Mail) -> bool:
        self.sent.append(mail)
        return True


class OneTransaction(Database):
    """A database on one connection inside one transaction: each of its own transactions is a savepoint."""

    def __init__(self, raw: Any, clock: HeldClock, dsn: str) -> None:
        super().__init__(Connections(self.take, 1), clock, dsn)
        self.raw = raw
        self._busy = asyncio.Lock()
        self._owner: asyncio.Task[Any] | None = None

    @asynccontextmanager
    async def aside(self) -> AsyncGenerator[Connection, None]:
        if self._owner is asyncio.current_task():
            yield Connection(self.raw)
            return
        raw = await self.take()
        try:
            yield Connection(raw)
        finally:
            self.give_back(raw, sound=True)

    def _block(self, raw: Any, durability: Durability) -> AbstractAsyncContextManager[None]:
        return raw.transaction()

    async def take(self) -> Any:
        """Tasks take turns on the connection."""
        await self._busy.acquire()
        self._owner = asyncio.current_task()
        return self.raw

    def give_back(self, raw: Any, *, sound: bool) -> None:
        self._owner = None
        self._busy.release()


class NearLive(Live):
    """Live messages of a world: heard as soon as the transaction that sends them ends, for it is never committed."""

    def on(self, topic: str, listener: Callable[[str], None], *, early: bool = False) -> None:
        super().on(topic, listener, early=True)


class World:
    """One server and what a test may ask of it."""

    def __init__(self, ctx: Context, clock: HeldClock, mail: KeptMail, internet: Internet) -> None:
        self.ctx = ctx
        self.clock = clock
        self.mail = mail
        self.internet = internet

    async def settle(self) -> int:
        """Run all due jobs, twice each, in the order in which they were enqueued. Gives how many were due."""
        total = 0
        while True:
            async with self.ctx.db.transaction() as tx:
                due = await tx.all("delete from jobs where dead_at is null and run_at <= $1 returning *", tx.now)
            if not due:
                return total
            for row in sorted(due, key=lambda row: row["id"]):
                entry = jobs[row["name"]]
                for _ in range(2):
                    await entry.run(self.ctx, *entry.decode(row["arguments"]))
                total += 1

    async def deliver(self) -> int:
        """Send what is owed to other servers and due, each line until it fails. Gives how many lines were due."""
        return await Courier(self.ctx).run_due()

    async def facts(self, kind: str | None = None) -> list[Row]:
        """The recorded facts, oldest first: kind and body (JSON text)."""
        async with self.ctx.db.reading() as db:
            return await db.all("select kind, body from facts where $1::text is null or kind = $1 order by id", kind)

    async def rows(self, sql: str, *args: object) -> list[Row]:
        """Rows of the database, for assertions."""
        async with self.ctx.db.reading() as db:
            return await db.all(sql, *args)

    @asynccontextmanager
    async def undone(self) -> AsyncGenerator[None, None]:
        """What is written inside is undone at the end of the block."""
        db = self.ctx.db
        assert isinstance(db, OneTransaction)
        point = db.raw.transaction()
        await point.start()
        try:
            yield
        finally:
            await point.rollback()

    def worker(self) -> Worker:
        """A worker on this world's database."""
        return Worker(self.ctx)


@asynccontextmanager
async def make_world(dsn: str, data: Path, **environ: str) -> AsyncGenerator[World, None]:
    """A world on the given database; everything is rolled back when the block ends."""
    raw = await asyncpg.connect(dsn, server_settings={"jit": "off"})
    outer = raw.transaction()
    await outer.start()
    clock, mail = HeldClock(), KeptMail()
    settings = config.load(
        {"LOCAL_DOMAIN": "marula.example", "MARULA_DATA_DIR": str(data), "MARULA_RATE_LIMITS": "off"} | environ, None
    )
    db = OneTransaction(raw, clock, dsn)
    live, http = NearLive(db), PeeredHttp.of(settings)
    http.internet = Internet()
    try:
        ctx = sociable(Context(settings, db, clock, live, Memory(db, live), mail, http, files_for(settings)))
        yield World(ctx, clock, mail, http.internet)
    finally:
        await http.close()
        await outer.rollback()
        await raw.close()
