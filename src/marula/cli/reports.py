"""`marula reports`: what people report, for those who watch over the server."""

from argparse import ArgumentParser, Namespace
from typing import Any

import msgspec

from marula.base.db import Connection
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import LARGEST, ReportId
from marula.cli.calling import verbs
from marula.cli.printing import print_json, print_table
from marula.cli.session import in_session
from marula.domain import accounts, moderation, posts, site
from marula.domain.context import Context
from marula.domain.moderation import Report

LISTED = 100


def declare(parser: ArgumentParser) -> None:
    """The verbs of reports."""
    known = verbs(parser)
    one = known.add_parser("list", help=f"list the {LISTED} latest reports that wait for an answer")
    one.add_argument("--all", action="store_true", help="those that were answered, too")
    one.add_argument("--before", metavar="ID", type=int, default=LARGEST, help="only older ones than this")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=list_some)

    one = known.add_parser("show", help="show a report with the posts it names")
    one.add_argument("id", metavar="ID", type=int)
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=show)

    one = known.add_parser("resolve", help="be done with a report")
    one.add_argument("id", metavar="ID", type=int)
    one.set_defaults(run=resolve)


@in_session
async def list_some(ctx: Context, options: Namespace) -> None:
    """List reports."""
    pick = moderation.all_of_them if options.all else moderation.open_ones
    async with ctx.db.reading() as db:
        found = await pick(db, before=ReportId(options.before), limit=LISTED)
        names = await _names(db, found)
    if options.json:
        print_json([_shown(one, names) for one in found])
        return
    rows = [
        (
            one.id,
            one.created_at,
            names[one.account_id],
            names[one.target_id],
            one.category,
            one.resolved_at,
            one.comment,
        )
        for one in found
    ]
    print_table(("id", "made", "by", "about", "category", "resolved", "comment"), rows)


@in_session
async def show(ctx: Context, options: Namespace) -> None:
    """Show a report."""
    async with ctx.db.reading() as db:
        found = (await moderation.by_ids(db, [ReportId(options.id)])).get(ReportId(options.id))
        if found is None:
            raise NotFound
        told = _shown(found, await _names(db, [found]))
        told["posts"] = [{"id": str(one.id), "text": one.text} for one in await posts.many(db, found.post_ids)]
    named = set(found.rule_ids or ())
    told["rules"] = [rule.text for rule in await site.house_rules(ctx) if rule.id in named]
    if options.json:
        print_json(told)
        return
    for name, value in told.items():
        print(f"{name}: {_words(value)}")


@in_session
async def resolve(ctx: Context, options: Namespace) -> None:
    """Resolve a report."""
    async with ctx.db.transaction() as tx:
        await moderation.resolve(tx, ReportId(options.id))
    print("Resolved.")


async def _names(db: Connection, reports: list[Report]) -> dict[int, str]:
    people = {one.account_id for one in reports} | {one.target_id for one in reports}
    return {account.id: account.acct for account in await accounts.many(db, list(people))}


def _shown(one: Report, names: dict[int, str]) -> dict[str, Any]:
    told = msgspec.structs.asdict(one)
    for name in ("account_id", "target_id", "post_ids", "collection_ids", "rule_ids"):
        del told[name]
    ids = [str(identifier) for identifier in one.collection_ids]
    return told | {
        "id": str(one.id),
        "by": names[one.account_id],
        "about": names[one.target_id],
        "collections": ids,
    }


def _words(value: Any) -> str:
    if not isinstance(value, list):
        return "-" if value is None else str(value)
    return "".join(f"\n  {item['id']}: {item['text']}" if isinstance(item, dict) else f"\n  {item}" for item in value)
