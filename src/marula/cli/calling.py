"""From the words of a call to its exit code."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from marula.base.kernel.config import Config, load
from marula.base.kernel.errors import MarulaError

if TYPE_CHECKING:
    from argparse import _SubParsersAction  # pyright: ignore[reportPrivateUsage]

    Nouns: TypeAlias = "_SubParsersAction[ArgumentParser]"

Command: TypeAlias = Callable[[Config, Namespace], None]
"""What `set_defaults(run=…)` of a command names. It prints its answer and raises a MarulaError to refuse."""

ENV_FILE = Path(".env")
DONE, REFUSED = 0, 1


def take_data(words: Sequence[str]) -> tuple[list[str], str | None]:
    """The words without `--data FOLDER`, wherever it stands, and the folder."""
    kept: list[str] = []
    data: str | None = None
    rest = iter(words)
    for word in rest:
        if word == "--":
            return [*kept, word, *rest], data
        if word == "--data":
            data = next(rest, "")
        elif word.startswith("--data="):
            data = word.removeprefix("--data=")
        else:
            kept.append(word)
    return kept, data


def first_word(words: Sequence[str]) -> str | None:
    """The first word that is no option."""
    return next((word for word in words if not word.startswith("-")), None)


def verbs(parser: ArgumentParser) -> "Nouns":
    """Where the verbs of a noun are declared."""
    return parser.add_subparsers(title="commands", metavar="COMMAND", required=True)


def answer(options: Namespace, data: str | None) -> int:
    """Run the chosen command with the settings in force; gives the exit code."""
    run: Command = options.run
    environ = os.environ if data is None else os.environ | {"MARULA_DATA_DIR": data}
    try:
        run(load(environ, ENV_FILE), options)
        sys.stdout.flush()
    except MarulaError as error:
        print(error.why, file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except KeyboardInterrupt:
        return REFUSED
    return DONE
