"""What others sent takes effect once and in order, however often the worker dies."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import asyncpg
import msgspec
import pytest

from marula.base.db import migrations
from marula.base.kernel import config
from marula.base.kernel.ids import AccountId
from marula.domain import actors, intake, posts, users
from marula.domain.accounts import ProfileDraft
from marula.domain.actors import Addresses, Known
from marula.domain.context import Context
from marula.domain.intake import Arrival
from marula.domain.posts import Draft, Visibility
from marula.domain.users import SignUp
from marula.main.context import open_context
from tests.conftest import database_named

ROOT = Path(__file__).parents[2]
SIGNERS, POSTS, TURNS = 8, 40, 9
KILLS = 5
LIMIT = 50.0


class Life:
    """Our server: a database of its own, and a worker that is killed and started again."""

    def __init__(self, ctx: Context, environment: dict[str, str], log: Path) -> None:
        self.ctx = ctx
        self.log = log
        self._environment = environment
        self._worker: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "marula", "worker"]
            environment = os.environ | self._environment | {"PYTHONPATH": str(ROOT / "src")}
            self._worker = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=self.log.parent)

    def end(self, number: int) -> None:
        if self._worker is not None:
            self._worker.send_signal(number)
            self._worker.wait(20)
            self._worker = None

    async def waiting(self) -> int:
        """How much waits to be worked on, and of what follows from it."""
        async with self.ctx.db.reading() as db:
            return (await intake.counts(db))["waiting"] + await db.value(
                "select count(*) from jobs where dead_at is null and lane <> 'federation' and run_at < now()"
            )

    async def fewer_than(self, number: float, deadline: float) -> None:
        """Wait until fewer wait, or the deadline."""
        for _ in range(5000):
            if await self.waiting() < number or time.monotonic() > deadline:
                return
            await asyncio.sleep(0.02)


@pytest.fixture
async def life(postgres: str, tmp_path: Path) -> AsyncIterator[Life]:
    name = f"test_{uuid.uuid4().hex[:12]}"
    admin = await asyncpg.connect(postgres)
    await admin.execute(f'create database "{name}"')
    dsn = database_named(postgres, name)
    await asyncio.to_thread(migrations.migrate, dsn)
    environment = {"DATABASE_URL": dsn, "LOCAL_DOMAIN": "marula.example", "MARULA_DATA_DIR": str(tmp_path)}
    try:
        async with open_context(config.load(environment, None), dsn) as ctx:
            made = Life(ctx, environment, tmp_path / "worker.log")
            yield made
            made.end(signal.SIGKILL)
    finally:
        await admin.execute(f'drop database "{name}" with (force)')
        await admin.close()


async def ann_with_posts(ctx: Context) -> tuple[AccountId, list[int]]:
    async with ctx.db.reading() as db:
        asked = SignUp(username="ann", email="ann@mail.example", password="correct horse", agreement=True)
        newcomer = await users.draft_person(db, asked)
    async with ctx.db.transaction() as tx:
        await users.ensure_roles(tx)
        ann = (await users.register(tx, newcomer)).account_id
        draft = Draft(text="Hi", html="<p>Hi</p>", visibility=Visibility.PUBLIC)
        return ann, [await posts.publish(tx, ann, draft) for _ in range(POSTS)]


async def known(ctx: Context, number: int) -> str:
    """Somebody elsewhere; their actor id."""
    uri = f"https://s{number}.invalid/users/{number}"
    somebody = Known(
        uri=uri,
        username=f"somebody{number}",
        domain=f"s{number}.invalid",
        actor_type="Person",
        created_at=None,
        profile=ProfileDraft(),
        addresses=Addresses(inbox=f"{uri}/inbox"),
        keys=(),
    )
    async with ctx.db.transaction() as tx:
        await actors.learn(tx, somebody)
    return uri


def arrivals(signer: str, ann: str, written: list[int]) -> list[Arrival]:
    """Follow and Undo by turns, the last is a Follow; between them a Like of every post, and of some an Undo."""
    said: list[dict[str, Any]] = []
    for turn in range(TURNS):
        follow = {"id": f"{signer}#follows/{turn // 2}", "type": "Follow", "actor": signer, "object": ann}
        said.append(follow if turn % 2 == 0 else {"id": f"{signer}#undo/{turn}", "type": "Undo", "object": follow})
        for place, post in enumerate(written):
            if place % TURNS == turn:
                like = {"id": f"{signer}#likes/{post}", "type": "Like", "object": f"{ann}/statuses/{post}"}
                said.append(like)
                said += [{"id": f"{like['id']}/undo", "type": "Undo", "object": like["id"]}] if place % 4 == 0 else []
    return [_arrival(signer, {**one, "actor": signer}) for one in said]


def _arrival(signer: str, document: dict[str, Any]) -> Arrival:
    body = msgspec.json.encode(document)
    return Arrival(
        uri=document["id"],
        kind=document["type"],
        actor=signer,
        signer=signer,
        host=signer.split("/")[2],
        inbox_of=None,
        body=body,
        digest=intake.digest(signer, body),
    )


async def test_everything_kept_takes_effect_once_and_in_order_however_often_the_worker_dies(life: Life) -> None:
    ctx, chance, deadline = life.ctx, Random(5), time.monotonic() + LIMIT
    ann, written = await ann_with_posts(ctx)
    address = actors.actor_uri(ctx.config, ann)
    mail = [arrivals(await known(ctx, number), address, written) for number in range(SIGNERS)]
    for kill in range(KILLS):
        begin, end = (place * len(mail[0]) // KILLS for place in (kill, kill + 1))
        async with ctx.db.transaction() as tx:
            await intake.keep(tx, [one for line in mail for one in line[begin:end]])
        life.start()
        before = await life.waiting()
        await life.fewer_than(before * chance.uniform(0.3, 0.9), deadline)
        life.end(signal.SIGKILL)
    life.start()
    await life.fewer_than(1, deadline)
    life.end(signal.SIGTERM)
    async with ctx.db.reading() as db:
        states = await db.all("select state, count(*) as number from arrivals group by state")
        assert {row["state"]: row["number"] for row in states} == {"accepted": sum(map(len, mail))}, (
            life.log.read_text()
        )
        assert await db.value("select count(*) from arrival_lines") == 0
        assert await db.value("select count(*) from follows") == SIGNERS
        liked = SIGNERS * sum(1 for place in range(POSTS) if place % 4)
        assert await db.value("select count(*) from favourites") == liked
        assert await db.value("select sum(favourites_count) from post_stats") == liked
        assert await db.value("select followers_count from account_stats where account_id = $1", ann) == SIGNERS
        assert await db.value("select count(*) from jobs where dead_at is not null") == 0
