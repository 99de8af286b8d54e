"""`marula reports`."""

import json

from tests.cli.conftest import Call, Rows

MADE = """
    insert into reports (account_id, target_id, category, comment, post_ids, created_at)
    select a.id, b.id, 'spam', 'Look', array[p.id], now()
    from accounts a, accounts b, posts p where a.username = 'ann' and b.username = 'bob' returning id
"""
POST = """
    insert into posts (account_id, local, visibility, text, created_at)
    select id, true, 0, 'Buy this', now() from accounts where username = 'bob'
"""


def test_a_report_is_listed_shown_and_resolved(call: Call, rows: Rows) -> None:
    for name in ("ann", "bob"):
        call("accounts", "create", name, "--email", f"{name}@mail.example")
    rows(POST)
    [row] = rows(MADE)
    made = str(row["id"])
    [listed] = json.loads(call("reports", "list", "--json").out)
    assert (listed["id"], listed["by"], listed["about"], listed["category"]) == (made, "ann", "bob", "spam")
    assert "Look" in call("reports", "list").out
    shown = json.loads(call("reports", "show", made, "--json").out)
    assert [post["text"] for post in shown["posts"]] == ["Buy this"]
    assert "Buy this" in call("reports", "show", made).out
    assert call("reports", "resolve", made).out == "Resolved.\n"
    assert json.loads(call("reports", "list", "--json").out) == []
    assert [one["id"] for one in json.loads(call("reports", "list", "--all", "--json").out)] == [made]


def test_a_report_that_is_not_there_is_refused(call: Call) -> None:
    assert call("reports", "show", "1").code == 1
    assert call("reports", "resolve", "1").code == 1
