"""`marula jobs`: the work that waits, and the work that failed for good."""

from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

import msgspec

from marula.base.db import Row, Tx
from marula.base.jobs import store
from marula.base.kernel.errors import NotFound
from marula.cli.calling import verbs
from marula.cli.printing import print_json, print_table
from marula.cli.session import in_session
from marula.domain.context import Context

LISTED = 1000
ERROR_WIDTH = 80

Verb: TypeAlias = Callable[[Tx, Sequence[int] | None], Awaitable[int]]


def declare(parser: ArgumentParser) -> None:
    """The verbs of jobs."""
    known = verbs(parser)
    one = known.add_parser("list", help="list the jobs that wait or run, or with --dead those that failed for good")
    one.add_argument("--dead", action="store_true")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=list_all)

    for name, purpose, run in (
        ("retry", "try dead jobs again", retry),
        ("discard", "delete dead jobs", discard),
    ):
        one = known.add_parser(name, help=purpose)
        which = one.add_mutually_exclusive_group(required=True)
        which.add_argument("ids", metavar="ID", nargs="*", type=int, default=[])
        which.add_argument("--all", action="store_true", help="all dead jobs")
        one.set_defaults(run=run)


@in_session
async def list_all(ctx: Context, options: Namespace) -> None:
    """List jobs."""
    async with ctx.db.reading() as db:
        rows = await store.listed(db, dead=options.dead, limit=LISTED)
    if options.json:
        print_json([_shown(row) for row in rows])
        return
    table = [
        (row["id"], row["lane"], row["name"], row["attempts"], _moment(row), (row["last_error"] or "-")[:ERROR_WIDTH])
        for row in rows
    ]
    print_table(("id", "lane", "job", "attempts", "died at" if options.dead else "runs at", "last error"), table)


@in_session
async def retry(ctx: Context, options: Namespace) -> None:
    """Try dead jobs again."""
    print(f"{await _touched(ctx, options, store.revive)} to be tried again.")


@in_session
async def discard(ctx: Context, options: Namespace) -> None:
    """Delete dead jobs."""
    print(f"{await _touched(ctx, options, store.discard)} discarded.")


async def _touched(ctx: Context, options: Namespace, verb: Verb) -> str:
    """How many jobs the verb touched, in words. Raises NotFound when jobs were named and none is dead."""
    async with ctx.db.transaction() as tx:
        number = await verb(tx, None if options.all else options.ids)
    if number == 0 and not options.all:
        raise NotFound("No dead job has this id.")
    return "1 job" if number == 1 else f"{number} jobs"


def _moment(row: Row) -> str:
    moment = row["dead_at"] or row["run_at"]
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _shown(row: Row) -> dict[str, Any]:
    shown = {name: value for name, value in row.items() if name != "leased_by"}
    shown |= {"id": str(row["id"]), "arguments": msgspec.Raw(row["arguments"].encode())}
    return shown | {"running": row["leased_by"] is not None}
