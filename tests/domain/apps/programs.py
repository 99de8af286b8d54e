"""Programs for tests."""

import msgspec

from marula.domain import apps
from marula.domain.apps import NewApp, Registered
from tests.world import World

BACK = "https://app.example/back"


async def program(world: World, **changes: object) -> Registered:
    """A program that may read and write."""
    values = {"name": "Probe", "redirect_uris": f"{BACK}\n{apps.OUT_OF_BAND}", "scopes": "write read"}
    async with world.ctx.db.transaction() as tx:
        return await apps.register(tx, msgspec.convert(values | changes, type=NewApp))
