"""`marula settings`: what the owner decides while the server runs."""

from argparse import ArgumentParser, Namespace
from typing import Any

import msgspec

from marula.cli.calling import verbs
from marula.cli.printing import print_json, print_table
from marula.cli.session import in_session
from marula.domain import site
from marula.domain.context import Context


def declare(parser: ArgumentParser) -> None:
    """The verbs of settings."""
    known = verbs(parser)
    one = known.add_parser("get", help="print the value of a setting")
    one.add_argument("key", metavar="KEY")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=get)

    one = known.add_parser("set", help="give a setting a value, at once and without a restart")
    one.add_argument("key", metavar="KEY")
    one.add_argument("value", metavar="VALUE")
    one.set_defaults(run=put)

    one = known.add_parser("list", help="list the settings with their values")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=list_all)


@in_session
async def get(ctx: Context, options: Namespace) -> None:
    """Print a setting."""
    site.described(options.key)
    value = getattr(await site.get(ctx), options.key)
    if options.json:
        print_json(value)
    else:
        print(_text(value))


@in_session
async def put(ctx: Context, options: Namespace) -> None:
    """Change a setting."""
    async with ctx.db.transaction() as tx:
        await site.change(tx, options.key, options.value)
    print(f"Set {options.key}.")


@in_session
async def list_all(ctx: Context, options: Namespace) -> None:
    """List settings."""
    values: dict[str, Any] = msgspec.structs.asdict(await site.get(ctx))
    if options.json:
        print_json(values)
    else:
        rows = [(key, _text(value), site.described(key)) for key, value in values.items()]
        print_table(("setting", "value", "must be"), rows)


def _text(value: Any) -> str:
    """As it can be given to `set`."""
    return str(value).lower() if isinstance(value, bool) else str(value)
