"""A server on Fedify, of another maker in another language: it reads JSON-LD as such, and signs in all known ways."""

import os
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.flows.server import free_port
from web.node import packages, program

FOLDER = Path(__file__).parent
START_LIMIT = 30.0


class Fedify:
    """A running server on Fedify."""

    def __init__(self, port: int) -> None:
        self.url = f"http://localhost:{port}"
        self._client = httpx.Client(base_url=self.url, timeout=30)

    def person(self, name: str, *, locked: bool = False) -> "Somebody":
        """Somebody new there."""
        self.do("join", who=name, locked=locked)
        return Somebody(self, name)

    def do(self, verb: str, **what: Any) -> Any:
        """Let somebody do something; gives the id of what they made."""
        answer = self._client.post(f"/-/{verb}", json=what)
        assert answer.is_success, f"{verb}: {answer.text}"
        return answer.json()

    def heard(self, kind: str) -> list[Any]:
        """The activities of this kind that its inboxes took, as Fedify understood them, oldest first."""
        return [one for one in self._client.get("/-/heard").json() if one["type"] == kind]

    def answers(self) -> bool:
        """Whether it is up."""
        try:
            return self._client.get("/-/heard").is_success
        except httpx.TransportError:
            return False


class Somebody:
    """Somebody at the server on Fedify."""

    def __init__(self, home: Fedify, name: str) -> None:
        self.home = home
        self.name = name
        self.uri = f"{home.url}/users/{name}"
        self.handle = f"@{name}@{home.url.removeprefix('http://')}"

    def do(self, verb: str, **what: Any) -> Any:
        """Do something; gives the id of what was made."""
        return self.home.do(verb, who=self.name, **what)


@contextmanager
def fedify() -> Generator[Fedify]:
    """A server on Fedify that is stopped when the block ends. Skips where its packages cannot be had, but not in CI."""
    try:
        packages(FOLDER)
    except AssertionError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"the packages of Fedify cannot be installed here: {error}")
    port = free_port()
    running = subprocess.Popen([program(), "peer.mjs"], cwd=FOLDER, env={**os.environ, "PORT": str(port)})
    try:
        made = Fedify(port)
        deadline = time.monotonic() + START_LIMIT
        while not made.answers():
            assert running.poll() is None, "the server on Fedify ended"
            assert time.monotonic() < deadline, "the server on Fedify did not start"
            time.sleep(0.1)
        yield made
    finally:
        running.terminate()
        running.wait(10)
