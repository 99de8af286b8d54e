"""Decode bytes in a folder of the test, and end the processes afterwards."""

from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import psutil
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
    """A desk; afterwards no process is left, and nothing half made."""
    made = Desk(tmp_path)
    yield made
    await stop()
    assert [one for one in psutil.Process().children(recursive=True) if "imaging" in command(one)] == []
    assert [name for name in made.left if name.startswith(".")] == []


def command(process: psutil.Process) -> str:
    """How it was started; nothing when it has ended."""
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""
