"""`marula trends`."""

import json

import pytest

from tests.cli.conftest import Call, Rows


@pytest.fixture
def popular(call: Call, rows: Rows) -> str:
    """The id of a hashtag that is popular."""
    rows("delete from tags")
    rows("insert into tags (name, display_name, created_at) values ('tea', 'Tea', now())")
    rows("insert into trending_tags (id, score) select id, 16 from tags")
    return str(rows("select id from tags")[0]["id"])


def test_what_is_popular_is_listed_with_its_review(call: Call, popular: str) -> None:
    assert json.loads(call("trends", "list", "tags", "--json").out) == [
        {"id": popular, "what": "Tea", "score": 16.0, "trendable": None}
    ]
    assert "not reviewed" in call("trends", "list", "tags").out
    for kind in ("links", "posts"):
        assert json.loads(call("trends", "list", kind, "--json").out) == []


def test_what_is_popular_is_approved_or_rejected(call: Call, rows: Rows, popular: str) -> None:
    assert call("trends", "approve", "tags", popular).out == "Approved.\n"
    assert rows("select trendable from trending_tags")[0]["trendable"] is True
    assert call("trends", "reject", "tags", popular).out == "Rejected.\n"
    assert "rejected" in call("trends", "list", "tags").out
    assert call("trends", "approve", "posts", popular).code == 1
