"""`marula rules`: the rules of the house."""

from argparse import ArgumentParser, Namespace

from marula.base.kernel.ids import RuleId
from marula.cli.calling import verbs
from marula.cli.printing import print_json, print_table
from marula.cli.session import in_session
from marula.domain import site
from marula.domain.context import Context


def declare(parser: ArgumentParser) -> None:
    """The verbs of rules."""
    known = verbs(parser)
    one = known.add_parser("add", help="write a rule below all others and print its id")
    one.add_argument("text", metavar="TEXT")
    one.add_argument("--hint", default="", help="a longer explanation")
    one.set_defaults(run=add)

    one = known.add_parser("remove", help="take a rule away")
    one.add_argument("id", metavar="ID", type=int)
    one.set_defaults(run=remove)

    one = known.add_parser("list", help="list the rules")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=list_all)


@in_session
async def add(ctx: Context, options: Namespace) -> None:
    """Write a rule."""
    async with ctx.db.transaction() as tx:
        made = await site.add_rule(tx, options.text, options.hint)
    print(made)


@in_session
async def remove(ctx: Context, options: Namespace) -> None:
    """Take a rule away."""
    async with ctx.db.transaction() as tx:
        await site.remove_rule(tx, RuleId(options.id))
    print("Removed.")


@in_session
async def list_all(ctx: Context, options: Namespace) -> None:
    """List rules."""
    rules = await site.house_rules(ctx)
    if options.json:
        print_json([{"id": str(rule.id), "text": rule.text, "hint": rule.hint} for rule in rules])
    else:
        print_table(("id", "rule", "hint"), [(rule.id, rule.text, rule.hint) for rule in rules])
