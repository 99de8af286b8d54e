"""`marula media`: what is kept, and how much may be."""

from argparse import Namespace
from datetime import timedelta
from typing import TYPE_CHECKING

from marula.base.kernel.errors import Invalid
from marula.base.kernel.variables import amount
from marula.cli.printing import print_json, print_table
from marula.cli.session import in_session
from marula.domain import site, storage
from marula.domain.context import Context
from marula.domain.storage import Usage

if TYPE_CHECKING:
    from marula.cli.calling import Nouns

ALL = 1 << 62
"""More bytes than there are."""


def declare(known: "Nouns") -> None:
    """The verbs for all files."""
    one = known.add_parser("usage", help="show how much is kept, and for how long there is room")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=usage)

    one = known.add_parser("ceiling", help="show or set how much room copies of others' files may take")
    one.add_argument("amount", metavar="AMOUNT", nargs="?", help="such as 50GB, or `default`")
    one.set_defaults(run=ceiling)

    one = known.add_parser("remove", help="remove copies of others' files that nobody looked at lately")
    one.add_argument("--days", type=int, default=7, help="how long nobody looked at them (default: 7)")
    one.set_defaults(run=remove)

    one = known.add_parser("reconcile", help="find files that nobody knows of, and what is not there any more")
    one.add_argument("--dry-run", action="store_true", help="only say what there is")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=reconcile)


@in_session
async def usage(ctx: Context, options: Namespace) -> None:
    """Show what is kept."""
    found = await storage.usage(ctx)
    if options.json:
        print_json(found)
        return
    print_table(
        ("for", "whose", "files", "size"),
        [
            (one.purpose.name.lower(), "others'" if one.remote else "ours", one.files, shown(one.bytes))
            for one in found.totals
        ],
    )
    for line in _lines(found):
        print(line)


@in_session
async def ceiling(ctx: Context, options: Namespace) -> None:
    """Show or set the ceiling. What is above it goes within the hour, or as soon as a file comes."""
    if options.amount is not None:
        async with ctx.db.transaction() as tx:
            await site.change(tx, "remote_media_ceiling", _bytes(options.amount))
    async with ctx.db.reading() as db:
        taken = await storage.total(db, remote=True)
        most = (await site.settings(db)).remote_media_ceiling or ctx.config.remote_media_ceiling
    print(f"Copies of others' files take {shown(taken)} of at most {shown(most)}.")


@in_session
async def remove(ctx: Context, options: Namespace) -> None:
    """Remove copies, but for those that people here care for."""
    if options.days < 0:
        raise Invalid.field("days", "must not be less than 0")
    since = ctx.clock.now() - timedelta(days=options.days)
    freed = await storage.evict(ctx, ALL, unseen_since=since)
    print(f"Removed copies of {shown(freed)}.")


@in_session
async def reconcile(ctx: Context, options: Namespace) -> None:
    """Compare the ledger with the files."""
    found = await storage.reconcile(ctx, mend=not options.dry_run)
    if options.json:
        print_json(found)
        return
    later = "They would be fetched again." if options.dry_run else "They are fetched again when looked at."
    gone = "there" if options.dry_run else "removed"
    print(f"Files that nobody knows of: {found.strays} of {shown(found.stray_bytes)}, {gone}.")
    print(f"Files that are none of ours, left alone: {found.foreign}.")
    print(f"Copies that are not there as they were written: {found.copies}. {later}")
    print(f"Files of people here that are lost: {len(found.lost)}.")
    for key in found.lost:
        print(f"  {key}")


def shown(size: int) -> str:
    """An amount of bytes for people."""
    value, unit = float(size), "bytes"
    for larger in ("KB", "MB", "GB", "TB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    return f"{size} bytes" if unit == "bytes" else f"{value:.1f} {unit}"


def _bytes(text: str) -> int:
    if text == "default":
        return 0
    try:
        return amount(text)
    except ValueError as error:
        raise Invalid.because(f"The ceiling {error}, such as 50GB, or `default`") from error


def _lines(found: Usage) -> list[str]:
    lines = [f"Copies of others' files take {shown(found.today.remote)} of at most {shown(found.ceiling)}."]
    if found.today.total is not None and found.today.free is not None:
        lines.append(f"The disk has {shown(found.today.free)} of {shown(found.today.total)} left.")
    if found.full_on is not None:
        lines.append(f"It will be full on {found.full_on.isoformat()} if it goes on filling as it does.")
    return [*lines, *([found.warning] if found.warning else [])]
