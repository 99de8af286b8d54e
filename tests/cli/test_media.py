"""`marula media`."""

from collections.abc import Iterator

import pytest

from tests.cli.conftest import Call, Rows


@pytest.fixture
def given_up(rows: Rows) -> Iterator[None]:
    """A file of another server that it did not give."""
    rows("delete from jobs")
    rows(
        """
        with author as (
            insert into accounts (username, domain, created_at) values ('bob', 'far.example', now()) returning id
        ), post as (
            insert into posts (account_id, local, visibility, created_at, has_media)
            select id, false, 0, now(), true from author returning id, account_id
        )
        insert into media_attachments (account_id, post_id, position, kind, state, remote_url, created_at)
        select account_id, id, 0, 0, 2, 'https://far.example/a.png', now() from post
        """
    )
    yield
    rows("delete from accounts where domain = 'far.example'")


def states(rows: Rows) -> list[int]:
    return [row["state"] for row in rows("select state from media_attachments")]


def asked(rows: Rows) -> int:
    return len(rows("select from jobs where name = 'media.fetch'"))


def test_files_that_were_given_up_are_fetched_again(call: Call, rows: Rows, given_up: None) -> None:
    assert "will be fetched" in call("media", "refresh", "--domain", "near.example").out
    assert (states(rows), asked(rows)) == ([2], 0)
    assert "will be fetched" in call("media", "refresh", "--account", "@bob@far.example").out
    assert (states(rows), asked(rows)) == ([0], 1)


def test_it_is_said_of_what(call: Call, given_up: None) -> None:
    assert call("media", "refresh").code == 1
    assert "Nobody is known" in call("media", "refresh", "--account", "eve@far.example").err
