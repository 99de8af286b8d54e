"""A server with people who have programs, and other servers that send it things."""

import dataclasses

import msgspec
import pytest

from tests.faces.activitypub.inbox.conftest import bob, crowd, sending
from tests.world import World

__all__ = ["bob", "crowd", "linked", "sending"]


@pytest.fixture
def linked(world: World) -> None:
    """This server keeps no files of others: it tells where they are."""
    config = msgspec.structs.replace(world.ctx.config, remote_media="link")
    world.ctx = dataclasses.replace(world.ctx, config=config)
