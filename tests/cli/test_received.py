"""`marula federation received`."""

import json

import pytest

from tests.cli.conftest import Call, Rows


@pytest.fixture
def came(call: Call, rows: Rows) -> None:
    """What two servers sent: one thing was done, one refused, one failed for good."""
    for table in ("arrivals", "arrival_lines"):
        rows(f"delete from {table}")
    for host, kind, state, why in (
        ("beta.example", "Like", "accepted", None),
        ("beta.example", "Undo", "rejected", "it takes back what somebody else did"),
        ("gamma.example", "Follow", "dead", "RuntimeError: a bug"),
    ):
        rows(
            """
            insert into arrivals (digest, kind, actor, signer, host, arrived_at, state, why, due_at, concluded_at)
            values ($1::text::bytea, $1, 'https://' || $2::text || '/u', 'https://' || $2 || '/u', $2, now(), $3, $4,
                    now(), now())
            """,
            kind,
            host,
            state,
            why,
        )


def test_what_came_is_told_with_what_became_of_it(call: Call, came: None) -> None:
    every = json.loads(call("federation", "received", "--json").out)
    assert [(one["kind"], one["state"]) for one in every] == [
        ("Follow", "dead"),
        ("Undo", "rejected"),
        ("Like", "accepted"),
    ]
    of_one = call("federation", "received", "--host", "Beta.example").out
    assert "it takes back what somebody else did" in of_one
    assert "gamma.example" not in of_one
    assert [one["kind"] for one in json.loads(call("federation", "received", "--dead", "--json").out)] == ["Follow"]
    assert "Nothing came within" in call("federation", "received", "--host", "delta.example").out


def test_what_failed_for_good_is_tried_again(call: Call, rows: Rows, came: None) -> None:
    assert call("federation", "work-again").out == "1 activity is tried again.\n"
    assert call("federation", "work-again").out == "0 activities are tried again.\n"
    assert [row["signer"] for row in rows("select signer from arrival_lines")] == ["https://gamma.example/u"]
