"""Migrations: Alembic's revisions in `versions/`, named 0001, 0002, …: the newest is known without loading any."""

import runpy
from pathlib import Path

import asyncpg

PROGRAM = Path(__file__).parents[3]
VERSIONS = Path(__file__).parent / "versions"
LOCK = 0x6D617272


def head() -> str:
    """The newest revision this code knows."""
    return max(path.name[:4] for path in VERSIONS.glob("[0-9][0-9][0-9][0-9]_*.py"))


def declare_tables() -> None:
    """Read every `tables.py` of the program into the one MetaData, once."""
    from marula.base.db.schema import metadata

    if not metadata.tables:
        for declaration in sorted(PROGRAM.rglob("tables.py")):
            runpy.run_path(str(declaration))


async def current(dsn: str) -> str | None:
    """The revision the database is at; None when it is empty."""
    connection = await asyncpg.connect(dsn)
    try:
        if await connection.fetchval("select to_regclass('alembic_version')") is None:
            return None
        return await connection.fetchval("select version_num from alembic_version")
    finally:
        await connection.close()


async def pending(dsn: str) -> bool:
    """Whether `migrate` has anything to do."""
    return await current(dsn) != head()


def migrate(dsn: str, revision: str = "head") -> None:
    """Bring the database to `revision`. Blocking; two at once wait for each other.

    Raises alembic.util.CommandError when the database is at a revision that this code does not know.
    """
    from alembic import command

    command.upgrade(_alembic(dsn), revision)


def downgrade(dsn: str, revision: str) -> None:
    """Take the database back to `revision` (`base` for empty)."""
    from alembic import command

    command.downgrade(_alembic(dsn), revision)


def _alembic(dsn: str):
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["dsn"] = dsn
    return config
