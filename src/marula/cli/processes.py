"""`marula web` and `marula worker`: one process each of what `marula serve` runs together.

A supervisor may hand over a bound socket (`--fd`), be told when the process serves (a line on the descriptor that
MARULA_READY_FD names) and be missed (the descriptor of MARULA_PARENT_FD ends when the parent is gone, and so does the
process).
"""

import asyncio
import contextlib
import gc
import os
import signal
import socket
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager

import asyncpg
import uvicorn
import uvloop

from marula.base.kernel.config import Config
from marula.base.kernel.errors import Unreachable
from marula.base.observe import logs
from marula.cli.session import check_migrated, database
from marula.domain import users
from marula.domain.context import Context
from marula.main.context import open_context

log = logs.logger("process")

GRACE = 4
"""Seconds that open requests have to end."""

PAUSE = 1.0
"""Seconds before a worker that lost the database tries again."""

COLLECT = (20_000, 20, 50)
"""When Python looks for cycles. By default after 700 new objects: rows for thousands of listeners are made and dropped
at once, and with as many connections each look walks over all that these hold.
"""

LOST = (
    Unreachable,
    OSError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.TransactionRollbackError,
)
"""What is raised while the database is away, or has us do something again."""

Process = Callable[[Context, Namespace, asyncio.Event], Awaitable[None]]


class Server(uvicorn.Server):
    """uvicorn, which says when it serves and leaves the signals to us."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def declare(parser: ArgumentParser) -> None:
    """`web` or `worker`, whichever the parser is for."""
    if parser.prog.endswith(" web"):
        parser.add_argument("--fd", type=int, metavar="N", help="serve on this inherited socket, not on BIND and PORT")
        parser.set_defaults(run=_process(web))
    else:
        parser.set_defaults(run=_process(worker))


async def web(ctx: Context, options: Namespace, stop: asyncio.Event) -> None:
    """Serve HTTP until `stop` is set."""
    from marula.main.web import make_app  # a worker does without the web

    if not ctx.config.rate_limits:
        log.warning("rate limits are off: for tests and benchmarks only")
    greeting = await _greeting(ctx)
    server = Server(_uvicorn(ctx.config, make_app(ctx, stop)), lambda: tell(greeting))
    stopping = asyncio.create_task(_exit_when(server, stop))
    try:
        await server.serve(None if options.fd is None else [socket.socket(fileno=options.fd)])
    finally:
        stopping.cancel()


async def worker(ctx: Context, options: Namespace, stop: asyncio.Event) -> None:
    """Run jobs, and what else works in the background, until `stop` is set, across losses of the database."""
    from marula.main.worker import LOOPS  # the web does without it

    tell("ready")
    async with asyncio.TaskGroup() as together:
        for loop in LOOPS:
            together.create_task(_across_losses(loop, ctx, stop))


async def _across_losses(
    loop: Callable[[Context, asyncio.Event], Awaitable[None]], ctx: Context, stop: asyncio.Event
) -> None:
    while not stop.is_set():
        try:
            await loop(ctx, stop)
        except LOST as error:
            log.warning("the database is away; trying again", error=str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), PAUSE)


def tell(line: str) -> None:
    """Say a line to the supervisor, when there is one."""
    descriptor = os.environ.get("MARULA_READY_FD")
    if descriptor is not None:
        os.write(int(descriptor), f"{line}\n".encode())


def _process(run: Process) -> Callable[[Config, Namespace], None]:
    def command(config: Config, options: Namespace) -> None:
        logs.configure(config.log_level, config.log_format)
        gc.set_threshold(*COLLECT)
        with database(config) as dsn:
            uvloop.run(_run(config, dsn, run, options))

    return command


async def _run(config: Config, dsn: str, run: Process, options: Namespace) -> None:
    await check_migrated(dsn)
    _warn(config)
    async with _stopping() as stop, open_context(config, dsn, name=f"marula-{run.__name__}") as ctx:
        async with ctx.db.transaction() as tx:
            await users.ensure_roles(tx)
        await run(ctx, options, stop)


def _warn(config: Config) -> None:
    """Say loudly what must not be so on a server that people use."""
    if config.federate_over_http:
        log.warning("servers on this machine are called without TLS: for development and tests only")
    if config.allowed_private_addresses:
        log.warning(
            "other servers may be in private networks", networks=" ".join(map(str, config.allowed_private_addresses))
        )


@asynccontextmanager
async def _stopping() -> AsyncGenerator[asyncio.Event, None]:
    """An event that SIGTERM, SIGINT and the end of the parent set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    parent = os.environ.get("MARULA_PARENT_FD")
    descriptor = None if parent is None else int(parent)

    def heard(fd: int) -> None:
        if not os.read(fd, 1024):
            loop.remove_reader(fd)
            stop.set()

    if descriptor is not None:
        loop.add_reader(descriptor, heard, descriptor)
    try:
        yield stop
    finally:
        if descriptor is not None:
            loop.remove_reader(descriptor)


async def _greeting(ctx: Context) -> str:
    """What the supervisor is told: that we serve, and where the first owner is made when there is none."""
    async with ctx.db.reading() as db:
        owned = await users.owner_exists(db)
    return "ready" if owned else f"ready {ctx.config.web_url}/setup?token={users.setup_token(ctx)}"


def _uvicorn(config: Config, app: Callable[..., Awaitable[None]]) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=config.bind,
        port=config.port,
        loop="none",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=64 * 1024,
        ws_ping_interval=30.0,
        ws_ping_timeout=30.0,
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
    )


async def _exit_when(server: Server, stop: asyncio.Event) -> None:
    await stop.wait()
    server.should_exit = True
