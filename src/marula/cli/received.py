"""`marula federation received`: what other servers sent, what became of it, and why."""

from argparse import Namespace
from typing import TYPE_CHECKING

from marula.base.kernel import ids
from marula.cli.printing import print_json, print_table
from marula.cli.session import in_session
from marula.domain import intake
from marula.domain.context import Context
from marula.domain.intake import ArrivalId

if TYPE_CHECKING:
    from marula.cli.calling import Nouns

LISTED = 50

_STATES = {
    "waiting": "waits",
    "accepted": "done",
    "ignored": "ignored",
    "rejected": "refused",
    "dead": "failed for good",
}


def declare(known: "Nouns") -> None:
    """The verbs for what comes in."""
    one = known.add_parser("received", help="tell what other servers sent, what became of it, and why")
    one.add_argument("--host", metavar="NAME", help="only what this server sent")
    one.add_argument("--dead", action="store_true", help="only what failed for good")
    one.add_argument("--last", type=int, default=LISTED, metavar="N", help=f"how many, the latest first ({LISTED})")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=received)

    one = known.add_parser("work-again", help="try again what other servers sent and failed for good here")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=work_again)


@in_session
async def received(ctx: Context, options: Namespace) -> None:
    """What came, the latest first."""
    async with ctx.db.reading() as db:
        found = await intake.listed(
            db,
            host=None if options.host is None else options.host.lower(),
            dead=options.dead,
            before=ArrivalId(ids.LARGEST),
            limit=max(1, options.last),
        )
    if options.json:
        print_json(found)
        return
    heads = ("arrived", "host", "what", "who", "became", "failures", "why")
    rows = [
        (
            *(f"{one.arrived_at:%Y-%m-%d %H:%M:%S}", one.host, one.kind, one.actor),
            *(_STATES[one.state], one.attempts, one.why),
        )
        for one in found
    ]
    print_table(heads, rows)
    if not found:
        print(f"\nNothing came within the last {ctx.config.arrivals_kept} days.")


@in_session
async def work_again(ctx: Context, options: Namespace) -> None:
    """Try dead arrivals again, from their first attempt."""
    async with ctx.db.transaction() as tx:
        number = await intake.revive(tx, None)
    if options.json:
        print_json({"tried": number})
    else:
        print(f"{number} {'activity is' if number == 1 else 'activities are'} tried again.")
