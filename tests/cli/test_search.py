"""`marula search` and `tootctl search`."""

import pytest

from tests.cli.conftest import Call, Rows


@pytest.fixture
def unindexed(call: Call, rows: Rows) -> None:
    """A server with two posts that nobody finds."""
    rows("delete from posts")
    rows("insert into accounts (username, created_at) values ('ann', now()) on conflict do nothing")
    rows(
        "insert into posts (account_id, local, text, visibility, created_at) "
        "select id, true, 'green tea', 0, now() from accounts cross join generate_series(1, 2)"
    )


@pytest.mark.usefixtures("unindexed")
def test_rebuilding_indexes_all_posts(call: Call, rows: Rows) -> None:
    assert call("search", "rebuild").out == "2 posts read.\n"
    assert len(rows("select from search_posts where words @@ '''green'' <-> ''tea'''")) == 2


@pytest.mark.usefixtures("unindexed")
def test_deploying_indexes_all_posts_unless_it_is_told_not_to(toot: Call, rows: Rows) -> None:
    for words in (["--no-import"], ["--only-mapping"], ["--only", "accounts", "tags"]):
        assert toot("search", "deploy", *words).out == "OK\n"
        assert rows("select from search_posts") == []
    assert toot("search", "deploy", "--batch-size", "10", "--only", "statuses").out == "Indexed 2 records\nOK\n"
    assert len(rows("select from search_posts")) == 2
