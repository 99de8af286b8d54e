"""`marula moves`: people who go on elsewhere, or come from elsewhere."""

from argparse import ArgumentParser, Namespace

from marula.base.kernel.errors import NotFound
from marula.cli import people
from marula.cli.calling import verbs
from marula.cli.session import in_session
from marula.domain import accounts, moves
from marula.domain.context import Context


def declare(parser: ArgumentParser) -> None:
    """The verbs of moves."""
    known = verbs(parser)
    one = known.add_parser("alias", help="let another account, here or elsewhere, move to one of this server")
    one.add_argument("name", metavar="NAME", help="the account of this server")
    one.add_argument("handle", metavar="HANDLE", help="the other one, such as ann@other.example")
    one.add_argument("--remove", action="store_true", help="let it no longer")
    one.set_defaults(run=alias)

    one = known.add_parser("start", help="move an account of this server, with its followers, to one that names it")
    one.add_argument("name", metavar="NAME")
    one.add_argument("handle", metavar="HANDLE", help="where to: it must have NAME as an alias")
    one.set_defaults(run=start)

    one = known.add_parser("show", help="show the aliases of an account and where it went")
    one.add_argument("name", metavar="NAME")
    one.set_defaults(run=show)


@in_session
async def alias(ctx: Context, options: Namespace) -> None:
    """Add or remove an alias."""
    async with ctx.db.reading() as db:
        user = await people.named(db, options.name)
    uri = await moves.draft_alias(ctx, user.account_id, options.handle)
    change = moves.remove_alias if options.remove else moves.add_alias
    async with ctx.db.transaction() as tx:
        await change(tx, user.account_id, uri)
    print(f"{uri} is {'no longer' if options.remove else 'now'} an alias of @{user.username}.")


@in_session
async def start(ctx: Context, options: Namespace) -> None:
    """Move an account."""
    async with ctx.db.reading() as db:
        user = await people.named(db, options.name)
        mover = await accounts.by_id(db, user.account_id)
    if mover is None:
        raise NotFound
    target = await moves.draft_move(ctx, mover.id, options.handle)
    async with ctx.db.transaction() as tx:
        await moves.move(tx, mover.id, target, moves.uri_of(ctx, mover))
    print(f"@{user.username} goes on as {options.handle}. Jobs take the followers along.")


@in_session
async def show(ctx: Context, options: Namespace) -> None:
    """Show aliases and where to."""
    async with ctx.db.reading() as db:
        user = await people.named(db, options.name)
        found = await accounts.by_id(db, user.account_id)
        latest = await moves.latest(db, user.account_id)
        target = None if latest is None else await accounts.by_id(db, latest.target_id)
    for uri in () if found is None else found.also_known_as:
        print(f"alias: {uri}")
    if latest is not None and target is not None:
        print(f"moved to @{target.acct} on {latest.created_at:%Y-%m-%d}, with {latest.followers_count} followers then")
