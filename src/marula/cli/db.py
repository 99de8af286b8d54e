"""`marula db`: the database, and its backup."""

import asyncio
import os
import shutil
import subprocess
from argparse import ArgumentParser, Namespace
from pathlib import Path

from marula.base.db import binaries, migrations
from marula.base.kernel.config import Config
from marula.base.kernel.errors import Refused
from marula.cli.calling import verbs
from marula.cli.printing import print_json, print_table
from marula.cli.session import context, database, revision
from marula.domain import users


def declare(parser: ArgumentParser) -> None:
    """The verbs of db."""
    known = verbs(parser)
    one = known.add_parser("migrate", help="bring the database to the state that this program needs")
    one.set_defaults(run=migrate)
    one = known.add_parser("status", help="say where the database is and whether it is migrated")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=status)
    one = known.add_parser("dump", help="write all that the database holds, as SQL, while it runs")
    one.set_defaults(run=dump)
    one = known.add_parser("restore", help="fill an empty database with what was dumped")
    one.add_argument("file", metavar="FILE", type=Path, help="what `marula db dump` wrote")
    one.set_defaults(run=restore)
    one = known.add_parser("shell", help="open psql on the database; what follows is handed to psql")
    one.add_argument("psql_options", metavar="...", nargs="*")
    one.set_defaults(run=shell)


def migrate(config: Config, options: Namespace) -> None:
    """Migrate the database; make it first where it is embedded."""
    with database(config, make=True) as dsn:
        before = asyncio.run(revision(dsn))
        if before != migrations.head():
            migrations.migrate(dsn)
        asyncio.run(_write_roles(config, dsn))
    after = migrations.head()
    print(f"The database is at revision {after}" + ("." if before == after else f"; it was {before or 'empty'}."))


def status(config: Config, options: Namespace) -> None:
    """Say how the database is."""
    with database(config) as dsn:
        at = asyncio.run(revision(dsn))
    found = {
        "database": "embedded" if config.database_dsn is None else "external",
        "place": str(config.data_dir / "postgres") if config.database_dsn is None else dsn.rpartition("@")[2],
        "revision": at,
        "newest": migrations.head(),
        "migrated": at == migrations.head(),
    }
    if options.json:
        print_json(found)
    else:
        print_table(("what", "value"), list(found.items()))


def dump(config: Config, options: Namespace) -> None:
    """Write the database to the standard output, as it is at one moment."""
    with database(config) as dsn:
        _run(config, "pg_dump", "--no-owner", "--no-privileges", dsn)


def restore(config: Config, options: Namespace) -> None:
    """Fill an empty database from a file: wholly or not at all. It is migrated at the next start."""
    if not options.file.is_file():
        raise Refused(f"There is no file {options.file}.")
    with database(config, make=True) as dsn:
        at = asyncio.run(revision(dsn))
        if at is not None:
            raise Refused(f"The database is not empty, it is at revision {at}. Restore into a new one.")
        quiet = ("--no-psqlrc", "--quiet", "--output", os.devnull)
        _run(config, "psql", *quiet, "--single-transaction", "--set", "ON_ERROR_STOP=1", "--file", options.file, dsn)
        print(f"The database is back, at revision {asyncio.run(revision(dsn))}.")


def shell(config: Config, options: Namespace) -> None:
    """Open psql and wait until it ends."""
    with database(config) as dsn:
        _run(config, "psql", dsn, *options.psql_options)


def _run(config: Config, program: str, *words: str | Path) -> None:
    """Run a program of PostgreSQL: the one beside the embedded server, or the one on the PATH. Raises Refused."""
    try:
        beside = binaries.find(config.pg_binaries, None).program(program)
    except binaries.NoPostgres:
        beside = ""
    found = beside if os.access(beside, os.X_OK) else shutil.which(program)
    if found is None:
        raise Refused(f"{program} was not found. Install the client programs of PostgreSQL, or set MARULA_PG_BINARIES.")
    done = subprocess.run([found, *words], check=False)  # noqa: S603 - a program of PostgreSQL
    if done.returncode != 0:
        raise Refused(f"{program} ended with code {done.returncode}.")


async def _write_roles(config: Config, dsn: str) -> None:
    async with context(config, dsn) as ctx, ctx.db.transaction() as tx:
        await users.ensure_roles(tx)
