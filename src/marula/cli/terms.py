"""`marula terms`: the terms of service."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from pathlib import Path

import msgspec

from marula.base.kernel.errors import Refused
from marula.cli.calling import verbs
from marula.cli.printing import print_json, print_table
from marula.cli.session import in_session
from marula.domain import terms
from marula.domain.context import Context


def declare(parser: ArgumentParser) -> None:
    """The verbs of terms."""
    known = verbs(parser)
    one = known.add_parser("publish", help="publish terms that hold from a day")
    one.add_argument("file", metavar="FILE", help="the text, in Markdown; - for standard input")
    one.add_argument("--effective", metavar="DAY", type=day, help="such as 2026-12-01 (default: today)")
    one.add_argument("--tell", action="store_true", help="write a mail about it to everybody")
    one.set_defaults(run=publish)

    one = known.add_parser("withdraw", help="take back terms that do not hold yet")
    one.add_argument("day", metavar="DAY", type=day)
    one.set_defaults(run=withdraw)

    one = known.add_parser("list", help="list all versions")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=list_all)


def day(text: str) -> date:
    """A day as written on a command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is no day such as 2026-12-01") from error


@in_session
async def publish(ctx: Context, options: Namespace) -> None:
    """Publish terms."""
    text = _read(options.file)
    effective = options.effective or ctx.clock.now().date()
    async with ctx.db.transaction() as tx:
        await terms.publish(tx, text, effective, tell=options.tell)
    print(f"Published: {ctx.config.web_url}/terms-of-service/{effective.isoformat()}")


@in_session
async def withdraw(ctx: Context, options: Namespace) -> None:
    """Withdraw terms."""
    async with ctx.db.transaction() as tx:
        await terms.withdraw(tx, options.day)
    print("Withdrawn.")


@in_session
async def list_all(ctx: Context, options: Namespace) -> None:
    """List terms."""
    async with ctx.db.reading() as db:
        found = await terms.versions(db)
    if options.json:
        print_json([msgspec.structs.asdict(one) for one in found])
    else:
        rows = [(one.effective_on, one.succeeded_by, one.published_at, len(one.text)) for one in found]
        print_table(("from", "until", "published", "characters"), rows)


def _read(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{name} cannot be read: {error}") from error
