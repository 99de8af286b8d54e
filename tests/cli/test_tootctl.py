"""`tootctl`: the lines that scripts look for."""

from marula.cli.later import LATER
from tests.cli.conftest import Call, Rows
from tests.contract import reference


def test_creating_prints_ok_and_the_password(toot: Call, rows: Rows) -> None:
    answer = toot(
        "accounts", "create", "ann", "--email", "ann@example.org", "--confirmed", "--approve", "--role", "Owner"
    )
    assert answer.code == 0
    first, second = answer.out.splitlines()
    assert first == "OK"
    assert second.startswith("New password: ")
    (row,) = rows("select approved, confirmed_at is not null as confirmed, role_id from users")
    assert tuple(row) == (True, True, 3)


def test_a_name_in_use_is_freed_only_by_force(toot: Call, rows: Rows) -> None:
    toot("accounts", "create", "bob", "--email", "bob@example.org")
    answer = toot("accounts", "create", "bob", "--email", "new@example.org", "--reattach")
    assert answer.code == 1
    assert answer.err.splitlines()[0] == "The chosen username is currently in use"
    assert toot("accounts", "create", "bob", "--email", "new@example.org", "--reattach", "--force").code == 0
    assert len(rows("select from users where email in ('bob@example.org', 'new@example.org')")) == 1


def test_modifying_prints_ok_and_a_new_password_when_asked(toot: Call) -> None:
    toot("accounts", "create", "cleo", "--email", "cleo@example.org")
    assert toot("accounts", "modify", "cleo", "--role", "Admin").out == "OK\n"
    assert toot("accounts", "modify", "cleo", "--reset-password").out.splitlines()[1].startswith("New password: ")
    assert toot("accounts", "modify", "nobody", "--approve").err.startswith("No user with such username")
    assert toot("accounts", "modify", "cleo", "--role", "King").err.startswith("Cannot find user role with that name")


def test_deleting_says_how_much_it_is(toot: Call, rows: Rows) -> None:
    toot("accounts", "create", "dan", "--email", "dan@example.org")
    dry = toot("accounts", "delete", "dan", "--dry-run")
    assert "(DRY RUN)" in dry.out
    assert len(rows("select from accounts where username = 'dan'")) == 1
    answer = toot("accounts", "delete", "--email", "dan@example.org")
    assert answer.out.splitlines() == ["Deleting user with 0 statuses, this might take a while...", "OK"]
    assert rows("select from accounts where username = 'dan'") == []
    assert toot("accounts", "delete").err.strip() == "No username provided"


def test_sign_ups_are_approved_by_name_number_or_all(toot: Call, rows: Rows) -> None:
    toot("settings", "registrations", "approved")
    for name in ("eva", "fay", "gil"):
        toot("accounts", "create", name, "--email", f"{name}@example.org")
    assert toot("accounts", "approve", "gil").out == "OK\n"
    assert toot("accounts", "approve", "--number", "0").err.strip() == "Number must be positive"
    rows("update users set approved = true where email not in ('eva@example.org', 'fay@example.org')")
    toot("accounts", "approve", "-n", "1")
    assert [row["email"] for row in rows("select email from users where not approved")] == ["fay@example.org"]
    toot("accounts", "approve", "--all")
    assert rows("select from users where not approved") == []


def test_registrations_are_opened_and_closed(toot: Call, call: Call) -> None:
    for mode, kept in (("open", "open"), ("close", "none"), ("approved", "approved")):
        assert toot("settings", "registrations", mode).out == "OK\n"
        assert call("settings", "get", "registrations").out.strip() == kept
    toot("settings", "registrations", "approved", "--require-reason")
    assert call("settings", "get", "reason_required").out == "true\n"


def test_the_version_and_help_are_printed(toot: Call) -> None:
    assert "Marula" in toot("version").out
    assert toot("--version").out == toot("version").out
    assert "--email" in toot("help", "accounts", "create").out


def test_what_comes_later_says_so(toot: Call) -> None:
    answer = toot("statuses", "remove", "--days", "7")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.strip() == "tootctl statuses remove comes with a later release of Marula."
    assert toot("bogus").code == 2


def test_every_command_of_the_original_is_known(toot: Call) -> None:
    for entry in reference.load("tootctl.json"):
        name = entry["command"].removeprefix("tootctl ")
        assert name in LATER or toot("help", *name.split()).code == 0, name
