"""The context for one command: its database, migrated, and the capabilities of the domain."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from functools import wraps

import asyncpg

import marula.main.context as everything_registered
from marula.base.db import Database, migrations
from marula.base.db.embedded import EmbeddedPostgres
from marula.base.events import Live, Memory
from marula.base.kernel.clock import Clock, SystemClock
from marula.base.kernel.config import Config
from marula.base.kernel.errors import Refused, Unreachable
from marula.base.net import Http
from marula.cli.calling import Command
from marula.domain.context import Context
from marula.faces.couriers import mailer_for
from marula.main.context import files_for

assert everything_registered

CONNECTIONS = 2


def in_session(run: Callable[[Context, Namespace], Awaitable[None]]) -> Command:
    """A command that is given the context instead of the settings."""

    @wraps(run)
    def command(config: Config, options: Namespace) -> None:
        with database(config) as dsn:
            asyncio.run(_within(config, dsn, run, options))

    return command


@contextmanager
def database(config: Config, *, make: bool = False) -> Generator[str]:
    """The DSN of the database, the embedded one running until the block ends. `make`: where there is none yet.

    Raises Refused when there is none, and what the embedded PostgreSQL raises when it does not start.
    """
    if config.database_dsn is not None:
        yield config.database_dsn
        return
    if not make and not (config.data_dir / "postgres").exists():
        raise Refused(
            f"There is no database in {config.data_dir} yet. `marula serve` makes it, and so does `marula db migrate`; "
            "for another folder, say --data FOLDER."
        )
    server = EmbeddedPostgres(
        config.data_dir, say=say, binaries=config.pg_binaries, shared_buffers=config.pg_shared_buffers
    )
    server.start(join=True)
    try:
        yield server.dsn
    finally:
        server.stop()


async def revision(dsn: str) -> str | None:
    """The revision the database is at; None when it is empty. Raises Unreachable."""
    try:
        return await migrations.current(dsn)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise Unreachable(f"The database cannot be reached: {error}") from error


def say(sentence: str) -> None:
    """Tell the operator what takes time, beside the answer."""
    print(sentence, file=sys.stderr, flush=True)


async def check_migrated(dsn: str) -> None:
    """Raises Refused when the database is not at the revision of this program."""
    at = await revision(dsn)
    if at != migrations.head():
        raise Refused(
            f"The database is {'empty' if at is None else f'at revision {at}'} and this Marula needs revision "
            f"{migrations.head()}. Run `marula db migrate` first, or start `marula serve`, which does it."
        )


@asynccontextmanager
async def context(config: Config, dsn: str, *, clock: Clock | None = None) -> AsyncGenerator[Context, None]:
    """The capabilities of one command. It does not listen for live messages: it ends before it could forget anything.

    Raises Refused when the database is not migrated, Unreachable.
    """
    await check_migrated(dsn)
    clock = clock or SystemClock()
    db = await Database.connect(dsn, clock, size=CONNECTIONS, name="marula-cli")
    live, http = Live(db), Http.of(config)
    try:
        yield Context(config, db, clock, live, Memory(db, live), mailer_for(config), http, files_for(config))
    finally:
        await http.close()
        await db.close()


async def _within(
    config: Config, dsn: str, run: Callable[[Context, Namespace], Awaitable[None]], options: Namespace
) -> None:
    async with context(config, dsn) as ctx:
        await run(ctx, options)
