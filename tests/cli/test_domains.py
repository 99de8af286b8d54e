"""`marula domains`."""

import json
from pathlib import Path

from tests.cli.conftest import Call


def test_a_server_is_blocked_listed_and_unblocked(call: Call) -> None:
    answer = call("domains", "block", "Evil.example", "--severity", "suspend", "--private-comment", "spam")
    assert answer.out == "evil.example: suspend. A job does the rest.\n"
    (listed,) = json.loads(call("domains", "blocks", "--json").out)
    assert (listed["domain"], listed["severity"], listed["private_comment"]) == ("evil.example", "suspend", "spam")
    assert "evil.example" in call("domains", "blocks").out
    assert call("domains", "unblock", "evil.example").code == 0
    assert call("domains", "unblock", "evil.example").code == 1


def test_what_is_exported_can_be_imported(call: Call, tmp_path: Path) -> None:
    call("domains", "block", "evil.example", "--severity", "suspend", "--public-comment", 'They say "no", often')
    call("domains", "block", "loud.example", "--reject-media")
    file = tmp_path / "blocks.csv"
    file.write_text(call("domains", "export").out)
    assert file.read_text().startswith("#domain,#severity,#reject_media,")
    call("domains", "unblock", "evil.example")
    assert call("domains", "import", str(file)).out == "Blocked 1 servers; 1 were blocked already.\n"
    found = {one["domain"]: one for one in json.loads(call("domains", "blocks", "--json").out)}
    assert found["evil.example"]["public_comment"] == 'They say "no", often'
    assert found["loud.example"]["reject_media"] is True


def test_a_file_with_a_fault_blocks_nobody(call: Call, tmp_path: Path) -> None:
    before = call("domains", "blocks", "--json").out
    file = tmp_path / "blocks.csv"
    file.write_text("domain,severity\nworse.example,suspend\nother.example,maybe\n")
    assert "unknown severity" in call("domains", "import", str(file)).err
    file.write_text("domain,severity\nworse.example,suspend\nno domain,suspend\n")
    assert call("domains", "import", str(file)).code == 1
    assert call("domains", "blocks", "--json").out == before


def test_a_server_is_let_in_by_its_name(call: Call) -> None:
    assert call("domains", "allow", "good.example").code == 0
    assert [one["domain"] for one in json.loads(call("domains", "allowed", "--json").out)] == ["good.example"]
    assert call("domains", "disallow", "good.example").code == 0
    assert call("domains", "disallow", "good.example").code == 1
    assert call("domains", "enforce").code == 0
