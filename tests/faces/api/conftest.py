"""People and their programs, for the tests of the API."""

from collections.abc import AsyncGenerator

import pytest

from tests.faces.api.caller import Crowd, crowd_in
from tests.world import World


@pytest.fixture
async def crowd(world: World) -> AsyncGenerator[Crowd, None]:
    """An empty server and whoever joins it."""
    async with crowd_in(world) as made:
        yield made
