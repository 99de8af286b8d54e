"""Who refers to blobs."""

import msgspec


class Reference(msgspec.Struct, frozen=True):
    """A column that holds ids of blobs: a foreign key with an index, and the trigger `loosen_blobs`."""

    table: str
    column: str


_references: dict[Reference, None] = {}


def refers(table: str, *columns: str) -> None:
    """Declare that these columns of a table hold ids of blobs. Called by the feature that owns the table.

    Its migration creates the trigger: `create trigger TABLE_loosen after delete or update of COLUMNS on TABLE
    for each row execute function loosen_blobs('COLUMN', …)`.
    """
    for column in columns:
        _references[Reference(table, column)] = None


def references() -> list[Reference]:
    """All that were declared."""
    return list(_references)
