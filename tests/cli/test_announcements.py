"""`marula announcements`."""

import json

from tests.cli.conftest import Call


def test_an_announcement_is_created_edited_published_and_deleted(call: Call) -> None:
    made = call("announcements", "create", "Good news").out.strip()
    [one] = json.loads(call("announcements", "list", "--json").out)
    assert (one["id"], one["text"], one["published_at"] is not None) == (made, "Good news", True)
    assert call("announcements", "edit", made, "--text", "Better news").code == 0
    assert "Better news" in call("announcements", "list").out
    assert call("announcements", "unpublish", made).code == 0
    assert json.loads(call("announcements", "list", "--json").out)[0]["published_at"] is None
    assert call("announcements", "publish", made).code == 0
    assert call("announcements", "delete", made).code == 0
    assert call("announcements", "delete", made).code == 1
    assert json.loads(call("announcements", "list", "--json").out) == []


def test_a_draft_and_a_scheduled_one_wait(call: Call) -> None:
    draft = call("announcements", "create", "Later", "--draft").out.strip()
    timed = call("announcements", "create", "Then", "--scheduled-at", "2099-01-01T00:00Z").out.strip()
    found = {one["id"]: one for one in json.loads(call("announcements", "list", "--json").out)}
    assert found[draft]["published_at"] is None
    assert (found[timed]["published_at"], found[timed]["scheduled_at"]) == (None, "2099-01-01T00:00:00Z")


def test_what_cannot_be_is_refused(call: Call) -> None:
    assert call("announcements", "create", " ").err.strip() == "Text can't be blank"
    assert call("announcements", "create", "x", "--ends-at", "2099-01-01").err.strip() == "Starts at can't be blank"
    assert call("announcements", "create", "x", "--ends-at", "tomorrow").code == 2
    assert call("announcements", "edit", "1", "--text", "x").code == 1
