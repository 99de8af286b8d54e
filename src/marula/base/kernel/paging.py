"""Paging by id: the cursor a client sends and the page it gets.

Spec: Mastodon documentation, "Pagination". `min_id` asks for the page just above the cursor, `since_id`
for the newest page that ends above it; both are given newest first. A cursor that names no row is valid.
"""

from typing import TypeVar

import msgspec

from marula.base.kernel.ids import LARGEST

T = TypeVar("T")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of a list is wanted. `limit` is already within the bounds of the list."""

    limit: int = 20
    max_id: int | None = None
    since_id: int | None = None
    min_id: int | None = None

    @property
    def below(self) -> int:
        """Only ids smaller than this."""
        return LARGEST if self.max_id is None else self.max_id

    @property
    def above(self) -> int:
        """Only ids larger than this."""
        return max(self.since_id or 0, self.min_id or 0)

    @property
    def order(self) -> str:
        """The SQL direction in which `limit` counts."""
        return "asc" if self.min_id is not None else "desc"

    def newest_first(self, rows: list[T]) -> list[T]:
        """The rows of a query ordered by `order`, newest first."""
        return rows[::-1] if self.min_id is not None else rows
