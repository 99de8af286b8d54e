"""`marula worker` that only delivers, with pauses so short that a test can wait for them."""

import asyncio
import sys

import marula.main.worker as worker
from marula.cli import main
from marula.domain.context import Context
from marula.faces.activitypub.delivery import Courier

HASTE = 400


async def deliveries(ctx: Context, stop: asyncio.Event) -> None:
    """Send what is owed, in a hurry."""
    await Courier(ctx, haste=HASTE).run(stop)


if __name__ == "__main__":
    worker.LOOPS = (deliveries,)
    sys.exit(main(["worker"]))
