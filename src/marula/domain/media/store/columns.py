"""How values are written into columns."""

from typing import Any

import msgspec

from marula.domain.media.types import Made


def as_json(value: Any) -> str:
    """A value as the text of a JSON column."""
    return msgspec.json.encode(value).decode()


def of_made(made: Made) -> tuple[Any, ...]:
    """What was made of a file, in the order: kind, original, small, type, blurhash, meta."""
    return made.kind, made.original_id, made.small_id, made.content_type, made.blurhash, as_json(made.meta)
