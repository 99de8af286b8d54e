"""Boundaries as every process remembers them."""

from collections.abc import Sequence

import msgspec

from marula.base.events import Remembered
from marula.domain.boundaries import store
from marula.domain.boundaries.rules import Boundaries
from marula.domain.boundaries.types import DomainBlock, Stance
from marula.domain.context import Context

BOUNDARIES = Remembered("boundaries", store.boundaries)


async def current(ctx: Context) -> Boundaries:
    """All boundaries in force. Costs: nothing, or two statements when this process has forgotten them."""
    kept = await ctx.memory.get(BOUNDARIES)
    return msgspec.structs.replace(kept, limited=True) if ctx.config.limited_federation else kept


async def stance(ctx: Context, host: str) -> Stance:
    """How this server stands to a host, with or without its port. Costs: as `current`."""
    return (await current(ctx)).stance(host)


async def blocks(ctx: Context) -> Sequence[DomainBlock]:
    """The blocks in force, in the order of their domains."""
    kept = await current(ctx)
    return [kept.blocks[domain] for domain in sorted(kept.blocks)]
