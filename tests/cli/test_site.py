"""`marula settings`, `rules`, `config`, `show`, `db` and `jobs`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from marula.base.db import migrations
from tests.cli.conftest import Call, Rows, run_sql
from tests.conftest import database_named

DEAD = """
    insert into jobs (lane, name, arguments, run_at, dead_at, last_error)
    values ('now', 'x.y', '[1]', now(), now(), $1)
"""


def test_a_setting_is_set_read_and_listed(call: Call) -> None:
    assert call("settings", "set", "title", "A house").code == 0
    assert call("settings", "get", "title").out == "A house\n"
    assert json.loads(call("settings", "list", "--json").out)["title"] == "A house"
    assert "A house" in call("settings", "list").out


def test_a_value_that_cannot_be_is_refused_with_what_it_must_be(call: Call) -> None:
    answer = call("settings", "set", "registrations", "maybe")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.strip() == "Registrations must be one of open, approved, none"
    assert "There is no setting named colour" in call("settings", "get", "colour").err


def test_rules_are_added_listed_and_removed(call: Call) -> None:
    made = call("rules", "add", "Be kind", "--hint", "Always").out.strip()
    assert json.loads(call("rules", "list", "--json").out) == [{"id": made, "text": "Be kind", "hint": "Always"}]
    assert call("rules", "remove", made).code == 0
    assert call("rules", "remove", made).code == 1


def test_dead_jobs_are_listed_retried_and_discarded(call: Call, rows: Rows) -> None:
    rows(DEAD, "boom")
    rows(DEAD, "bang")
    dead = json.loads(call("jobs", "list", "--dead", "--json").out)
    assert {job["last_error"] for job in dead} == {"boom", "bang"}
    assert dead[0]["arguments"] == [1]
    assert call("jobs", "retry", dead[0]["id"]).out == "1 job to be tried again.\n"
    assert call("jobs", "retry", dead[0]["id"]).err.strip() == "No dead job has this id."
    assert "x.y" in call("jobs", "list").out
    assert call("jobs", "discard", "--all").out == "1 job discarded.\n"
    assert call("jobs", "discard", "--all").out == "0 jobs discarded.\n"
    assert call("jobs", "retry").code == 2


def test_the_configuration_is_shown_without_secrets(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY_BASE", "never shown")
    for words in (("config", "show"), ("show", "config")):
        answer = call(*words)
        assert "marula.example" in answer.out
        assert "environment" in answer.out
        assert "never shown" not in answer.out
    shown = {row["name"]: row for row in json.loads(call("config", "show", "--json").out)}
    assert shown["LOCAL_DOMAIN"]["value"] == "marula.example"


def test_a_wrong_setting_is_refused_with_its_name(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "abc")
    answer = call("config", "show")
    assert answer.code == 1
    assert answer.err.startswith("PORT must be")


def test_the_parts_of_the_program_are_shown(call: Call) -> None:
    events = json.loads(call("show", "events", "--json").out)
    assert "timelines.fan_out" in next(event for event in events if event["fact"] == "PostPublished")["reactions"]
    jobs = json.loads(call("show", "jobs", "--json").out)
    assert next(job for job in jobs if job["job"] == "timelines.trim_feeds")["every"] == "1:00:00"


def test_routes_are_shown(call: Call) -> None:
    answer = call("show", "routes")
    assert answer.code == 0
    assert "/api/v1/statuses" in answer.out


def test_a_database_is_migrated_before_anything_else(
    call: Call, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_sql(postgres, "create database test_cli_empty")
    dsn = database_named(postgres, "test_cli_empty")
    monkeypatch.setenv("DATABASE_URL", dsn)
    try:
        answer = call("accounts", "list")
        assert answer.code == 1
        assert "The database is empty" in answer.err
        assert "marula db migrate" in answer.err
        assert json.loads(call("db", "status", "--json").out)["migrated"] is False
        assert call("db", "migrate").code == 0
        assert migrations.head() in call("db", "status").out
        assert call("accounts", "list").code == 0
        assert len(run_sql(dsn, "select from roles")) == 4
    finally:
        run_sql(postgres, "drop database test_cli_empty with (force)")


def test_without_a_database_the_sentence_says_what_to_do(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    answer = call("accounts", "list", "--data", "elsewhere")
    assert answer.code == 1
    assert "elsewhere" in answer.err
    assert "marula serve" in answer.err
    assert not Path("elsewhere").exists()


def test_a_database_that_does_not_answer_is_no_traceback(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    answer = call("accounts", "list")
    assert answer.code == 1
    assert answer.err.startswith("The database cannot be reached")


def test_what_is_not_understood_is_a_usage_error(call: Call) -> None:
    assert call("bogus").code == 2
    assert call("accounts", "create").code == 2
    assert call().code == 2


def test_help_answers_without_loading_the_program() -> None:
    code = "import sys; from marula.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    code += "print([name for name in ('litestar', 'sqlalchemy', 'alembic', 'asyncpg') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "accounts" in done.stdout
