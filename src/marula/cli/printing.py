"""Answers on standard output: tables for people, JSON for programs."""

from collections.abc import Sequence
from typing import Any

import msgspec


def print_json(answer: Any) -> None:
    """The answer as indented JSON. Ids are texts, as they are for the clients of the API."""
    print(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())


def print_table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Rows in columns as wide as their widest cell; nothing but the heads when there are none."""
    cells = [[str(head).upper() for head in heads], *[[_cell(value) for value in row] for row in rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(str(value).split())
