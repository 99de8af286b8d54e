"""What a worker process runs side by side: loops that end when they are asked to stop."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from marula.base.jobs.worker import Worker
from marula.domain.context import Context
from marula.faces.activitypub.delivery import Courier
from marula.faces.activitypub.inbox import IntakeWorker

Loop: TypeAlias = Callable[[Context, asyncio.Event], Awaitable[None]]
"""Works until the event is set. Raises ConnectionError, or Unreachable, when the database is away: it is begun anew."""


async def jobs(ctx: Context, stop: asyncio.Event) -> None:
    """Run jobs."""
    await Worker(ctx).run(stop)


async def deliveries(ctx: Context, stop: asyncio.Event) -> None:
    """Send what is owed to other servers."""
    await Courier(ctx).run(stop)


async def intake(ctx: Context, stop: asyncio.Event) -> None:
    """Work on what other servers sent."""
    await IntakeWorker(ctx).run(stop)


LOOPS: tuple[Loop, ...] = (jobs, deliveries, intake)
