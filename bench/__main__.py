"""`bin/bench`: seed a database, serve it, read and write over HTTP, and say what each thing costs.

`bin/bench federation`: what it costs to exchange posts with other servers. `bin/bench media`: to decode files.
`bin/bench web`: the web app in a browser.

What counts is CPU: of the web process, the workers and the database together, per request. Times on a shared machine
are noisy; they are shown to see orders of magnitude.
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg
import httpx
import psutil

from bench import arrivals, deliveries, media, streams, web
from bench.seed import LARGE, READER, SMALL, WATCHED, WRITER, seed
from marula.base.crypto.tokens import digest
from marula.base.db import migrations, statements_run
from marula.base.db.embedded import EmbeddedPostgres
from marula.base.kernel import config
from marula.main.context import open_context
from marula.main.web import make_app

PORT = 3999
CONNECTIONS = 8
MESSAGES = 20
HEAD = "GET {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\r\n"


SEARCHES = (
    ("the commonest word", "w1"),
    ("a common word", "w20"),
    ("a seldom word", "w1000"),
    ("a rare word", "w40000"),
    ("two common words", "w1 w2"),
    ("a phrase", '"w1 w2"'),
    ("all but a word", "w20 -w1"),
    ("in the library", "w20 in:library"),
    ("with operators", "from:person3 w1 -is:reply"),
)


class Product:
    """The processes under test."""

    def __init__(self, dsn: str, postgres: psutil.Process) -> None:
        self._postgres = postgres
        environment = os.environ | {"DATABASE_URL": dsn, "PORT": str(PORT), "MARULA_RATE_LIMITS": "off"}
        self._started = [
            subprocess.Popen([sys.executable, "-m", "marula", part], env=environment, stderr=subprocess.DEVNULL)
            for part in ("web", "worker")
        ]

    @property
    def web(self) -> psutil.Process:
        """The process that answers."""
        return psutil.Process(self._started[0].pid)

    def processes(self) -> list[psutil.Process]:
        """Ours and the database's."""
        ours = [psutil.Process(one.pid) for one in self._started]
        return [*ours, self._postgres, *self._postgres.children(recursive=True)]

    def cpu(self) -> float:
        """Seconds that all of them have used so far."""
        total = 0.0
        for process in self.processes():
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system
        return total

    def memory(self) -> float:
        """MB of all of them, shared pages divided (PSS)."""
        total = 0
        for process in self.processes():
            try:
                total += process.memory_full_info().pss
            except psutil.NoSuchProcess:
                continue
        return total / 1e6

    def stop(self) -> None:
        for one in self._started:
            one.terminate()
        for one in self._started:
            one.wait(20)


async def drive(path: str, token: str, seconds: float) -> list[float]:
    """Ask again and again over kept connections; the time of each answer."""
    spent: list[float] = []
    until = time.monotonic() + seconds
    request = HEAD.format(path=path, token=token).encode()

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        while time.monotonic() < until:
            begun = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"{path}: {head[:40]!r}")
            spent.append(time.perf_counter() - begun)
        writer.close()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return spent


async def publish(product: Product, token: str, number: int, dsn: str, *, together: bool) -> dict[str, Any]:
    """Post, and wait until every job that follows is done: after each post, or when all were sent."""
    connection = await asyncpg.connect(dsn)
    spent: list[float] = []

    async def settled() -> None:
        while await connection.fetchval("select exists (select from jobs where run_at <= now())"):
            await asyncio.sleep(0.01)

    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{PORT}", timeout=60) as client:
        before, begun = product.cpu(), time.perf_counter()
        for count in range(number):
            headers, sent = {"Authorization": f"Bearer {token}"}, time.perf_counter()
            answer = await client.post("/api/v1/statuses", json={"status": f"bench {count}"}, headers=headers)
            answer.raise_for_status()
            if not together:
                await settled()
                spent.append(time.perf_counter() - sent)
        await settled()
        took = time.perf_counter() - begun
    await connection.close()
    row = {
        "what": f"publish, {'together' if together else 'one by one'}, in every feed",
        "per_s": number / took,
        "cpu_ms": (product.cpu() - before) * 1000 / number,
    }
    return row | ({"p50_ms": sorted(spent)[number // 2] * 1000, "p99_ms": max(spent) * 1000} if spent else {})


async def statements(dsn: str, paths: Sequence[tuple[str, str, str]]) -> dict[str, int]:
    """SQL statements of each request, counted in this process, with everything remembered."""
    found: dict[str, int] = {}
    settings = config.load({"MARULA_RATE_LIMITS": "off", "MARULA_DATA_DIR": tempfile.gettempdir()}, None)
    async with open_context(settings, dsn) as ctx:
        while not ctx.live.hears:  # before, a process remembers nobody
            await asyncio.sleep(0.01)
        transport = httpx.ASGITransport(make_app(ctx))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            for what, path, token in paths:
                headers = {"Authorization": f"Bearer {token}"}
                await client.get(path, headers=headers)
                with statements_run() as count:
                    (await client.get(path, headers=headers)).raise_for_status()
                found[what] = count()
    return found


async def measure(dsn: str, postgres: psutil.Process, seconds: float, posts: int) -> list[dict[str, Any]]:
    """Every row of the report. `posts`: how many are published."""
    product = Product(dsn, postgres)
    try:
        tokens = await _tokens(dsn)
        paths = await _paths(dsn, tokens)
        await _ready(tokens[READER])
        rows = [{"what": "memory after start, MB", "memory": product.memory()}]
        counted = await statements(dsn, paths)
        for what, path, token in paths:
            await drive(path, token, 0.5)
            before, begun = product.cpu(), time.perf_counter()
            spent = sorted(await drive(path, token, seconds))
            took = time.perf_counter() - begun
            rows.append(
                {
                    "what": what,
                    "per_s": len(spent) / took,
                    "p50_ms": spent[len(spent) // 2] * 1000,
                    "p99_ms": spent[int(len(spent) * 0.99)] * 1000,
                    "cpu_ms": (product.cpu() - before) * 1000 / len(spent),
                    "statements": counted[what],
                }
            )
        rows += [await publish(product, tokens[WRITER], posts, dsn, together=together) for together in (False, True)]
        rows.append({"what": "memory after load, MB", "memory": product.memory()})
        return rows
    finally:
        product.stop()


async def measure_streams(dsn: str, postgres: psutil.Process, sockets: int, messages: int) -> list[dict[str, Any]]:
    """The rows of the report on streaming."""
    product = Product(dsn, postgres)
    try:
        await _ready((await _tokens(dsn))[READER])
        return await streams.measure(dsn, PORT, product.web, sockets, messages)
    finally:
        product.stop()


async def _tokens(dsn: str) -> dict[int, str]:
    connection = await asyncpg.connect(dsn)
    app = await connection.fetchval(
        "insert into apps (name, redirect_uris, scopes, client_id, secret_digest, created_at) "
        "values ('bench', '{}', '{read,write}', 'bench', '', now()) returning id"
    )
    made: dict[int, str] = {}
    for number in (READER, WRITER, WATCHED):
        made[number] = f"token-of-{number}"
        await connection.execute(
            "insert into tokens (digest, app_id, user_id, scopes, created_at, last_used_at) "
            "select $1, $2, u.id, '{read,write}', now(), now() from users u join accounts a on a.id = u.account_id "
            "where a.username = $3",
            digest(made[number]),
            app,
            f"person{number}",
        )
    await connection.execute(
        "delete from home_feeds h using accounts a where a.id = h.account_id and a.username = 'person1'"
    )
    await connection.close()
    return made


async def _paths(dsn: str, tokens: dict[int, str]) -> list[tuple[str, str, str]]:
    connection = await asyncpg.connect(dsn)
    threads = {
        length: await connection.fetchval("select id from posts where text = $1", f"thread of {length}")
        for length in (50, 82)
    }
    author = await connection.fetchval("select id from accounts where username = 'person7'")
    await connection.close()
    reader = tokens[READER]
    return [
        ("home timeline, 20", "/api/v1/timelines/home", reader),
        ("public timeline, 20", "/api/v1/timelines/public", reader),
        ("thread of 50", f"/api/v1/statuses/{threads[50]}/context", reader),
        ("thread of 82", f"/api/v1/statuses/{threads[82]}/context", reader),
        ("posts of a profile, 20", f"/api/v1/accounts/{author}/statuses", reader),
        ("notifications, 40", "/api/v1/notifications", tokens[WATCHED]),
        *((f"search, {what}", f"/api/v2/search?type=statuses&q={quote(words)}", reader) for what, words in SEARCHES),
        ("search of people", "/api/v2/search?type=accounts&q=person12", reader),
        ("suggestions, 40", "/api/v2/suggestions", reader),
        ("directory, 40", "/api/v1/directory", reader),
    ]


async def _ready(token: str) -> None:
    """Wait until the server answers and the reader's feed is built."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{PORT}", timeout=120) as client:
        for _ in range(600):
            try:
                answer = await client.get("/api/v1/timelines/home", headers={"Authorization": f"Bearer {token}"})
                if answer.status_code == 200 and len(answer.json()) == 20:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    raise RuntimeError("the server did not become ready within a minute")


def show(rows: list[dict[str, Any]]) -> None:
    """The report for people."""
    print(f"{'':32}{'CPU ms':>8}{'SQL':>5}{'per s':>8}{'p50 ms':>8}{'p99 ms':>8}")
    for row in rows:
        if "memory" in row:
            print(f"{row['what']:32}{row['memory']:8.0f}")
            continue
        cells = [f"{row['cpu_ms']:8.2f}", f"{row.get('statements', ''):>5}", f"{row['per_s']:8.0f}"]
        cells += [f"{row[name]:8.1f}" if name in row else " " * 8 for name in ("p50_ms", "p99_ms")]
        print(f"{row['what']:32}{''.join(cells)}")


COLUMNS = (("cpu_ms", "8.2f"), ("database_ms", "10.2f"), ("per_s", "8.0f"), ("memory", "8.1f"))


def show_federation(rows: list[dict[str, Any]]) -> None:
    """The report on other servers, for people."""
    print(f"{'':44}{'CPU ms':>8}{'database':>10}{'per s':>8}{'MB':>8}")
    for row in rows:
        cells = [
            f"{row[name]:{width}}" if name in row else " " * int(width.partition(".")[0]) for name, width in COLUMNS
        ]
        print(f"{row['what']:44}{''.join(cells)}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=("federation", "media", "web"), help="only this")
    parser.add_argument("--large", action="store_true", help="a million posts, 20,000 people")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each thing is asked")
    parser.add_argument("--streams", type=int, metavar="N", help="only what N open sockets cost, and each message")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="marula-bench-"))
    folder.chmod(0o755)
    if options.part == "web":
        web.run()
        return
    if options.part == "media":
        try:
            rows = asyncio.run(media.measure(folder))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print(json.dumps(rows)) if options.json else media.show(rows)
        return
    os.environ["MARULA_DATA_DIR"] = str(folder)
    server = EmbeddedPostgres(folder, say=lambda _: None)
    server.start()
    try:
        migrations.migrate(server.dsn)
        pid = int((folder / "postgres" / "cluster" / "postmaster.pid").read_text().splitlines()[0])
        postgres = psutil.Process(pid)
        if options.part == "federation":
            rows = asyncio.run(arrivals.measure(server.dsn, postgres, folder))
            rows += asyncio.run(deliveries.measure(server.dsn, postgres, folder))
        else:
            begun = time.monotonic()
            plain = LARGE if options.large else SMALL
            asyncio.run(seed(server.dsn, streams.crowd(options.streams) if options.streams else plain))
            print(f"seeded in {time.monotonic() - begun:.0f} s", file=sys.stderr)
            if options.streams:
                rows = asyncio.run(measure_streams(server.dsn, postgres, options.streams, MESSAGES))
            else:
                rows = asyncio.run(measure(server.dsn, postgres, options.seconds, 5 if options.large else 100))
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    if options.json:
        print(json.dumps(rows))
    elif options.part == "federation":
        show_federation(rows)
    else:
        (streams.show if options.streams else show)(rows)


main()
