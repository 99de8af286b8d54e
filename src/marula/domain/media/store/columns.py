"""How values are written into columns."""

from typing import Any

import msgspec


def as_json(value: Any) -> str:
    """A value as the text of a JSON column."""
    return msgspec.json.encode(value).decode()
