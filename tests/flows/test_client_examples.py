"""The examples of docs/clients.md, run as they stand."""

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

from tests.flows.server import Server

TEXT = (Path(__file__).parents[2] / "docs" / "clients.md").read_text()
EXAMPLES = re.findall(r"^```(bash|python)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def test_there_are_examples_in_both_languages() -> None:
    assert {language for language, _ in EXAMPLES} == {"bash", "python"}


@pytest.fixture(scope="module")
def token(shared_server: Server) -> str:
    return shared_server.person("tess")


@pytest.mark.parametrize(("language", "program"), EXAMPLES)
def test_an_example_works(shared_server: Server, token: str, language: str, program: str) -> None:
    if language == "bash" and which("curl") is None:
        pytest.skip("curl is not installed")
    command = [sys.executable, "-c", program] if language == "python" else ["bash", "-euc", program]
    environment = os.environ | {"SERVER": shared_server.url, "TOKEN": token}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
