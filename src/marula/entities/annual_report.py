"""A person's year in figures."""

from typing import Annotated, Literal

from msgspec import Meta

from marula.entities.account import Account
from marula.entities.entity import Entity
from marula.entities.scalars import Id, Url
from marula.entities.status import Status

Figures = dict[str, int | str | None]


class AnnualReportData(Entity, kw_only=True):
    """The figures of a yearly report.

    Spec: Mastodon documentation, entities/AnnualReport (data)
    """

    archetype: Literal["lurker", "booster", "pollster", "replier", "oracle"]
    time_series: list[Figures]
    top_hashtags: list[Figures]
    top_statuses: Figures


class AnnualReport(Entity, kw_only=True):
    """The report of one year.

    Spec: Mastodon documentation, entities/AnnualReport
    """

    year: int
    data: AnnualReportData
    schema_version: int
    share_url: Url | None
    account_id: Id


class WrappedAnnualReports(Entity, kw_only=True):
    """Reports with the accounts and statuses they speak of.

    Spec: Mastodon documentation, entities/AnnualReport
    """

    annual_reports: list[AnnualReport]
    accounts: list[Account]
    statuses: list[Status]


class AnnualReportState(Entity, kw_only=True):
    """Whether somebody has a report, or could have one.

    Spec: Mastodon documentation, methods/annual_reports
    """

    state: Literal["available", "generating", "eligible", "ineligible"]


class AnnualReportEvent(Entity, kw_only=True):
    """The year a notification about a report speaks of.

    Spec: Mastodon documentation, entities/Notification
    """

    year: Annotated[str, Meta(description="A number in a string.")]
