"""What translation deals in."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol, TypeAlias

import msgspec

UNKNOWN = "und"
"""Stands for a language that nobody said. Spec: ISO 639-2, undetermined"""

Pairs: TypeAlias = Mapping[str, Sequence[str]]
"""For each language that can be translated, the languages that it can be translated into."""


class Pair(msgspec.Struct, frozen=True):
    """From which language into which, in the codes of the service."""

    source: str
    target: str


class Translated(msgspec.Struct, frozen=True, kw_only=True):
    """Texts in another language, in the order in which they were given. `source`: what they were in."""

    texts: tuple[str, ...]
    source: str
    target: str
    provider: str


class Translator(Protocol):
    """A service that translates HTML."""

    provider: ClassVar[str]
    """Its name, for people."""

    async def pairs(self) -> Pairs:
        """What it can do. Raises Unreachable."""
        ...

    async def translated(self, texts: Sequence[str], pair: Pair) -> Translated:
        """These pieces of HTML in another language. Raises Unreachable, also for an answer that makes no sense."""
        ...
