"""The making of annual reports."""

from marula.base.events import reacts_to
from marula.domain.annual_reports import rules, store
from marula.domain.annual_reports.events import AnnualReportRequested
from marula.domain.annual_reports.types import Figures
from marula.domain.context import Context


@reacts_to(AnnualReportRequested)
async def make(ctx: Context, event: AnnualReportRequested) -> None:
    """Count somebody's year and keep the result; a report that exists stays as it is."""
    span = rules.span(event.year)
    async with ctx.db.reading() as db:
        counts = await store.counts(db, event.account_id, *span)
        figures = Figures(
            archetype=rules.archetype(counts),
            posts=counts.posts,
            followers=counts.followers,
            top_post=await store.top_post(db, event.account_id, *span),
            top_hashtag=await store.top_hashtag(db, event.account_id, *span),
        )
    async with ctx.db.transaction() as tx:
        await store.keep(tx, event.account_id, event.year, figures)
