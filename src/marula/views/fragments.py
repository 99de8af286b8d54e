"""Fragments: the part of an entity that is the same for every viewer, encoded once, with holes.

A hole is `HOLE`, a raw NUL put in place of a value. JSON text never contains a NUL byte (encoders escape it), so
splitting the encoded entity at NULs finds exactly the holes, in the order of the struct's fields.
"""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from typing import Any

import msgspec

HOLE: Any = msgspec.Raw(b"\x00")
"""Stands for a value of any type; the encoder does not check types."""

_encoder = msgspec.json.Encoder()


def encode(value: Any) -> bytes:
    """JSON of a struct or of a plain value."""
    return _encoder.encode(value)


def split(entity: msgspec.Struct) -> tuple[bytes, ...]:
    """The encoded pieces between the holes of an entity."""
    return tuple(_encoder.encode(entity).split(b"\x00"))


def fill(pieces: Sequence[bytes], values: Sequence[bytes]) -> bytes:
    """The whole entity: pieces and values in turn. One piece more than values."""
    if len(pieces) != len(values) + 1:
        raise ValueError(f"{len(pieces) - 1} holes, {len(values)} values")
    parts: list[bytes] = [b""] * (len(pieces) + len(values))
    parts[::2] = pieces
    parts[1::2] = values
    return b"".join(parts)


class Fragments:
    """Remembered pieces by id, valid for one version of their row: a number, or all values that matter.

    Least recently used ones go first.
    """

    def __init__(self, limit: int) -> None:
        """`limit`: bytes to hold at most."""
        self._limit = limit
        self._size = 0
        self._held: OrderedDict[int, tuple[Hashable, tuple[bytes, ...], int]] = OrderedDict()

    def get(self, identifier: int, version: Hashable) -> tuple[bytes, ...] | None:
        """The pieces for exactly this version, or None."""
        entry = self._held.get(identifier)
        if entry is None or entry[0] != version:
            return None
        self._held.move_to_end(identifier)
        return entry[1]

    def put(self, identifier: int, version: Hashable, pieces: tuple[bytes, ...]) -> None:
        """Remember, and forget the oldest when there is too much."""
        self._drop(identifier)
        size = 300 + sum(len(piece) for piece in pieces)
        self._held[identifier] = (version, pieces, size)
        self._size += size
        while self._size > self._limit:
            self._drop(next(iter(self._held)))

    def clear(self) -> None:
        """Forget everything."""
        self._held.clear()
        self._size = 0

    def _drop(self, identifier: int) -> None:
        entry = self._held.pop(identifier, None)
        if entry is not None:
            self._size -= entry[2]
