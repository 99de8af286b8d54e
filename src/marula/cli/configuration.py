"""`marula config`: the settings of the process."""

from argparse import ArgumentParser, Namespace

from marula.base.kernel.config import Config
from marula.cli.calling import verbs
from marula.cli.printing import print_json, print_table


def declare(parser: ArgumentParser) -> None:
    """The verb of config."""
    one = verbs(parser).add_parser("show", help="what is in force and where it comes from; secrets are masked")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=show)


def show(config: Config, options: Namespace) -> None:
    """Show the settings in force."""
    if options.json:
        print_json(config.shown)
    else:
        rows = [(setting.name, setting.value or "-", setting.origin, setting.help) for setting in config.shown]
        print_table(("name", "value", "from", "what it is"), rows)
