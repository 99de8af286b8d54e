"""The operator's commands: `marula …`, and `tootctl …` for those who know Mastodon's.

Each noun is a module with `declare(parser)`, which is imported only when its noun is called, so that every call answers
at once. Exit codes: 0 done, 1 refused, with the reason on standard error, 2 not understood.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib import import_module

from marula import __version__
from marula.cli.calling import answer, first_word, take_data

COMMANDS = {
    "serve": ("serve", "Serve everything: the database, the web and the jobs."),
    "web": ("processes", "Serve HTTP only, in one process."),
    "worker": ("processes", "Run jobs only, in one process."),
    "accounts": ("accounts", "Make, change, delete and list accounts."),
    "tokens": ("tokens", "Make and revoke access tokens, for bots and automation."),
    "settings": ("settings", "Read and change the settings of the site."),
    "terms": ("terms", "Publish and withdraw the terms of service."),
    "rules": ("rules", "Read and change the rules of the house."),
    "reports": ("reports", "Read what people report, and be done with it."),
    "domains": ("domains", "Limit, suspend and let in other servers."),
    "media": ("media", "Show what is kept, set how much may be, remove and fetch copies."),
    "moves": ("moves", "Let people go on elsewhere, or come from elsewhere."),
    "emoji": ("emoji", "Add, change, remove, import and export custom emoji."),
    "announcements": ("announcements", "Tell everybody something."),
    "search": ("search", "Index posts anew."),
    "trends": ("trends", "Review what trends."),
    "federation": ("federation", "Tell what other servers got, how they do, and send again."),
    "jobs": ("jobs", "List, retry and discard jobs."),
    "db": ("db", "Migrate, examine and open the database."),
    "config": ("configuration", "Show the settings of the process and where they come from."),
    "show": ("show", "Show what the program is made of: routes, events, jobs, config."),
    "demo": ("demo", "Fill an empty server with a small community."),
}
"""For each command: the module that declares it, and what it is for."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code. Raises SystemExit after help and for a call that is not understood."""
    words, data = take_data(sys.argv[1:] if argv is None else argv)
    chosen = first_word(words)
    parser = ArgumentParser(prog="marula", description="A federated social network server that one person can run.")
    parser.add_argument("--version", action="version", version=f"Marula {__version__}")
    parser.add_argument("--data", metavar="FOLDER", help="the data folder, with any command (else MARULA_DATA_DIR)")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (module, purpose) in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        if name == chosen:
            import_module(f"marula.cli.{module}").declare(command)
    return answer(parser.parse_args(words), data)
