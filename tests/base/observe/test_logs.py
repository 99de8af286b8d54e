"""Log lines: formats, what they carry, and that nobody can write one."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator

import asyncpg
import pytest

from marula.base.observe import logs

log = logs.logger("test")
Written = Callable[[], list[str]]


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Written]]:
    """Logging as a process sets it up, and the lines it wrote; put back afterwards."""
    root = logging.getLogger()
    before = root.handlers[:], root.level

    def configure(level: str = "info", kind: str = "text") -> Written:
        stream = io.StringIO()
        monkeypatch.setattr(sys, "stderr", stream)
        logs.configure(level, "json" if kind == "json" else "text")
        return lambda: stream.getvalue().splitlines()

    yield configure
    root.handlers[:], root.level = before[0], before[1]


def fail(why: str) -> None:
    try:
        raise ValueError(why)
    except ValueError as error:
        log.error("it failed", error=error)


def test_text_is_time_level_sentence_and_fields(configured: Callable[..., Written]) -> None:
    lines = configured()
    log.info("a job ended", job=7, name="clean")
    time, rest = lines()[0].split(" ", 1)
    assert time.endswith("+00:00")
    assert rest == "info    a job ended  job=7 name=clean"


def test_json_is_one_object_for_each_line(configured: Callable[..., Written]) -> None:
    lines = configured(kind="json")
    log.warning("a job\nfailed", attempt=2, of=object)
    fail("no")
    first, second = (json.loads(line) for line in lines())
    assert (first["level"], first["logger"], first["event"]) == ("warning", "marula.test", "a job\nfailed")
    assert (first["attempt"], first["of"]) == (2, "<class 'object'>")
    assert second["traceback"].endswith("ValueError: no")


def test_lines_below_the_level_are_not_written(configured: Callable[..., Written]) -> None:
    lines = configured("warning")
    log.info("quiet")
    log.warning("loud")
    assert [line.split(" ", 1)[1] for line in lines()] == ["warning loud"]


@pytest.mark.parametrize(("level", "detailed"), [("debug", True), ("info", False)])
def test_it_says_whether_debug_lines_are_written(
    configured: Callable[..., Written], level: str, detailed: bool
) -> None:
    lines = configured(level)
    log.debug("small")
    assert (log.detailed, len(lines())) == (detailed, int(detailed))


def test_lines_carry_what_is_bound_around_them(configured: Callable[..., Written]) -> None:
    lines = configured()
    with logs.bound(request="r1"):
        with logs.bound(job=7):
            log.info("inner", job=8)
        log.info("outer")
    log.info("after")
    assert [line.partition("info    ")[2] for line in lines()] == [
        "inner  request=r1 job=8",
        "outer  request=r1",
        "after",
    ]


def test_what_is_bound_ends_with_an_error_too(configured: Callable[..., Written]) -> None:
    lines = configured()
    with pytest.raises(ValueError, match="no"), logs.bound(request="r1"):
        raise ValueError("no")
    log.info("after")
    assert "r1" not in lines()[0]


@pytest.mark.parametrize(
    "sent", ["x\n2026-01-01 info forged", "x\r\n", "x\x1b[2J", "x\x00", "x\x85y", "x\u2028y", "x\u202ey"]
)
def test_nobody_can_write_a_line_of_their_own(configured: Callable[..., Written], sent: str) -> None:
    lines = configured()
    log.info("a path was asked for", path=sent)
    log.info(sent)
    fail(sent)
    written = "\n".join(lines())
    assert all(character.isprintable() for character in written.replace("\n", ""))
    assert [line for line in lines() if not line.startswith("    ")] == [lines()[0], lines()[1], lines()[2]]
    assert "a path was asked for" in lines()[0]


def test_a_traceback_is_indented_below_its_line(configured: Callable[..., Written]) -> None:
    lines = configured()
    fail("first\nsecond")
    assert lines()[0].endswith("error   it failed")
    assert lines()[1] == "    Traceback (most recent call last):"
    assert lines()[-2:] == ["    ValueError: first", "    second"]


def refused() -> asyncpg.UniqueViolationError:
    """What asyncpg raises for a row that is there already; its detail quotes the row."""
    error = asyncpg.UniqueViolationError("duplicate key value violates unique constraint")
    vars(error)["detail"] = "Key (email)=(ann@mail.example) already exists."
    return error


@pytest.mark.parametrize("kind", ["text", "json"])
def test_rows_that_were_refused_are_not_quoted(configured: Callable[..., Written], kind: str) -> None:
    lines = configured(kind=kind)
    try:
        try:
            raise refused()
        except asyncpg.UniqueViolationError as error:
            raise RuntimeError("a handler failed") from error
    except RuntimeError as error:
        log.error("it failed", error=error)
    written = "\n".join(lines())
    assert "ann@mail.example" not in written
    assert "duplicate key value" in written
    assert "RuntimeError: a handler failed" in written


def test_words_are_what_an_error_says_without_the_row() -> None:
    assert logs.words(refused()) == "UniqueViolationError: duplicate key value violates unique constraint"
    assert logs.words(ValueError("a\x00b\ud800")) == "ValueError: ab?"
