"""`marula show`."""

import json

from tests.cli.conftest import Call


def test_the_coverage_names_what_is_absent_with_the_reason(call: Call) -> None:
    absent = json.loads(call("show", "routes", "--coverage", "--json").out)
    assert {"tier", "method", "path", "reason"} == set(absent[0])
    assert all(one["reason"] for one in absent)
    assert "/api/fasp/registration" in {one["path"] for one in absent}
    text = call("show", "routes", "--coverage").out
    assert "Served: " in text.splitlines()[-1]
    assert " core" in text.splitlines()[-1]


def test_the_activities_that_are_understood_are_shown(call: Call) -> None:
    shown = {one["activity"]: one for one in json.loads(call("show", "inbox", "--json").out)}
    assert {"Follow", "Undo Follow", "Like", "Flag", "Delete"} <= set(shown)
    assert all(one["summary"] for one in shown.values())
