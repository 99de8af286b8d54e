"""`marula demo`: fills an empty server with a small community, so that a newcomer sees it alive.

`cast.py` and `threads/` are what is said, `calendar.py` is when, `filling.py` writes it through the domain's actions.
Everybody and everything is invented.
"""

import asyncio
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from marula.base.kernel.config import Config
from marula.base.kernel.errors import Refused
from marula.cli import people
from marula.cli.demo import calendar
from marula.cli.demo.cast import GUIDE, PEOPLE
from marula.cli.demo.filling import Filling, ToldTime
from marula.cli.demo.threads import THREADS
from marula.cli.session import context, database, say
from marula.domain import accounts, users
from marula.domain.context import Context


def declare(parser: ArgumentParser) -> None:
    """`demo` has no options."""
    parser.set_defaults(run=demo)


def demo(config: Config, options: Namespace) -> None:
    """Fill an empty server and say how to sign in."""
    with database(config) as dsn:
        asyncio.run(_demo(config, dsn))


async def _demo(config: Config, dsn: str) -> None:
    now, password = datetime.now(UTC), people.new_password()
    clock = ToldTime(now)
    async with context(config, dsn, clock=clock) as ctx:
        await _check_empty(ctx)
        async with ctx.db.transaction() as tx:
            await users.ensure_roles(tx)
        say("Writing down the last month of a small community; this takes some seconds.")
        events = calendar.plan(PEOPLE, THREADS, now)
        await Filling(ctx, clock, password).run(events, now)
    number = sum(isinstance(event, calendar.Posted) for event in events)
    print(f"{len(PEOPLE)} people have written {number} posts.")
    print(f"Sign in at {config.web_url}/sign-in as one of them:")
    print(f"Username: {GUIDE}")
    print(f"Password: {password}")


async def _check_empty(ctx: Context) -> None:
    """Raises Refused when more than an owner is here, or anything was posted."""
    known = await people.everybody(ctx)
    async with ctx.db.reading() as db:
        stats = await accounts.stats(db, [user.account_id for user in known])
    if len(known) > 1 or any(one.statuses_count for one in stats.values()):
        raise Refused(
            "This server is not empty, so it is left as it is. The demo fills only a server without posts on which "
            "nobody but an owner has signed up; for another one, say --data FOLDER."
        )
