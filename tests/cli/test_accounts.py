"""`marula accounts` and `marula tokens`."""

import io
import json
import sys

import pytest

from tests.cli.conftest import Call, Rows


def test_an_account_is_made_with_a_password_that_is_printed(call: Call, rows: Rows) -> None:
    answer = call("accounts", "create", "ann", "--email", "ann@example.org", "--role", "Owner", "--approve")
    assert answer.code == 0
    assert "Made the account @ann (ok)." in answer.out
    assert len(answer.out.split("Password: ")[1].strip()) >= 16
    assert [row["role_id"] for row in rows("select role_id from users where email = 'ann@example.org'")] == [3]


def test_a_password_can_be_given_on_standard_input(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("a long password\n"))
    answer = call("accounts", "create", "cat", "--email", "cat@example.org", "--password-stdin")
    assert answer.code == 0
    assert "assword:" not in answer.out


def test_a_taken_name_and_a_bad_address_are_refused_together(call: Call) -> None:
    call("accounts", "create", "dora", "--email", "dora@example.org")
    answer = call("accounts", "create", "DORA", "--email", "nowhere")
    assert answer.code == 1
    assert answer.out == ""
    assert answer.err.strip() == "Username has already been taken, Email is invalid"


def test_an_unknown_role_is_refused_with_those_that_exist(call: Call) -> None:
    answer = call("accounts", "create", "emil", "--email", "emil@example.org", "--role", "King")
    assert answer.code == 1
    assert "King" in answer.err
    assert "Moderator" in answer.err


def test_an_account_is_changed(call: Call, rows: Rows) -> None:
    call("accounts", "create", "finn", "--email", "finn@example.org")
    answer = call(
        "accounts", "modify", "@finn", "--role", "Moderator", "--approve", "--disable", "--email", "f@example.org",
        "--confirm", "--reset-password",
    )  # fmt: skip
    assert answer.code == 0
    assert "Password: " in answer.out
    (row,) = rows("select role_id, approved, disabled, email from users where email = 'f@example.org'")
    assert tuple(row) == (1, True, True, "f@example.org")
    assert call("accounts", "modify", "finn", "--enable", "--remove-role").code == 0
    (row,) = rows("select role_id, disabled from users where email = 'f@example.org'")
    assert tuple(row) == (None, False)


def test_changing_nothing_or_nobody_is_refused(call: Call) -> None:
    assert call("accounts", "modify", "nobody", "--enable").err.strip() == "No user with such username: nobody"
    assert "Say what to change" in call("accounts", "modify", "nobody").err


def test_a_new_password_ends_the_tokens(call: Call, rows: Rows) -> None:
    call("accounts", "create", "gus", "--email", "gus@example.org", "--approve")
    call("tokens", "create", "gus", "--scopes", "read")
    call("accounts", "modify", "gus", "--reset-password")
    found = rows("select t.revoked_at from tokens t join users u on u.id = t.user_id where u.email = 'gus@example.org'")
    assert [row["revoked_at"] is not None for row in found] == [True]


def test_accounts_are_listed_and_shown(call: Call) -> None:
    call("accounts", "create", "hana", "--email", "hana@example.org", "--approve")
    assert "hana@example.org" in call("accounts", "list").out
    listed = json.loads(call("accounts", "list", "--json").out)
    assert {"username": "hana", "standing": "ok"}.items() <= next(r for r in listed if r["username"] == "hana").items()
    shown = json.loads(call("accounts", "show", "hana", "--json").out)
    assert shown["url"] == "https://marula.example/@hana"
    assert (shown["posts"], shown["followers"]) == (0, 0)
    assert "hana@example.org" in call("accounts", "show", "@Hana").out


def test_an_account_is_deleted(call: Call, rows: Rows) -> None:
    call("accounts", "create", "ida", "--email", "ida@example.org")
    assert call("accounts", "delete", "ida").code == 0
    assert rows("select from accounts where username = 'ida'") == []
    assert call("accounts", "delete", "ida").code == 1


def test_a_token_is_printed_and_nothing_else(call: Call, rows: Rows) -> None:
    call("accounts", "create", "jo", "--email", "jo@example.org", "--approve")
    answer = call("tokens", "create", "jo", "--scopes", "read write push", "--app", "Weather bot")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.count("\n") == 1
    assert len(answer.out.strip()) == 43
    (app,) = rows("select scopes from apps where name = 'Weather bot'")
    assert app["scopes"] == ["read", "write", "push"]
    assert call("tokens", "revoke", answer.out.strip()).code == 0
    assert call("tokens", "revoke", answer.out.strip()).err.strip() == "There was no such token."


def test_all_tokens_of_somebody_are_revoked(call: Call) -> None:
    call("accounts", "create", "kit", "--email", "kit@example.org", "--approve")
    call("tokens", "create", "kit")
    assert call("tokens", "revoke", "--all", "kit").code == 0
    assert call("tokens", "revoke", "--all", "kit").code == 1


def test_an_unknown_scope_is_refused(call: Call) -> None:
    call("accounts", "create", "lea", "--email", "lea@example.org", "--approve")
    answer = call("tokens", "create", "lea", "--scopes", "read fly")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err
