"""Whether somebody has a report, or can have one."""

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.domain import site
from marula.domain.annual_reports import rules, store
from marula.domain.annual_reports.types import State
from marula.domain.context import Context


async def campaign(ctx: Context) -> int | None:
    """The year whose reports are made now, unless the owner does not want them."""
    return rules.campaign(ctx.clock.now()) if (await site.get(ctx)).wrapstodon else None


async def state(ctx: Context, db: Connection, who: AccountId, year: int) -> State:
    """Whether there is a report of a year, or can be. Costs: one statement, two in December."""
    known = rules.known_state(await store.report(db, who, year))
    if known is not None:
        return known
    if year != await campaign(ctx):
        return "ineligible"
    return "eligible" if rules.eligible(await store.counts(db, who, *rules.span(year))) else "ineligible"
