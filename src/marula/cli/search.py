"""`marula search`: the index in which posts are found."""

import sys
from argparse import ArgumentParser, Namespace

from marula.cli.calling import verbs
from marula.cli.session import in_session
from marula.domain import discovery
from marula.domain.context import Context

SAID_EVERY = 10_000


def declare(parser: ArgumentParser) -> None:
    """The verbs of search."""
    known = verbs(parser)
    one = known.add_parser("rebuild", help="index all posts anew, while the server runs; what is there stays findable")
    one.set_defaults(run=rebuild)


@in_session
async def rebuild(ctx: Context, options: Namespace) -> None:
    """Index all posts anew."""
    print(f"{await index_all(ctx)} posts read.")


async def index_all(ctx: Context) -> int:
    """Index all posts anew, and say on standard error how far that is. Gives the number of posts read."""
    done = said = 0
    async for done in discovery.rebuild(ctx):
        if done - said >= SAID_EVERY:
            print(f"{done} posts read …", file=sys.stderr)
            said = done
    return done
