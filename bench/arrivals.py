"""What it costs to take in what other servers send: until it is kept, and until it is done."""

import asyncio
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import psutil

from bench.deliveries import seconds_of
from marula.base.crypto.keys import KeyPair, new_key_pair, private_key
from marula.base.crypto.signatures import Message, sign
from marula.base.kernel import config
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import actors, intake, posts, relationships, users
from marula.domain.accounts import ProfileDraft
from marula.domain.actors import Addresses, Known
from marula.domain.context import Context
from marula.domain.posts import Draft, Visibility
from marula.domain.users import SignUp
from marula.main.context import open_context

PORT = 3981
SENDERS, EACH = 100, 40
CONNECTIONS = 16
HOME = "https://bench.example"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


class Sender(NamedTuple):
    """Somebody of another server."""

    uri: str
    keys: KeyPair


async def measure(dsn: str, postgres: psutil.Process, folder: Path) -> list[dict[str, Any]]:
    """Every row of the report."""
    environment = {"DATABASE_URL": dsn, "LOCAL_DOMAIN": "bench.example", "PORT": str(PORT)}
    environment |= {"MARULA_DATA_DIR": str(folder), "MARULA_RATE_LIMITS": "off", "LOG_LEVEL": "error"}
    rows: list[dict[str, Any]] = []
    async with open_context(config.load(environment, None), dsn) as ctx:
        senders = [
            Sender(f"https://s{number % 50}.example/users/{number}", await new_key_pair()) for number in range(SENDERS)
        ]
        reader = await _reader(ctx, senders)
        written = await _posts(ctx, reader)
        for kind in ("Like", "Create"):
            documents = [_document(kind, one, number, written, reader) for one in senders for number in range(EACH)]
            rows += await _taken(ctx, environment, postgres, kind, senders, documents)
    return rows


async def _taken(
    ctx: Context,
    environment: dict[str, str],
    postgres: psutil.Process,
    kind: str,
    senders: Sequence[Sender],
    documents: Sequence[dict[str, Any]],
) -> list[dict[str, Any]]:
    web = _started("web", environment)
    try:
        await _serves()
        asked = [_request(ctx, senders[place // EACH], document) for place, document in enumerate(documents)]
        await _sent(asked[:: EACH // 2])  # the keys are in memory from now on
        kept = await _cost(f"{kind} until it is kept (202)", web, postgres, len(asked), _sent(asked))
    finally:
        _stop(web)
    worker = _started("worker", environment)
    try:
        done = await _cost(f"{kind} until it is done", worker, postgres, len(asked), _done(ctx))
    finally:
        _stop(worker)
    async with ctx.db.reading() as db:
        became = await db.all("select state, count(*) as number from arrivals where kind = $1 group by state", kind)
    print({kind: {row["state"]: row["number"] for row in became}}, file=sys.stderr)
    return [kept, done]


async def _cost(what: str, process: psutil.Process, postgres: psutil.Process, number: int, work: Any) -> dict[str, Any]:
    def used() -> tuple[float, float]:
        return seconds_of([process]), seconds_of([postgres, *postgres.children(recursive=True)])

    before, begun = used(), time.perf_counter()
    await work
    took, after = time.perf_counter() - begun, used()
    ours, database = ((after[place] - before[place]) * 1000 / number for place in (0, 1))
    memory = process.memory_full_info().pss / 1e6
    return {"what": what, "cpu_ms": ours, "database_ms": database, "per_s": number / took, "memory": memory}


async def _sent(asked: Sequence[bytes]) -> None:
    """Send these over kept connections. Raises RuntimeError when one is not taken."""
    rest = iter(asked)

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        for request in rest:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 202"):
                raise RuntimeError(head.decode())
        writer.close()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))


async def _done(ctx: Context) -> None:
    """Wait until nothing waits any more, neither arrivals nor the jobs that follow from them."""
    while True:
        await asyncio.sleep(0.2)
        async with ctx.db.reading() as db:
            jobs = await db.value("select count(*) from jobs where dead_at is null and run_at <= now()")
            if not jobs and not (await intake.counts(db))["waiting"]:
                return


def _request(ctx: Context, sender: Sender, document: dict[str, Any]) -> bytes:
    body = msgspec.json.encode(document)
    headers = {"content-type": "application/activity+json"}
    message = Message(method="POST", url=f"{HOME}/inbox", headers=headers, body=body)
    key = private_key(sender.keys.private)
    headers |= sign(message, f"{sender.uri}#main-key", key, ctx.clock.now()) | {"content-length": str(len(body))}
    lines = [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(["POST /inbox HTTP/1.1", *lines, "", ""]).encode() + body


def _document(kind: str, sender: Sender, number: int, written: Sequence[PostId], reader: AccountId) -> dict[str, Any]:
    uri = f"{sender.uri}/{kind}/{number}"
    document = {"@context": "https://www.w3.org/ns/activitystreams", "id": uri, "type": kind, "actor": sender.uri}
    if kind == "Like":
        return document | {"object": f"{HOME}/ap/users/{reader}/statuses/{written[number]}"}
    note = {"id": f"{uri}/note", "type": "Note", "attributedTo": sender.uri, "content": "<p>A word or two.</p>" * 20}
    reach = {"to": [PUBLIC], "cc": [f"{sender.uri}/followers"]}
    return document | reach | {"object": note | reach | {"published": "2026-03-01T12:00:00Z"}}


async def _reader(ctx: Context, senders: Sequence[Sender]) -> AccountId:
    """Somebody of this server, who follows all senders."""
    async with ctx.db.reading() as db:
        asked = SignUp(username="reader", email="reader@mail.example", password="correct horse", agreement=True)
        newcomer = await users.draft_person(db, asked)
    async with ctx.db.transaction() as tx:
        await users.ensure_roles(tx)
        reader = (await users.register(tx, newcomer)).account_id
    for sender in senders:
        async with ctx.db.transaction() as tx:
            who = await actors.learn(tx, _known(sender))
            await relationships.follow(tx, reader, who)
            await relationships.authorize_request(tx, who, reader)
    return reader


async def _posts(ctx: Context, author: AccountId) -> list[PostId]:
    written: list[PostId] = []
    for number in range(EACH):
        async with ctx.db.transaction() as tx:
            draft = Draft(text=f"{number}", html=f"<p>{number}</p>", visibility=Visibility.PUBLIC)
            written.append(await posts.publish(tx, author, draft))
    return written


def _known(sender: Sender) -> Known:
    host, name = sender.uri.split("/")[2], sender.uri.rpartition("/")[2]
    return Known(
        uri=sender.uri,
        username=f"sender{name}",
        domain=host,
        actor_type="Person",
        created_at=None,
        profile=ProfileDraft(),
        addresses=Addresses(inbox=f"{sender.uri}/inbox", followers=f"{sender.uri}/followers"),
        keys=((f"{sender.uri}#main-key", sender.keys.public),),
    )


async def _serves() -> None:
    while True:
        try:
            (await asyncio.open_connection("127.0.0.1", PORT))[1].close()
        except OSError:
            await asyncio.sleep(0.1)
        else:
            return


def _started(part: str, environment: dict[str, str]) -> psutil.Process:
    return psutil.Popen([sys.executable, "-m", "marula", part], env=os.environ | environment)


def _stop(process: psutil.Process) -> None:
    process.terminate()
    process.wait(20)
