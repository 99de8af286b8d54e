"""`marula domains`: which other servers are limited, suspended or let in."""

import csv
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import msgspec

from marula.base.jobs import later
from marula.base.kernel.errors import Invalid
from marula.cli.calling import verbs
from marula.cli.printing import print_json, print_table
from marula.cli.session import in_session
from marula.domain import boundaries, moderation
from marula.domain.boundaries import BlockDraft, DomainBlock, Severity
from marula.domain.context import Context

COLUMNS = ("#domain", "#severity", "#reject_media", "#reject_reports", "#public_comment", "#obfuscate")
"""The first line of the files that servers exchange. Spec: Mastodon, "Import domain blocks"."""


def declare(parser: ArgumentParser) -> None:
    """The verbs of domains."""
    known = verbs(parser)
    one = known.add_parser("block", help="limit or suspend a server, with all names below it, or change how")
    one.add_argument("domain", metavar="DOMAIN")
    one.add_argument("--severity", choices=get_args(Severity), default="silence", help="silence, unless you say else")
    one.add_argument("--reject-media", action="store_true", help="keep no pictures and sounds of it")
    one.add_argument("--reject-reports", action="store_true", help="take no reports from it")
    one.add_argument("--public-comment", metavar="TEXT", default="", help="why, for everybody")
    one.add_argument("--private-comment", metavar="TEXT", default="", help="why, for those who run this server")
    one.add_argument("--obfuscate", action="store_true", help="star a part of the name where blocks are published")
    one.set_defaults(run=block)

    one = known.add_parser("unblock", help="take a block back; who was limited or suspended by it no longer is")
    one.add_argument("domain", metavar="DOMAIN")
    one.set_defaults(run=unblock)

    one = known.add_parser("blocks", help="list the blocks")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=list_blocks)

    one = known.add_parser("import", help="block every server of a CSV file; those that are blocked already stay so")
    one.add_argument("file", metavar="FILE", type=Path)
    one.set_defaults(run=take)

    one = known.add_parser("export", help="print the blocks as CSV that other servers can import")
    one.set_defaults(run=give)

    one = known.add_parser("allow", help="let a server in, where LIMITED_FEDERATION_MODE is on")
    one.add_argument("domain", metavar="DOMAIN")
    one.set_defaults(run=allow)

    one = known.add_parser("disallow", help="let it in no longer")
    one.add_argument("domain", metavar="DOMAIN")
    one.set_defaults(run=disallow)

    one = known.add_parser("allowed", help="list the servers that are let in by name")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=list_allowed)

    one = known.add_parser("enforce", help="apply all this anew, after LIMITED_FEDERATION_MODE was switched on or off")
    one.set_defaults(run=enforce)


@in_session
async def block(ctx: Context, options: Namespace) -> None:
    """Block a server."""
    names = BlockDraft.__struct_fields__
    async with ctx.db.transaction() as tx:
        made = await boundaries.block(tx, BlockDraft(**{name: getattr(options, name) for name in names}))
    print(f"{made.domain}: {made.severity}. A job does the rest.")


@in_session
async def unblock(ctx: Context, options: Namespace) -> None:
    """Take a block back."""
    async with ctx.db.transaction() as tx:
        await boundaries.unblock(tx, options.domain)
    print("Unblocked. A job does the rest; follows that ended with the block come back.")


@in_session
async def list_blocks(ctx: Context, options: Namespace) -> None:
    """List blocks."""
    found = await boundaries.blocks(ctx)
    if options.json:
        print_json([_shown(one) for one in found])
        return
    rows = [
        (one.domain, one.severity, one.reject_media, one.reject_reports, one.public_comment, one.private_comment)
        for one in found
    ]
    print_table(("domain", "severity", "no media", "no reports", "public comment", "private comment"), rows)


@in_session
async def take(ctx: Context, options: Namespace) -> None:
    """Import blocks."""
    with options.file.open(newline="", encoding="utf-8-sig") as file:
        drafts = [_draft(row) for row in csv.DictReader(file)]
    held = {one.domain for one in await boundaries.blocks(ctx)}
    made = 0
    async with ctx.db.transaction() as tx:
        for draft in drafts:
            if boundaries.check_domain(draft.domain) not in held:
                await boundaries.block(tx, draft)
                made += 1
    print(f"Blocked {made} servers; {len(drafts) - made} were blocked already.")


@in_session
async def give(ctx: Context, options: Namespace) -> None:
    """Export blocks."""
    writer = csv.writer(sys.stdout)
    writer.writerow(COLUMNS)
    for one in await boundaries.blocks(ctx):
        values = (one.domain, one.severity, one.reject_media, one.reject_reports, one.public_comment, one.obfuscate)
        writer.writerow([str(value).lower() if isinstance(value, bool) else value for value in values])


@in_session
async def allow(ctx: Context, options: Namespace) -> None:
    """Let a server in."""
    async with ctx.db.transaction() as tx:
        await boundaries.allow(tx, options.domain)
    print("Allowed.")


@in_session
async def disallow(ctx: Context, options: Namespace) -> None:
    """Let it in no longer."""
    async with ctx.db.transaction() as tx:
        await boundaries.disallow(tx, options.domain)
    print("Disallowed.")


@in_session
async def list_allowed(ctx: Context, options: Namespace) -> None:
    """List allowed servers."""
    async with ctx.db.reading() as db:
        found = await boundaries.allows(db)
    if options.json:
        print_json([{"domain": one.domain, "created_at": one.created_at} for one in found])
    else:
        print_table(("domain", "since"), [(one.domain, one.created_at) for one in found])


@in_session
async def enforce(ctx: Context, options: Namespace) -> None:
    """Apply everything anew."""
    async with ctx.db.transaction() as tx:
        await later(tx, moderation.reactions.enforce_all)
    print("A job does it.")


def _draft(row: Mapping[str, str | None]) -> BlockDraft:
    """A line of a file; files without # in the names of their columns are read too. Raises: Invalid."""
    values = {(name or "").lstrip("#"): (value or "").strip() for name, value in row.items()}
    if values.get("severity", "") not in ("", *get_args(Severity)):
        raise Invalid.because(f"{values.get('domain')} has an unknown severity: {values['severity']}")
    flags = {name: values.get(name, "").lower() == "true" for name in ("reject_media", "reject_reports", "obfuscate")}
    draft = {
        "domain": values.get("domain", ""),
        "severity": values.get("severity") or "silence",
        "public_comment": values.get("public_comment", ""),
    }
    return msgspec.convert(draft | flags, type=BlockDraft)


def _shown(one: DomainBlock) -> dict[str, Any]:
    return msgspec.structs.asdict(one) | {"id": str(one.id)}
