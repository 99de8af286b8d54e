"""The npm client masto, as it is, walks through the server. Its steps stand in web/tests."""

import re

import pytest

from tests.flows.server import Server
from web.node import WEB, node, packages


@pytest.mark.parametrize("walk", sorted(path.name for path in (WEB / "tests").glob("*.test.mjs")))
def test_masto_walks(shared_server: Server, walk: str) -> None:
    packages()
    stem = walk.partition(".")[0]
    tokens = {name.upper(): shared_server.person(f"{name}_{stem}") for name in ("mara", "milo")}
    told = node("--test", f"tests/{walk}", environment={"URL": shared_server.url, **tokens})
    assert re.search(r"^# fail 0$|^ℹ fail 0$", told, re.MULTILINE), told
