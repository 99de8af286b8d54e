"""`marula accounts`: the people of this server."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from marula.base.kernel.errors import Refused
from marula.cli import people
from marula.cli.calling import verbs
from marula.cli.people import Changes
from marula.cli.printing import print_json, print_table
from marula.cli.session import in_session
from marula.domain import accounts, departures, users
from marula.domain.context import Context
from marula.domain.users import User


def declare(parser: ArgumentParser) -> None:
    """The verbs of accounts."""
    known = verbs(parser)
    one = known.add_parser("create", help="make an account and print its password")
    one.add_argument("name", metavar="NAME")
    one.add_argument("--email", required=True)
    one.add_argument("--role", help="Owner, Admin or Moderator")
    one.add_argument("--confirmed", action="store_true", help="believe the e-mail address (so where no mail goes out)")
    one.add_argument("--approve", action="store_true", help="let them in where sign-ups are approved")
    one.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    one.set_defaults(run=create)

    one = known.add_parser("modify", help="change role, address, standing or password of an account")
    one.add_argument("name", metavar="NAME")
    role = one.add_mutually_exclusive_group()
    role.add_argument("--role", help="Owner, Admin or Moderator")
    role.add_argument("--remove-role", action="store_true")
    one.add_argument("--email", help="another e-mail address")
    one.add_argument("--confirm", action="store_true", help="believe the e-mail address")
    standing = one.add_mutually_exclusive_group()
    standing.add_argument("--enable", action="store_true", help="let them act again")
    standing.add_argument("--disable", action="store_true", help="let them act no more, and sign them out")
    one.add_argument("--approve", action="store_true", help="let a sign-up in")
    one.add_argument("--reset-password", action="store_true", help="make another password and print it")
    one.set_defaults(run=modify)

    one = known.add_parser("delete", help="remove an account for good, with everything it wrote")
    one.add_argument("name", metavar="NAME")
    one.set_defaults(run=delete)

    one = known.add_parser("list", help="list the accounts of this server")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=list_all)

    one = known.add_parser("show", help="show one account")
    one.add_argument("name", metavar="NAME")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=show)


@in_session
async def create(ctx: Context, options: Namespace) -> None:
    """Make an account."""
    password = sys.stdin.readline().rstrip("\r\n") if options.password_stdin else people.new_password()
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
        made = await users.register(tx, new)
    print(f"Made the account @{made.username} ({users.standing(made)}).")
    if not options.password_stdin:
        print(f"Password: {password}")


@in_session
async def modify(ctx: Context, options: Namespace) -> None:
    """Change an account."""
    changes = Changes(
        role="" if options.remove_role else options.role,
        email=options.email,
        confirm=options.confirm,
        approve=options.approve,
        enable=options.enable,
        disable=options.disable,
        password=people.new_password() if options.reset_password else None,
    )
    if changes == Changes():
        raise Refused("Say what to change: see `marula accounts modify --help`.")
    await people.change(ctx, options.name, changes)
    print(f"Changed the account @{options.name.removeprefix('@')}.")
    if changes.password is not None:
        print(f"Password: {changes.password}")


@in_session
async def delete(ctx: Context, options: Namespace) -> None:
    """Remove an account."""
    async with ctx.db.reading() as db:
        user = await people.named(db, options.name)
    await departures.remove(ctx, user.account_id)
    print(f"Deleted the account @{user.username}.")


@in_session
async def list_all(ctx: Context, options: Namespace) -> None:
    """List accounts."""
    shown = [await _shown(ctx, user) for user in await people.everybody(ctx)]
    if options.json:
        print_json(shown)
        return
    columns = ("username", "email", "role", "standing", "created_at", "last_active_at")
    print_table(columns, [[_short(row[column]) for column in columns] for row in shown])


@in_session
async def show(ctx: Context, options: Namespace) -> None:
    """Show one account."""
    async with ctx.db.reading() as db:
        user = await people.named(db, options.name)
        account = await accounts.by_id(db, user.account_id)
        stats = (await accounts.stats(db, [user.account_id]))[user.account_id]
    assert account is not None
    shown = await _shown(ctx, user) | {
        "display_name": account.display_name,
        "locked": account.locked,
        "url": f"{ctx.config.web_url}/@{user.username}",
        "posts": stats.statuses_count,
        "followers": stats.followers_count,
        "following": stats.following_count,
    }
    if options.json:
        print_json(shown)
    else:
        print_table(("field", "value"), list(shown.items()))


async def _shown(ctx: Context, user: User) -> dict[str, Any]:
    return {
        "id": str(user.account_id),
        "username": user.username,
        "email": user.email,
        "role": None if user.role_id is None else (await users.role_of(ctx, user)).name,
        "standing": users.standing(user),
        "confirmed": user.confirmed,
        "approved": user.approved,
        "disabled": user.disabled,
        "suspended": user.suspended,
        "created_at": user.created_at,
        "last_active_at": user.last_active_at,
    }


def _short(value: Any) -> Any:
    """Times to the minute."""
    return value.strftime("%Y-%m-%d %H:%M") if hasattr(value, "strftime") else value
