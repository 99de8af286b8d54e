"""A server with people who have programs, and other servers that send it things."""

from collections.abc import AsyncIterator

import pytest

from tests.faces.activitypub.inbox.sending import Sending
from tests.faces.api.caller import Crowd, crowd_in
from tests.peer import Somebody
from tests.world import World


@pytest.fixture
async def crowd(world: World) -> AsyncIterator[Crowd]:
    async with crowd_in(world) as made:
        yield made


@pytest.fixture
def sending(world: World, crowd: Crowd) -> Sending:
    return Sending(world, crowd)


@pytest.fixture
def bob(world: World) -> Somebody:
    """Somebody of another server."""
    return world.internet.server("beta.example").person("bob")
