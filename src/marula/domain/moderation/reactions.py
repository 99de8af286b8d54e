"""What becomes of the people of servers that are blocked."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from marula.base.events import reacts_to
from marula.base.jobs import job, later, later_each
from marula.domain import accounts, boundaries, relationships
from marula.domain.boundaries import BoundaryMoved
from marula.domain.context import Context

BATCH = 500
"""Accounts that one transaction limits or suspends."""

SEVERED = 50
"""Pairs of people whom one transaction separates or joins."""


class Border(msgspec.Struct, frozen=True):
    """A server, and the marks of the blocks that held of it or hold."""

    domain: str
    marks: tuple[datetime, ...]


@reacts_to(BoundaryMoved, lane="upkeep")
async def enforce(ctx: Context, event: BoundaryMoved) -> None:
    """Do as was decided to every server that is known and may be concerned, one job for each."""
    async with ctx.db.reading() as db:
        known = await accounts.domains(db)
    await _enforce_on(ctx, [name for name in known if boundaries.covers(event.domain, name)], event.marks)


@job(lane="upkeep")
async def enforce_all(ctx: Context) -> None:
    """Do as was decided to every server that is known: after limited federation was switched on or off."""
    kept = await boundaries.current(ctx)
    marks = (boundaries.UNNAMED_SINCE, *(one.created_at for one in kept.blocks.values()))
    async with ctx.db.reading() as db:
        known = await accounts.domains(db)
    for name in known:
        stance = kept.stance(name)
        await _enforce_on(ctx, [name], marks if stance.since is None else (boundaries.UNNAMED_SINCE, stance.since))


@job(lane="upkeep")
async def restrict(ctx: Context, border: Border) -> None:
    """Limit, suspend or let go the accounts of a server; end the follows with it, or give them back."""
    stance = await boundaries.stance(ctx, border.domain)
    silenced_at = stance.since if stance.severity == "silence" else None
    suspended_at = stance.since if stance.suspended else None
    changed = BATCH
    while changed == BATCH:
        async with ctx.db.transaction() as tx:
            changed = await accounts.restrict_server(
                tx,
                border.domain,
                border.marks,
                silenced_at=silenced_at,
                suspended_at=suspended_at,
                batch=BATCH,
            )
            if changed < BATCH:
                await later(tx, sever if stance.suspended else restore, border.domain)


@job(lane="upkeep")
async def sever(ctx: Context, domain: str) -> None:
    """End the follows between people of this server and one that is suspended. It goes on where it stopped."""
    more = True
    while more and (await boundaries.stance(ctx, domain)).suspended:
        async with ctx.db.transaction() as tx:
            more = await relationships.sever_server(tx, domain, SEVERED)


@job(lane="upkeep")
async def restore(ctx: Context, domain: str) -> None:
    """Give back the follows that ended with the suspension of a server. It goes on where it stopped."""
    more = True
    while more and not (await boundaries.stance(ctx, domain)).suspended:
        async with ctx.db.transaction() as tx:
            more = await relationships.restore_server(tx, domain, SEVERED)


async def _enforce_on(ctx: Context, domains: Sequence[str], marks: tuple[datetime, ...]) -> None:
    async with ctx.db.transaction() as tx:
        await later_each(tx, restrict, [Border(name, marks) for name in domains])
