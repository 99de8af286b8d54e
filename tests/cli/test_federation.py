"""`marula federation`."""

import json

import pytest

from tests.cli.conftest import Answer, Call, Rows

POST = "117000000000000007"
URI = f"https://marula.example/ap/users/117000000000000001/statuses/{POST}"


@pytest.fixture
def sent(call: Call, rows: Rows) -> None:
    """A post that one server got, one refused, one is still to get and one was not sent."""
    for table in ("parcels", "delivery_lines", "servers"):
        rows(f"delete from {table}")
    rows(
        """
        insert into parcels (uri, sender, kind, body, subject, post_id, created_at)
        values ($1 || '/activity', 117000000000000001, 'Create', '{}', $1, $2, now())
        """,
        URI,
        int(POST),
    )
    for host, state, status, why in (
        ("beta.example", "delivered", 202, None),
        ("gamma.example", "given_up", 403, "the server does not want it (403)"),
        ("delta.example", "waiting", None, "delta.example does not answer in time"),
        ("gone.example", "dropped", None, "the server has been unavailable since 2026-03-07"),
    ):
        rows(
            """
            insert into deliveries (parcel_id, sender, inbox, host, state, owed_at, attempts, tried_at, status, why)
            select id, sender, 'https://' || $1::text || '/inbox', $1, $2, now(), 1, now(), $3::smallint, $4
            from parcels
            """,
            host,
            state,
            status,
            why,
        )
    rows("insert into delivery_lines (host, sender, due_at, failures) values ('delta.example', 1, now(), 3)")
    rows("update delivery_lines set sender = 117000000000000001")
    rows(
        """
        insert into servers (host, last_failed_at, last_error, failing_days, unavailable_since, next_probe_at)
        values ('gone.example', now(), 'gone.example cannot be found: its name is not known', 7, now(), now())
        """
    )


def states(answer: Answer) -> dict[str, str]:
    return {one["host"]: one["state"] for one in json.loads(answer.out)}


@pytest.mark.parametrize("what", [POST, URI, f"{URI}/activity", f"https://marula.example/@ann/{POST}"])
def test_what_became_of_a_post_is_told_server_by_server(call: Call, sent: None, what: str) -> None:
    assert states(call("federation", "receipts", what, "--json")) == {
        "beta.example": "delivered",
        "gamma.example": "given_up",
        "delta.example": "waiting",
        "gone.example": "dropped",
    }
    told = call("federation", "receipts", what).out
    assert told.startswith("1 delivered, 1 waiting, 1 given up, 1 not sent.\n")
    assert "the server does not want it (403)" in told


def test_while_something_waits_the_next_try_is_told(call: Call, sent: None) -> None:
    found = json.loads(call("federation", "receipts", POST, "--json").out)
    assert {one["host"] for one in found if one["next_at"]} == {"delta.example"}


def test_of_a_post_that_was_never_sent_nothing_is_told(call: Call, sent: None) -> None:
    answer = call("federation", "receipts", "12345")
    assert answer.code == 1
    assert "last 30 days" in answer.err


def test_how_a_server_does_is_told_with_what_to_do(call: Call, sent: None) -> None:
    told = call("federation", "host", "Gone.example").out
    assert "unavailable since" in told
    assert "its name is not known" in told
    assert "marula federation retry gone.example" in told
    told = call("federation", "host", "delta.example").out
    assert "waiting   1, next try" in told
    found = json.loads(call("federation", "host", "gamma.example", "--json").out)
    assert [one["why"] for one in found["lost"]] == ["the server does not want it (403)"]
    assert found["health"]["failing_days"] == 0
    assert "It may block this server or the sender. Ask those who run it." in found["advice"]


def test_what_was_turned_away_from_a_server_is_told(call: Call, rows: Rows) -> None:
    rows(
        "insert into refusals (host, why, status, number, first_at, last_at) "
        "values ('rude.example', 'The signature does not count: it is too old', 401, 12, now(), now())"
    )
    try:
        told = call("federation", "host", "rude.example").out
        assert "What was not taken from it (who sent it is only claimed)" in told
        assert "12" in told
        assert "The signature does not count: it is too old" in told
        found = json.loads(call("federation", "host", "rude.example", "--json").out)
        assert [(one["status"], one["number"]) for one in found["refused"]] == [(401, 12)]
    finally:
        rows("delete from refusals")


def test_that_a_server_is_suspended_is_told(call: Call, rows: Rows, sent: None) -> None:
    rows("insert into domain_blocks (domain, severity, created_at) values ('gamma.example', 'suspend', now())")
    try:
        assert "suspended here" in call("federation", "host", "gamma.example").out
    finally:
        rows("delete from domain_blocks")


def test_of_a_server_never_met_nothing_is_told(call: Call, sent: None) -> None:
    answer = call("federation", "host", "nowhere.example")
    assert answer.code == 1
    assert "Nothing is known of nowhere.example" in answer.err


def test_what_a_server_did_not_get_is_tried_again(call: Call, rows: Rows, sent: None) -> None:
    assert call("federation", "retry", "gone.example").out == "1 delivery is tried again.\n"
    assert rows("select state from deliveries where host = 'gone.example'")[0]["state"] == "waiting"
    assert rows("select unavailable_since from servers")[0]["unavailable_since"] is None
    assert call("federation", "retry", "gone.example", "--json").out == '{\n  "retried": 0\n}\n'


@pytest.mark.parametrize("what", [POST, URI])
def test_what_did_not_arrive_of_a_post_is_tried_again(call: Call, rows: Rows, sent: None, what: str) -> None:
    assert call("federation", "retry", what).out == "2 deliveries are tried again.\n"
    assert rows("select count(*) as number from deliveries where state = 'waiting'")[0]["number"] == 3


def test_the_doctor_says_what_is_wrong(call: Call) -> None:
    answer = call("federation", "doctor", "nowhere.invalid")
    assert answer.code == 1
    assert "WRONG  connection: nowhere.invalid" in answer.out
    steps = json.loads(call("federation", "doctor", "nowhere.invalid", "--json").out)
    assert {"step", "ok", "words", "advice"} == set(steps[0])
    assert call("federation", "doctor", "no domain").code == 1


def test_posts_of_other_servers_are_read_anew_by_the_worker(call: Call, rows: Rows) -> None:
    rows("delete from jobs")
    assert "a hundred at a time" in call("federation", "reread", "--host", "Beta.Example", "--type", "Video").out
    ((name, arguments),) = [tuple(row) for row in rows("select name, arguments::text from jobs")]
    assert name.endswith("reread")
    assert "beta.example" in arguments
    assert "Video" in arguments
