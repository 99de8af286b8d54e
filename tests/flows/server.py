"""A whole server, as an operator starts it: `marula serve` in a folder of its own, on a port of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
PASSWORD = "correct horse battery"
START_LIMIT = 90.0


class Server:
    """A running server and the commands beside it."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.data = data
        self._log = data.with_name(f"{data.name}.log")
        self._environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("MARULA_", "DATABASE_"))
        } | {
            "PORT": str(self.port),
            "MARULA_DATA_DIR": str(data),
            "MARULA_RATE_LIMITS": "off",
            "PYTHONPATH": str(ROOT / "src"),
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "marula", "serve"],
                env=self._environment,
                stdout=log,
                stderr=log,
                cwd=self.data.parent,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                if httpx.get(f"{self.url}/health").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{self.log()}")

    def stop(self) -> int:
        """Stop it as Ctrl+C does; gives the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(20)
        self.process = None
        return code

    def kill(self) -> None:
        """Kill everything of it at once, as a power cut does: the server's processes and its database's."""
        assert self.process is not None
        for pid in self.processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()
        self.process = None

    def processes(self) -> list[int]:
        """Every process that belongs to this server."""
        mark = str(self.data).encode()
        found: list[int] = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                told = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
                link = os.readlink(entry / "cwd").encode()
            except (OSError, PermissionError):
                continue
            if mark in told or mark in link:
                found.append(int(entry.name))
        return found

    def run(self, *arguments: str, program: str = "marula") -> str:
        """A command beside the server; gives what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", program, *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            cwd=self.data.parent,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def person(self, name: str) -> str:
        """Somebody who may sign in; gives a token of theirs."""
        self.run("accounts", "create", name, "--email", f"{name}@example.org", "--confirmed", "--approve")
        return self.run("tokens", "create", name, "--scopes", "read write follow push").strip()

    def person_with_password(self, name: str) -> str:
        """Somebody who may sign in; gives the password that was made."""
        told = self.run("accounts", "create", name, "--email", f"{name}@example.org", "--confirmed", "--approve")
        found = re.search(r"[Pp]assword: (\S+)", told)
        assert found is not None, told
        return found[1]

    def log(self) -> str:
        return self._log.read_text()[-4000:]


@contextmanager
def server(folder: Path, **settings: str) -> Generator[Server]:
    """A server that is stopped, or else killed, when the block ends. `settings`: what its environment says besides."""
    made = Server(folder / "data", **settings)
    try:
        made.start()
        yield made
    finally:
        if made.process is not None:
            try:
                made.stop()
            except subprocess.TimeoutExpired:
                made.kill()


def allow(url: str, login: str, password: str) -> str:
    """What a person does in a browser with an OAuth link: sign in and allow. Gives the last address or the page."""
    with httpx.Client(follow_redirects=True, timeout=30) as browser:
        page = browser.get(url)
        assert page.status_code == 200, page.text
        if 'name="password"' in page.text:
            page = browser.post(str(page.url), data=_hidden(page.text) | {"login": login, "password": password})
            assert page.status_code == 200, page.text
        browser.follow_redirects = False
        page = browser.post(str(page.url), data=_hidden(page.text) | {"decision": "allow"})
        for _ in range(3):
            target = page.headers.get("location")
            if target is None:
                return page.text
            if not target.startswith(("/", url.partition("/oauth")[0])):
                return target
            page = browser.get(target)
        return page.text


def _hidden(page: str) -> dict[str, str]:
    fields = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page)
    return {
        name[1]: value[1]
        for field in fields
        if (name := re.search(r'name="([^"]*)"', field)) and (value := re.search(r'value="([^"]*)"', field))
    }


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
