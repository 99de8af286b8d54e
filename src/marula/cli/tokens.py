"""`marula tokens`: access tokens for bots and automation."""

from argparse import ArgumentParser, Namespace

from marula.base.kernel.errors import NotFound
from marula.cli import people
from marula.cli.calling import verbs
from marula.cli.session import in_session
from marula.domain import apps
from marula.domain.context import Context


def declare(parser: ArgumentParser) -> None:
    """The verbs of tokens."""
    known = verbs(parser)
    one = known.add_parser("create", help="print a new access token, and nothing else")
    one.add_argument("name", metavar="NAME", help="whose token")
    one.add_argument("--scopes", default="read", help='what it may do, such as "read write push" (default: read)')
    one.add_argument("--app", metavar="APP", default="Command line", help="the name of the program that will use it")
    one.set_defaults(run=create)

    one = known.add_parser("revoke", help="make a token worthless, or all of somebody")
    which = one.add_mutually_exclusive_group(required=True)
    which.add_argument("token", metavar="TOKEN", nargs="?")
    which.add_argument("--all", metavar="NAME", help="all tokens of this person")
    one.set_defaults(run=revoke)


@in_session
async def create(ctx: Context, options: Namespace) -> None:
    """Make a token."""
    async with ctx.db.transaction() as tx:
        user = await people.named(tx, options.name)
        issued = await apps.personal_token(tx, user.id, app_name=options.app, scopes=options.scopes)
    print(issued.token)


@in_session
async def revoke(ctx: Context, options: Namespace) -> None:
    """Make tokens worthless."""
    async with ctx.db.transaction() as tx:
        if options.all is not None:
            found = await apps.withdraw_all(tx, (await people.named(tx, options.all)).id)
        else:
            found = await apps.withdraw(tx, options.token)
    if not found:
        raise NotFound("There was no such token.")
    print("Revoked.")
