"""`marula trends`: what may trend, in the words of those who watch over the server."""

from argparse import ArgumentParser, Namespace

from marula.cli.calling import verbs
from marula.cli.printing import print_json, print_table
from marula.cli.session import in_session
from marula.domain import discovery
from marula.domain.context import Context

KINDS: dict[str, discovery.Trending] = {"tags": "tags", "links": "links", "posts": "posts"}
LISTED = 100


def declare(parser: ArgumentParser) -> None:
    """The verbs of trends."""
    known = verbs(parser)
    one = known.add_parser("list", help="list what is popular now, whether it was reviewed or not, the best first")
    one.add_argument("what", choices=KINDS)
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=list_all)
    for name, purpose, trendable in (
        ("approve", "let something trend whenever it is popular", True),
        ("reject", "never let something trend", False),
    ):
        one = known.add_parser(name, help=purpose)
        one.add_argument("what", choices=KINDS)
        one.add_argument("id", metavar="ID", type=int)
        one.set_defaults(run=review, trendable=trendable)


@in_session
async def list_all(ctx: Context, options: Namespace) -> None:
    """List what is popular."""
    async with ctx.db.reading() as db:
        found = await discovery.popular(db, KINDS[options.what], LISTED)
    if options.json:
        print_json(
            [{"id": str(one.id), "what": one.shown, "score": one.score, "trendable": one.trendable} for one in found]
        )
        return
    words = {None: "not reviewed", True: "approved", False: "rejected"}
    print_table(
        ("id", "what", "score", "review"),
        [(one.id, one.shown, f"{one.score:.1f}", words[one.trendable]) for one in found],
    )


@in_session
async def review(ctx: Context, options: Namespace) -> None:
    """Let something trend, or not."""
    async with ctx.db.transaction() as tx:
        await discovery.review_trend(tx, KINDS[options.what], options.id, trendable=options.trendable)
    print("Approved." if options.trendable else "Rejected.")
