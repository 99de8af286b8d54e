"""Who gives up copies of others' files when room is needed, and who wants some of them to stay."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import BlobId
from marula.domain.storage.types import Purpose

Yields: TypeAlias = Callable[[Tx, Sequence[BlobId]], Awaitable[None]]
Spares: TypeAlias = Callable[[Connection, Sequence[BlobId]], Awaitable[set[BlobId]]]

_yielding: dict[Purpose, Yields] = {}
_sparing: dict[Spares, None] = {}


def yields(purpose: Purpose, give_up: Yields) -> None:
    """Declare how the copies with a purpose are given up: nothing refers to those named any more, and each can be
    fetched again when it is wanted. Called by the feature that refers to them.
    """
    _yielding[purpose] = give_up


def spares(wanted: Spares) -> None:
    """Declare which of some copies must stay, because people here care for what shows them."""
    _sparing[wanted] = None


def purposes() -> list[Purpose]:
    """What copies that can be given up are for."""
    return list(_yielding)


async def give_up(tx: Tx, blobs: Sequence[BlobId], *, cared_for: bool = False) -> None:
    """Have nothing refer to these any more; those that somebody wants to stay only if they are `cared_for` too."""
    stays: set[BlobId] = set()
    for wanted in () if cared_for else _sparing:
        stays |= await wanted(tx, blobs)
    going = [blob for blob in blobs if blob not in stays]
    for each in _yielding.values():
        await each(tx, going)
