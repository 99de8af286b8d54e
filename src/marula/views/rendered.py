"""Encoded entities, with their type."""

from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Rendered(Generic[T]):
    """The JSON bytes of an entity of type T."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data


def listed(items: Iterable[Rendered[T]]) -> Rendered[list[T]]:
    """A JSON array of rendered entities."""
    return Rendered(b"[" + b",".join([item.data for item in items]) + b"]")
