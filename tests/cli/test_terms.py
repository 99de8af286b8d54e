"""`marula terms`."""

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Call


def test_terms_are_published_listed_and_withdrawn(call: Call, tmp_path: Path) -> None:
    text = tmp_path / "terms.md"
    text.write_text("# Be kind")
    answer = call("terms", "publish", str(text), "--effective", "2099-01-01")
    assert answer.out == "Published: https://marula.example/terms-of-service/2099-01-01\n"
    [one] = json.loads(call("terms", "list", "--json").out)
    assert (one["effective_on"], one["text"]) == ("2099-01-01", "# Be kind")
    assert "2099-01-01" in call("terms", "list").out
    assert call("terms", "withdraw", "2099-01-01").code == 0
    assert call("terms", "withdraw", "2099-01-01").code == 1


def test_terms_can_come_on_standard_input_and_hold_from_today(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("Be kind\n"))
    assert call("terms", "publish", "-").code == 0
    [one] = json.loads(call("terms", "list", "--json").out)
    assert "in force" in call("terms", "withdraw", one["effective_on"]).err


def test_what_cannot_be_is_refused(call: Call) -> None:
    assert "cannot be read" in call("terms", "publish", "nowhere.md").err
    assert call("terms", "publish", "x.md", "--effective", "soon").code == 2
