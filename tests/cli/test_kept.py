"""`marula media`."""

import json
import os
from pathlib import Path

from tests.cli.conftest import Call, Rows


def test_what_is_kept_is_shown(call: Call, rows: Rows) -> None:
    rows("insert into storage_totals (purpose, remote, files, bytes) values (0, true, 3, 2500000), (1, false, 1, 10)")
    said = call("media", "usage").out
    assert "attachment  others'  3      2.5 MB" in said
    assert "avatar      ours     1      10 bytes" in said
    assert "take 2.5 MB of at most 20.0 GB." in said
    answer = json.loads(call("media", "usage", "--json").out)
    assert (answer["today"]["remote"], answer["ceiling"]) == (2_500_000, 20_000_000_000)
    assert answer["today"]["free"] > 0
    rows("delete from storage_totals")


def test_the_ceiling_is_set_and_unset(call: Call, rows: Rows) -> None:
    assert call("media", "ceiling", "3 gb").out == "Copies of others' files take 0 bytes of at most 3.0 GB.\n"
    assert "3.0 GB" in call("media", "ceiling").out
    assert "20.0 GB" in call("media", "ceiling", "default").out


def test_what_is_no_amount_is_refused(call: Call) -> None:
    for text in ("0", "much", "-5GB", "1.5GB"):
        answer = call("media", "ceiling", "--", text)
        assert (answer.code, "must be an amount" in answer.err) == (1, True)


def test_copies_are_removed(call: Call) -> None:
    assert call("media", "remove", "--days", "3").out == "Removed copies of 0 bytes.\n"
    assert call("media", "remove", "--days=-1").code == 1


def test_the_ledger_and_the_files_are_compared(call: Call, toot: Call, tmp_path: Path) -> None:
    stray = tmp_path / "data/media/ab/cd/0123456789abcdef0123456789ab.jpg"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x" * 1000)
    os.utime(stray, (0, 0))
    assert "nobody knows of: 1 of 1.0 KB, there." in call("media", "reconcile", "--dry-run").out
    assert "nobody knows of: 1 of 1.0 KB, there." in toot("media", "remove-orphans", "--dry-run").out
    assert stray.exists()
    assert json.loads(call("media", "reconcile", "--json").out)["strays"] == 1
    assert not stray.exists()


def test_tootctl_knows_some_of_it(toot: Call) -> None:
    assert "at most 20.0 GB" in toot("media", "usage").out
    assert toot("media", "remove", "--days", "3").out == "Removed copies of 0 bytes.\n"
