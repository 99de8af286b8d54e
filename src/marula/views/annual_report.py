"""Annual reports as their reader sees them.

Spec: Mastodon documentation, entities/AnnualReport
"""

from collections.abc import Sequence

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.domain.annual_reports import Figures, Report
from marula.domain.context import Context
from marula.entities import Account, AnnualReport, AnnualReportData, Status, WrappedAnnualReports, rendered
from marula.views.account import accounts
from marula.views.status import statuses

SCHEMA = 2
"""The form of the figures: that of Mastodon since 4.6."""

LAST_MONTH = 12
"""The one point of the time series, which stands for the whole year."""


async def annual_reports(
    ctx: Context, db: Connection, viewer: AccountId, reports: Sequence[Report]
) -> WrappedAnnualReports:
    """These reports of the viewer, with the posts that they speak of and that are still there.

    Costs: those of accounts and of statuses, whatever the number.
    """
    told = [(report, report.figures) for report in reports if report.figures is not None]
    posts = [figures.top_post for _, figures in told if figures.top_post is not None]
    people = await accounts(ctx, db, list(dict.fromkeys(report.account_id for report, _ in told)))
    return WrappedAnnualReports(
        annual_reports=[_entity(report, figures) for report, figures in told],
        accounts=[rendered(Account, one.data) for one in people],
        statuses=[rendered(Status, one.data) for one in await statuses(ctx, db, viewer, posts, listed=False)],
    )


def _entity(report: Report, figures: Figures) -> AnnualReport:
    top = figures.top_hashtag
    return AnnualReport(
        year=report.year,
        data=AnnualReportData(
            archetype=figures.archetype,
            time_series=[{"month": LAST_MONTH, "statuses": figures.posts, "followers": figures.followers}],
            top_hashtags=[] if top is None else [{"name": top[0], "count": top[1]}],
            top_statuses={
                "by_reblogs": None if figures.top_post is None else str(figures.top_post),
                "by_favourites": None,
                "by_replies": None,
            },
        ),
        schema_version=SCHEMA,
        share_url=None,
        account_id=str(report.account_id),
    )
