"""Decode bytes in a folder of the test, and end the processes afterwards."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from marula.base.imaging import ATTACHMENT, Decoded, Limits, Recipe, decode, stop
from tests.base.imaging.samples import written


class Desk:
    """Where files are decoded; `into` is where what is made of them goes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.into = folder / "into"
        self.into.mkdir()

    async def decode(self, data: bytes, recipe: Recipe = ATTACHMENT, limits: Limits = Limits()) -> Decoded:
        """What becomes of these bytes."""
        return await decode(written(self.folder, data), self.into, recipe, limits=limits)

    @property
    def left(self) -> list[str]:
        """What lies in the folder."""
        return sorted(path.name for path in self.into.iterdir())


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk, and no process afterwards."""
    yield Desk(tmp_path)
    await stop()
