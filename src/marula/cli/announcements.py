"""`marula announcements`: what the operators tell everybody."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import UTC, datetime

import msgspec

from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AnnouncementId
from marula.cli.calling import verbs
from marula.cli.printing import print_json, print_table
from marula.cli.session import in_session
from marula.domain import announcements
from marula.domain.announcements import Announcement, Draft
from marula.domain.context import Context


def declare(parser: ArgumentParser) -> None:
    """The verbs of announcements."""
    known = verbs(parser)
    one = known.add_parser("create", help="write an announcement, publish it and print its id")
    one.add_argument("text", metavar="TEXT")
    _details(one)
    one.add_argument("--draft", action="store_true", help="do not publish it yet")
    one.set_defaults(run=create)

    one = known.add_parser("edit", help="change an announcement; what is not given stays")
    one.add_argument("id", metavar="ID", type=int)
    one.add_argument("--text", metavar="TEXT")
    _details(one)
    one.set_defaults(run=edit)

    for name, purpose, run in (
        ("publish", "let everybody read it", publish),
        ("unpublish", "take it back and keep it", unpublish),
        ("delete", "remove it with its reactions", delete),
    ):
        one = known.add_parser(name, help=purpose)
        one.add_argument("id", metavar="ID", type=int)
        one.set_defaults(run=run)

    one = known.add_parser("list", help="list all announcements, the latest first")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=list_all)


def _details(parser: ArgumentParser) -> None:
    for option, purpose in (
        ("--starts-at", "when what it tells of begins; it needs an end"),
        ("--ends-at", "when that is over, and the announcement with it"),
        ("--scheduled-at", "publish it at this time"),
    ):
        parser.add_argument(option, metavar="TIME", type=moment, help=f"{purpose} (such as 2026-03-01T12:00Z)")
    parser.add_argument("--all-day", action="store_true", default=None, help="only the days of start and end count")


def moment(text: str) -> datetime:
    """A time as written on a command line; without a zone it is UTC."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is no time such as 2026-03-01T12:00Z") from error
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


@in_session
async def create(ctx: Context, options: Namespace) -> None:
    """Write an announcement."""
    draft = _changed(Draft(text=options.text), options)
    async with ctx.db.transaction() as tx:
        made = await announcements.create(tx, draft)
        if not options.draft and draft.scheduled_at is None:
            await announcements.publish(tx, made)
    print(made)


@in_session
async def edit(ctx: Context, options: Namespace) -> None:
    """Change an announcement."""
    identifier = AnnouncementId(options.id)
    async with ctx.db.transaction() as tx:
        before = await announcements.by_id(tx, identifier)
        if before is None:
            raise NotFound
        await announcements.revise(tx, identifier, _changed(_said(before), options))
    print("Changed.")


@in_session
async def publish(ctx: Context, options: Namespace) -> None:
    """Publish an announcement."""
    async with ctx.db.transaction() as tx:
        await announcements.publish(tx, AnnouncementId(options.id))
    print("Published.")


@in_session
async def unpublish(ctx: Context, options: Namespace) -> None:
    """Take an announcement back."""
    async with ctx.db.transaction() as tx:
        await announcements.unpublish(tx, AnnouncementId(options.id))
    print("Unpublished.")


@in_session
async def delete(ctx: Context, options: Namespace) -> None:
    """Remove an announcement."""
    async with ctx.db.transaction() as tx:
        await announcements.delete(tx, AnnouncementId(options.id))
    print("Deleted.")


@in_session
async def list_all(ctx: Context, options: Namespace) -> None:
    """List announcements."""
    async with ctx.db.reading() as db:
        found = await announcements.listed(db)
    if options.json:
        print_json([msgspec.structs.asdict(one) | {"id": str(one.id)} for one in found])
    else:
        heads = ("id", "published", "scheduled", "starts", "ends", "text")
        print_table(
            heads, [(one.id, one.published_at, one.scheduled_at, one.starts_at, one.ends_at, one.text) for one in found]
        )


def _said(one: Announcement) -> Draft:
    return Draft(
        text=one.text,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        all_day=one.all_day,
        scheduled_at=one.scheduled_at,
    )


def _changed(draft: Draft, options: Namespace) -> Draft:
    names = ("text", "starts_at", "ends_at", "scheduled_at", "all_day")
    return msgspec.structs.replace(
        draft, **{name: value for name in names if (value := getattr(options, name)) is not None}
    )
