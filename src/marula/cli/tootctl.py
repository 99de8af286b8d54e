"""`tootctl`: the names, options and answers that operators and scripts of Mastodon know.

Spec: Mastodon documentation, admin/tootctl
"""

import sys
from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from collections.abc import Sequence

from marula.base.kernel.config import Config
from marula.base.kernel.errors import Conflict, NotFound, Refused
from marula.cli import emoji, kept, people
from marula.cli.calling import answer, take_data, verbs
from marula.cli.later import LATER
from marula.cli.people import Changes
from marula.cli.search import index_all
from marula.cli.session import in_session
from marula.domain import accounts, departures, site, users
from marula.domain.context import Context
from marula.domain.users import User
from marula.views.instance import VERSION

MODES: dict[str, site.Registrations] = {"open": "open", "close": "none", "approved": "approved"}
ALL_PENDING = 1_000_000


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code. Raises SystemExit after help and for a call that is not understood."""
    words, data = take_data(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["help"]:
        words = [*words[1:], "--help"]
    later = next((name for name in LATER if words[: len(name.split())] == name.split()), None)
    if later is not None and not {"--help", "-h"} & set(words):
        print(f"tootctl {later} comes with a later release of Marula.", file=sys.stderr)
        return 1
    return answer(_parser().parse_args(words), data)


@in_session
async def create(ctx: Context, options: Namespace) -> None:
    """Make an account."""
    if options.reattach:
        await _make_room(ctx, options.name, force=options.force)
    password = people.new_password()
    new = await people.draft(
        ctx,
        options.name,
        options.email,
        password,
        role=options.role,
        confirmed=options.confirmed,
        approve=options.approve,
    )
    async with ctx.db.transaction() as tx:
        await users.register(tx, new)
    print("OK")
    print(f"New password: {password}")


@in_session
async def modify(ctx: Context, options: Namespace) -> None:
    """Change an account."""
    password = people.new_password() if options.reset_password else None
    changes = Changes(
        role="" if options.remove_role else options.role,
        email=options.email,
        confirm=options.confirm,
        approve=options.approve,
        enable=options.enable,
        disable=options.disable,
        password=password,
    )
    await people.change(ctx, options.name, changes)
    print("OK")
    if password is not None:
        print(f"New password: {password}")


@in_session
async def delete(ctx: Context, options: Namespace) -> None:
    """Remove an account, named by its username or its e-mail address."""
    if (options.name is None) == (options.email is None):
        raise Refused("No username provided" if options.name is None else "Use username or --email, not both")
    user = await _found(ctx, options)
    async with ctx.db.reading() as db:
        posts = (await accounts.stats(db, [user.account_id]))[user.account_id].statuses_count
    dry = " (DRY RUN)" if options.dry_run else ""
    print(f"Deleting user with {posts} statuses, this might take a while...{dry}")
    if not options.dry_run:
        await departures.remove(ctx, user.account_id)
    print(f"OK{dry}")


@in_session
async def approve(ctx: Context, options: Namespace) -> None:
    """Let in one sign-up, the oldest few, or all."""
    if options.number is not None and options.number <= 0:
        raise Refused("Number must be positive")
    if options.name is None and options.number is None and not options.all:
        raise Refused("Say whom to approve: USERNAME, --number N or --all")
    async with ctx.db.reading() as db:
        if options.name:
            waiting = [await people.named(db, options.name)]
        else:
            limit = ALL_PENDING if options.number is None else int(options.number)
            waiting = await users.pending(db, limit=limit)
    for user in waiting:
        async with ctx.db.transaction() as tx:
            await users.approve(tx, user)
    print("OK")


@in_session
async def registrations(ctx: Context, options: Namespace) -> None:
    """Open or close sign-up."""
    async with ctx.db.transaction() as tx:
        await site.change(tx, "registrations", MODES[options.mode])
        if options.mode == "approved":
            await site.change(tx, "reason_required", options.require_reason)
    print("OK")


@in_session
async def deploy_search(ctx: Context, options: Namespace) -> None:
    """Index the posts anew. Accounts and hashtags are searched where they stand, and there is no mapping to make."""
    posts = options.only is None or {"statuses", "public_statuses"} & set(options.only)
    if posts and options.fill and not options.only_mapping:
        print(f"Indexed {await index_all(ctx)} records")
    print("OK")


def version(config: Config, options: Namespace) -> None:
    """Print the version."""
    print(VERSION)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="tootctl", description="Mastodon's administration commands, answered by Marula.")
    parser.add_argument("--version", "-v", action="version", version=VERSION)
    parser.add_argument("--data", metavar="FOLDER", help="the data folder, with any command (else MARULA_DATA_DIR)")
    nouns = verbs(parser)
    _declare_accounts(nouns.add_parser("accounts", help="manage accounts"))
    known = verbs(nouns.add_parser("settings", help="manage settings"))
    modes = verbs(known.add_parser("registrations", help="open and close sign-up"))
    for mode in MODES:
        one = modes.add_parser(mode, help=f"registrations: {mode}")
        if mode == "approved":
            one.add_argument("--require-reason", "--require-invite-text", action="store_true")
        one.set_defaults(run=registrations, mode=mode)
    emoji.declare_for_tootctl(nouns.add_parser("emoji", help="manage custom emoji"))
    _declare_search(nouns.add_parser("search", help="manage the search index"))
    _declare_media(nouns.add_parser("media", help="manage files"))
    nouns.add_parser("version", help="print the version").set_defaults(run=version)
    nouns.add_parser("help", help="describe a command")
    return parser


def _declare_accounts(parser: ArgumentParser) -> None:
    known = verbs(parser)
    one = known.add_parser("create", help="create an account and print its password")
    one.add_argument("name", metavar="USERNAME")
    one.add_argument("--email", required=True)
    one.add_argument("--role")
    for switch in ("--confirmed", "--approve", "--reattach", "--force"):
        one.add_argument(switch, action="store_true")
    one.set_defaults(run=create)

    one = known.add_parser("modify", help="change an account")
    one.add_argument("name", metavar="USERNAME")
    one.add_argument("--role")
    one.add_argument("--email")
    for switch in ("--remove-role", "--confirm", "--enable", "--disable", "--approve", "--reset-password"):
        one.add_argument(switch, action="store_true")
    one.set_defaults(run=modify)

    one = known.add_parser("delete", help="delete an account")
    one.add_argument("name", metavar="USERNAME", nargs="?")
    one.add_argument("--email")
    one.add_argument("--dry-run", action="store_true")
    one.set_defaults(run=delete)

    one = known.add_parser("approve", help="approve sign-ups")
    one.add_argument("name", metavar="USERNAME", nargs="?")
    one.add_argument("--number", "-n", type=int)
    one.add_argument("--all", action="store_true")
    one.set_defaults(run=approve)


def _declare_media(parser: ArgumentParser) -> None:
    known = verbs(parser)
    one = known.add_parser("remove", help="remove copies of files of posts of other servers")
    one.add_argument("--days", "-d", type=int, default=7)
    one.add_argument("--concurrency", "-c", type=int, default=5, help="accepted; Marula removes in one process")
    one.set_defaults(run=kept.remove)
    one = known.add_parser("remove-orphans", help="remove files that nobody knows of")
    one.add_argument("--dry-run", action="store_true")
    one.set_defaults(run=kept.reconcile, json=False)
    known.add_parser("usage", help="show how much is kept").set_defaults(run=kept.usage, json=False)


def _declare_search(parser: ArgumentParser) -> None:
    one = verbs(parser).add_parser("deploy", help="create or refresh the search index")
    one.add_argument("--batch-size", "-b", type=int, default=100, help="accepted; Marula knows its batches")
    one.add_argument("--concurrency", "-c", type=int, default=5, help="accepted; Marula indexes in one process")
    one.add_argument("--only", nargs="+", choices=("instances", "accounts", "tags", "statuses", "public_statuses"))
    one.add_argument("--only-mapping", action="store_true", help="do nothing: there is no mapping")
    one.add_argument("--reset-chewy", action="store_true", help="accepted; there is no Elasticsearch")
    one.add_argument("--import", dest="fill", action=BooleanOptionalAction, default=True)
    one.add_argument("--clean", action=BooleanOptionalAction, default=True, help="accepted; indexing anew also cleans")
    one.set_defaults(run=deploy_search)


async def _found(ctx: Context, options: Namespace) -> User:
    async with ctx.db.reading() as db:
        if options.name is not None:
            return await people.named(db, options.name)
        found = await users.by_email(db, options.email)
    if found is None:
        raise NotFound("No user with such email")
    return found


async def _make_room(ctx: Context, username: str, *, force: bool) -> None:
    """Free a username that is in use, with force. Raises Conflict without."""
    async with ctx.db.reading() as db:
        user = await users.by_username(db, username)
    if user is None:
        return
    if not force:
        raise Conflict(
            "The chosen username is currently in use\nUse --force to reattach it anyway and delete the other user"
        )
    await departures.remove(ctx, user.account_id)


if __name__ == "__main__":
    sys.exit(main())
