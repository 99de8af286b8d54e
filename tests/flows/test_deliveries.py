"""What is owed to others arrives once in effect and in order, whatever they do and however often we die."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from marula.base.db import migrations
from marula.base.kernel import config
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, actors, deliveries
from marula.domain.accounts import NewAccount
from marula.domain.context import Context
from marula.domain.deliveries import Parcel
from marula.faces.activitypub.delivery import Courier
from marula.main.context import open_context
from tests.conftest import database_named
from tests.flows.partner import Host, busy, cutting, failing, silent, slow, well

ROOT = Path(__file__).parents[2]
SENDERS, PARCELS = 3, 24
KILLS = 8
LIMIT = 55.0


class Life:
    """Our server: a database of its own, and workers that are killed and started again."""

    def __init__(self, ctx: Context, environment: dict[str, str], log: Path) -> None:
        self.ctx = ctx
        self._environment = environment
        self._log = log
        self._workers: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """One worker more."""
        with self._log.open("ab") as log:
            self._workers.append(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.flows.hasty_worker"],
                    env=os.environ | self._environment | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
                    stdout=log,
                    stderr=log,
                    cwd=self._log.parent,
                )
            )

    def end(self, number: int) -> None:
        """Send this signal to the oldest worker, and wait for its end."""
        oldest = self._workers.pop(0)
        oldest.send_signal(number)
        oldest.wait(20)

    def end_all(self, number: int) -> None:
        while self._workers:
            self.end(number)

    async def left(self) -> int:
        """How many deliveries wait."""
        async with self.ctx.db.reading() as db:
            return await db.value("select count(*) from deliveries where state = 'waiting'")

    async def all_done(self, deadline: float) -> None:
        """Wait until nothing waits, or the deadline."""
        for _ in range(1000):
            if time.monotonic() > deadline or not await self.left():
                return
            await asyncio.sleep(0.2)

    async def story(self) -> str:
        """What waits still, and what the worker said."""
        async with self.ctx.db.reading() as db:
            rows = await db.all(
                """
                select host, count(*) as waiting, max(attempts) as attempts, max(why) as why,
                       (select max(due_at) - now() from delivery_lines line where line.host = d.host) as due_in,
                       (select max(failures) from delivery_lines line where line.host = d.host) as failures
                from deliveries d where state = 'waiting' group by host
                """
            )
        return "\n".join([*map(str, rows), self._log.read_text()[-3000:]])


@pytest.fixture
async def life(postgres: str, tmp_path: Path) -> AsyncIterator[Life]:
    name = f"test_{uuid.uuid4().hex[:12]}"
    admin = await asyncpg.connect(postgres)
    await admin.execute(f'create database "{name}"')
    dsn = database_named(postgres, name)
    await asyncio.to_thread(migrations.migrate, dsn)
    environment = {
        "DATABASE_URL": dsn,
        "LOCAL_DOMAIN": "marula.example",
        "ALLOWED_PRIVATE_ADDRESSES": "127.0.0.0/8",
        "MARULA_DATA_DIR": str(tmp_path),
    }
    try:
        async with open_context(config.load(environment, None), dsn) as ctx:
            made = Life(ctx, environment, tmp_path / "worker.log")
            yield made
            made.end_all(signal.SIGKILL)
    finally:
        await admin.execute(f'drop database "{name}" with (force)')
        await admin.close()


async def senders(ctx: Context) -> list[AccountId]:
    """Local people with keys."""
    found: list[AccountId] = []
    for number in range(SENDERS):
        async with ctx.db.transaction() as tx:
            found.append(await accounts.create(tx, NewAccount(username=f"sender{number}")))
        await actors.own_key(ctx, found[-1])
    return found


async def owe(ctx: Context, sender: AccountId, number: int, hosts: list[Host]) -> str:
    """Owe an activity to all hosts; gives its id."""
    uri = f"https://marula.example/activities/{sender}/{number}"
    body = json.dumps({"id": uri, "actor": str(sender), "type": "Create"}).encode()
    parcel = Parcel(sender=sender, uri=uri, kind="Create", body=body)
    async with ctx.db.transaction() as tx:
        await deliveries.owe(tx, parcel, [host.inbox for host in hosts])
    return uri


async def test_everything_owed_happens_in_order_and_once_whatever_happens(life: Life) -> None:
    absent = Host("127.0.0.16", well, seed=6)
    present = [
        Host(f"127.0.0.{11 + place}", character, seed=place)
        for place, character in enumerate((well, slow, busy, failing, cutting))
    ]
    hosts = [*present, absent]
    for host in hosts:
        await host.open()
    await absent.close()
    people = await senders(life.ctx)
    begun = time.monotonic()
    owing = asyncio.create_task(_owe_everything(life.ctx, people, hosts))
    life.start()
    for number in range(KILLS):
        life.start()
        await asyncio.sleep(1.2 + 0.25 * (number % 4))
        assert await life.left() > 0, "there must be something left that a death could lose"
        await asyncio.to_thread(life.end, signal.SIGKILL)
        if number == KILLS // 2:
            await absent.open()
    owed = await owing
    await life.all_done(begun + LIMIT)
    life.end_all(signal.SIGTERM)
    assert await life.left() == 0, await life.story()
    for host in hosts:
        for sender in people:
            assert [uri for who, uri in host.effects if who == str(sender)] == owed[sender], host.character
    async with life.ctx.db.reading() as db:
        rows = await db.all("select state, count(*) as number from deliveries group by state")
        lines = await db.value("select count(*) from delivery_lines")
    assert {row["state"]: row["number"] for row in rows} == {"delivered": SENDERS * PARCELS * len(hosts)}
    assert lines == 0
    for host in hosts:
        await host.close()


async def test_nobody_waits_for_a_server_that_does_not_answer(life: Life) -> None:
    stuck, present = Host("127.0.0.21", silent, seed=1), Host("127.0.0.22", well, seed=2)
    for host in (stuck, present):
        await host.open()
    people = await senders(life.ctx)
    courier, stop = Courier(life.ctx), asyncio.Event()
    running = asyncio.create_task(courier.run(stop, grace=timedelta(seconds=0.2)))
    await asyncio.sleep(0.5)
    for number in range(5):
        for sender in people:
            await owe(life.ctx, sender, number, [stuck, present])
    begun = time.monotonic()
    while len(present.effects) < 5 * SENDERS:
        assert time.monotonic() < begun + 3, "a courier that sleeps is woken at once"
        await asyncio.sleep(0.02)
    stop.set()
    await asyncio.wait_for(running, 3)
    async with life.ctx.db.reading() as db:
        rows = await db.all("select host, state, attempts, count(*) as number from deliveries group by 1, 2, 3")
        assert await db.value("select count(*) from delivery_lines where leased_by is not null") == 0
    assert sorted((row["state"], row["attempts"], row["number"]) for row in rows) == [
        ("delivered", 1, 5 * SENDERS),
        ("waiting", 0, 5 * SENDERS),
    ]
    for host in (stuck, present):
        await host.close()


async def test_a_courier_that_lost_the_database_says_so(life: Life) -> None:
    running = asyncio.create_task(Courier(life.ctx).run(asyncio.Event()))
    await asyncio.sleep(0.5)
    async with life.ctx.db.transaction() as tx:
        await tx.run(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where application_name = 'marula-courier' and datname = current_database()
            """
        )
    with pytest.raises(ConnectionError):
        await asyncio.wait_for(running, 5)


async def _owe_everything(ctx: Context, people: list[AccountId], hosts: list[Host]) -> dict[AccountId, list[str]]:
    """Owe all there is, while the worker lives and dies. Gives the ids by sender, in order."""
    owed: dict[AccountId, list[str]] = {sender: [] for sender in people}
    for number in range(PARCELS):
        for sender in people:
            owed[sender].append(await owe(ctx, sender, number, hosts))
        await asyncio.sleep(0.55)
    return owed
