"""What the server and the process that decodes tell each other: a line of JSON each way."""

from typing import Any

import msgspec

from marula.base.imaging.restraints import Restraints
from marula.base.imaging.types import Cost, Decoded, Limits, Recipe

LONGEST = 64 * 1024
"""Bytes of an answer."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Decode this file into an empty folder; `kind` is the name of a `Kind`.

    `ffmpeg` is where the program is, for what is or may become a film or a sound.
    """

    source: str
    into: str
    kind: str
    recipe: Recipe
    limits: Limits
    restraints: Restraints
    ffmpeg: str | None = None


class Done(msgspec.Struct, frozen=True, tag="done"):
    """It is decoded; the paths are names in the folder."""

    decoded: Decoded


class Refusal(msgspec.Struct, frozen=True, tag="refused"):
    """The file cannot be read, or is too much."""

    sentence: str
    too_large: bool = False


class Died(msgspec.Struct, frozen=True, tag="died"):
    """The process was ended by this signal, or without a word (0)."""

    signal: int


class Unwritten(msgspec.Struct, frozen=True, tag="unwritten"):
    """The folder could not be written: the error's number and words."""

    number: int
    words: str


class Broken(msgspec.Struct, frozen=True, tag="broken"):
    """The decoder has a fault."""

    trace: str


Answer = Done | Refusal | Died | Unwritten | Broken


class Report(msgspec.Struct, frozen=True):
    """An answer, and what it cost."""

    answer: Answer
    cost: Cost = Cost()


def written(message: msgspec.Struct) -> bytes:
    """As it is sent."""
    return msgspec.json.encode(message, enc_hook=str)


def read(said: bytes, type_: Any) -> Any:
    """What was sent, if it is that. Raises msgspec.DecodeError."""
    return msgspec.json.decode(said, type=type_, dec_hook=lambda wanted, value: wanted(value))
