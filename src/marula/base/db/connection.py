"""A connection as the stores see it: typed, counted, without a way to commit.

Stores receive a `Connection` to read and a `Tx` to write. Only `pool.py` begins and ends transactions.
"""

from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from datetime import datetime
from typing import Any, TypeAlias

import asyncpg

Row: TypeAlias = asyncpg.Record

_statements: ContextVar[list[int] | None] = ContextVar("statements", default=None)


class Connection:
    """One PostgreSQL connection; each method is one statement."""

    __slots__ = ("_raw",)

    def __init__(self, raw: Any) -> None:
        self._raw = raw

    async def all(self, sql: str, *args: object) -> list[Row]:
        """Every row."""
        _count()
        return await self._raw.fetch(sql, *args)

    async def one(self, sql: str, *args: object) -> Row | None:
        """The first row, or None."""
        _count()
        return await self._raw.fetchrow(sql, *args)

    async def value(self, sql: str, *args: object) -> Any:
        """The first column of the first row, or None."""
        _count()
        return await self._raw.fetchval(sql, *args)

    async def run(self, sql: str, *args: object) -> int:
        """Run a statement; gives the number of rows it touched."""
        _count()
        tag: str = await self._raw.execute(sql, *args)
        last = tag.rpartition(" ")[2]
        return int(last) if last.isdigit() else 0

    async def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of arguments, in one round trip."""
        _count()
        await self._raw.executemany(sql, rows)


class Tx(Connection):
    """An open transaction. `now` is its time: one action, one moment. `announced`: the messages that it sends."""

    __slots__ = ("announced", "now")

    def __init__(self, raw: Any, now: datetime, announced: list[str]) -> None:
        super().__init__(raw)
        self.now = now
        self.announced = announced


class statements_run:  # noqa: N801 - reads as a phrase: `with statements_run() as count:`
    """Counts the statements run inside the `with` block: `count()` gives their number."""

    def __enter__(self) -> "statements_run":
        self._box = [0]
        self._token = _statements.set(self._box)
        return self

    def __exit__(self, *_: object) -> None:
        _statements.reset(self._token)

    def __call__(self) -> int:
        return self._box[0]


def _count() -> None:
    box = _statements.get()
    if box is not None:
        box[0] += 1
