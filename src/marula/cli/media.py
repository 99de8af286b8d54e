"""`marula media`: the files of posts, and how all files are kept."""

from argparse import ArgumentParser, Namespace

from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import AccountId, MediaId, PostId
from marula.cli import kept
from marula.cli.calling import verbs
from marula.cli.session import in_session
from marula.domain import accounts, media
from marula.domain.context import Context

BATCH = 200


def declare(parser: ArgumentParser) -> None:
    """The verbs of media."""
    known = verbs(parser)
    one = known.add_parser("refresh", help="fetch files of other servers again, of whom or of what you name")
    one.add_argument("--account", metavar="HANDLE", help="those of somebody's posts, such as ann@other.example")
    one.add_argument("--domain", metavar="NAME", help="those of the posts of a server")
    one.add_argument("--status", metavar="ID", type=int, help="those of one post")
    one.set_defaults(run=refresh)
    kept.declare(known)


@in_session
async def refresh(ctx: Context, options: Namespace) -> None:
    """Forget the copies, in batches, and let them be fetched by the workers."""
    if not (options.account or options.domain or options.status):
        raise Invalid.because("Say of what: --account, --domain or --status")
    account = None if options.account is None else await _account(ctx, options.account)
    post = None if options.status is None else PostId(options.status)
    last: MediaId | None = MediaId(0)
    while last is not None:
        async with ctx.db.transaction() as tx:
            last = await media.renew(tx, last, batch=BATCH, account=account, post=post, domain=options.domain)
    print("The files will be fetched again.")


async def _account(ctx: Context, handle: str) -> AccountId:
    username, _, domain = handle.removeprefix("@").partition("@")
    async with ctx.db.reading() as db:
        found = await accounts.by_handle(db, username, domain or None)
    if found is None:
        raise NotFound(f"Nobody is known as {handle}")
    return found.id
