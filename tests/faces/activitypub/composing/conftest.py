"""A server with people who have programs."""

from collections.abc import AsyncIterator

import pytest

from tests.faces.api.caller import Crowd, crowd_in
from tests.world import World


@pytest.fixture
async def crowd(world: World) -> AsyncIterator[Crowd]:
    async with crowd_in(world) as made:
        yield made
