"""Log lines: for people as text, for machines as JSON, one line each, with the request or job they belong to.

What is logged is ids and outcomes. Tokens, passwords, cookies, addresses of mailboxes and contents of posts are never
given to a logger, and tracebacks show no values.

    log = logs.logger("jobs")
    with logs.bound(job=7):
        log.warning("a job failed", attempt=2)
"""

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal

QUIET = ("uvicorn", "asyncio", "aiosmtplib")

_bound: ContextVar[dict[str, Any]] = ContextVar("bound")


class Log:
    """A logger that takes a sentence and fields."""

    __slots__ = ("_logger",)

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(f"marula.{name}")

    @property
    def detailed(self) -> bool:
        """Whether debug lines are written. Ask on hot paths, before gathering what such a line says."""
        return self._logger.isEnabledFor(logging.DEBUG)

    def debug(self, sentence: str, **fields: Any) -> None:
        self._write(logging.DEBUG, sentence, fields)

    def info(self, sentence: str, **fields: Any) -> None:
        self._write(logging.INFO, sentence, fields)

    def warning(self, sentence: str, **fields: Any) -> None:
        self._write(logging.WARNING, sentence, fields)

    def error(self, sentence: str, *, error: BaseException | None = None, **fields: Any) -> None:
        """With `error`, its traceback follows."""
        self._write(logging.ERROR, sentence, fields, error)

    def _write(self, level: int, sentence: str, fields: dict[str, Any], error: BaseException | None = None) -> None:
        if self._logger.isEnabledFor(level):
            self._logger.log(level, sentence, extra={"fields": _bound.get({}) | fields}, exc_info=error)


def logger(name: str) -> Log:
    """The logger of a part of the program."""
    return Log(name)


class bound:  # noqa: N801 - reads as a phrase: `with logs.bound(job=7):`
    """Every line written inside the block carries these fields."""

    __slots__ = ("_fields", "_token")

    def __init__(self, **fields: Any) -> None:
        self._fields = fields

    def __enter__(self) -> None:
        self._token = _bound.set(_bound.get({}) | self._fields)

    def __exit__(self, *_: object) -> None:
        _bound.reset(self._token)


def configure(level: str, kind: Literal["text", "json"]) -> None:
    """Set up the loggers of this process; lines go to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if kind == "json" else _Text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def words(error: BaseException) -> str:
    """What an error says, in text that any store can hold, without the values that PostgreSQL adds as its detail."""
    text = _without_details(f"{type(error).__name__}: {error}", error)
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _without_details(text: str, error: BaseException | None) -> str:
    """The text without what the error and its causes quote: asyncpg puts the row that was refused into `detail`."""
    while error is not None:
        detail = getattr(error, "detail", None)
        if detail:
            text = text.replace(f"\nDETAIL:  {detail}", "")
        error = error.__cause__ or error.__context__
    return text


class _Lines(logging.Formatter):
    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        return _without_details(super().formatException(ei), ei[1])


class _Text(_Lines):
    """Only a line of the log begins at the margin: whatever somebody sent stays on it, and tracebacks are indented."""

    def format(self, record: logging.LogRecord) -> str:
        fields = " ".join(f"{name}={value}" for name, value in _fields(record).items())
        line = f"{_time(record)} {record.levelname.lower():7} {record.getMessage()}"
        lines = [_on_one_line(f"{line}  {fields}" if fields else line)]
        if record.exc_info:
            lines += (f"    {_on_one_line(text)}" for text in self.formatException(record.exc_info).split("\n"))
        return "\n".join(lines)


class _Json(_Lines):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        } | _fields(record)
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


def _on_one_line(text: str) -> str:
    """The text with what would end a line, or steer a terminal, written out."""
    return text if text.isprintable() else text.translate(_WRITTEN_OUT)


_STEERING = (*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A))
_WRITTEN_OUT = {code: repr(chr(code))[1:-1] for code in _STEERING}


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    return getattr(record, "fields", {})
