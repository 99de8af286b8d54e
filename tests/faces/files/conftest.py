"""People, and the processes that read pictures, for the tests of files."""

from collections.abc import AsyncIterator

import pytest

from marula.base import imaging
from tests.faces.api.caller import Crowd, crowd_in
from tests.world import World


@pytest.fixture
async def crowd(world: World) -> AsyncIterator[Crowd]:
    """People of this server."""
    async with crowd_in(world) as made:
        yield made


@pytest.fixture(autouse=True)
async def decoders() -> AsyncIterator[None]:
    """No process afterwards."""
    yield
    await imaging.stop()
