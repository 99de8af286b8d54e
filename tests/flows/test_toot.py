"""The command-line client toot, as it is, walks through the server."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.server import Server, allow

TOOT = Path(sys.executable).with_name("toot")


class Toot:
    """The program with a home of its own."""

    def __init__(self, home: Path) -> None:
        self._environment = os.environ | {"XDG_CONFIG_HOME": str(home), "HOME": str(home), "BROWSER": "true"}

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run(
            [TOOT, "--no-color", *arguments], env=self._environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"toot {arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def login(self, server: Server, login: str, password: str) -> None:
        process = subprocess.Popen(
            [TOOT, "login", "--instance", server.url],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        url = next(line.strip() for line in process.stdout if line.startswith("http"))
        page = allow(url, login, password)
        code = re.search(r"<(?:code|output|input)[^>]*?(?:value=\"|>)([A-Za-z0-9_-]{20,})", page)
        assert code is not None, page
        told, _ = process.communicate(f"n\n{code[1]}\n", timeout=30)
        assert "Successfully logged in" in told, told


@pytest.fixture(scope="module")
def toot(shared_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Toot:
    made = Toot(tmp_path_factory.mktemp("toot"))
    made.login(shared_server, "cleo@example.org", shared_server.person_with_password("cleo"))
    return made


def test_toot_posts_reads_follows_and_deletes(toot: Toot, shared_server: Server) -> None:
    shared_server.person("dan")
    assert "cleo" in toot("whoami")
    posted = toot("post", "Hello from a terminal #toot")
    found = re.search(r"/(\d+)\s*$", posted.strip())
    assert found is not None, posted
    identifier = found[1]
    assert "Hello from a terminal" in toot("status", identifier)
    assert "Hello from a terminal" in toot("timelines", "public", "--no-pager", "--local")
    assert "Hello from a terminal" in toot("timelines", "tag", "toot", "--no-pager")
    assert "favourited" in toot("favourite", identifier)
    assert "reblogged" in toot("reblog", identifier)
    assert "bookmarked" in toot("bookmark", identifier)
    assert "cleo" in toot("reblogged-by", identifier)
    toot("post", "--reply-to", identifier, "And an answer")
    assert "And an answer" in toot("thread", identifier)
    assert "following dan" in toot("follow", "dan")
    assert "dan" in toot("following", "cleo")
    assert "dan" in toot("whois", "dan")
    assert "muted" in toot("mute", "dan")
    assert "no longer muted" in toot("unmute", "dan")
    toot("notifications")
    assert "deleted" in toot("delete", identifier)


def test_toot_keeps_lists_and_follows_hashtags(toot: Toot, shared_server: Server) -> None:
    shared_server.person("eve")
    toot("follow", "eve")
    toot("lists", "create", "friends")
    assert "friends" in toot("lists", "list")
    toot("lists", "add", "friends", "eve")
    assert "eve" in toot("lists", "accounts", "friends")
    toot("timelines", "list", "friends", "--no-pager")
    toot("lists", "remove", "friends", "eve")
    assert "eve" not in toot("lists", "accounts", "friends")
    toot("lists", "delete", "friends")
    assert "friends" not in toot("lists", "list")
    toot("tags", "follow", "gecko")
    assert "gecko" in toot("tags", "followed")
    assert "gecko" in toot("tags", "info", "gecko")
    toot("tags", "unfollow", "gecko")
    assert "gecko" not in toot("tags", "followed")
    toot("tags", "feature", "gecko")
    assert "gecko" in toot("tags", "featured")
    toot("tags", "unfeature", "gecko")
    assert "gecko" not in toot("tags", "featured")
