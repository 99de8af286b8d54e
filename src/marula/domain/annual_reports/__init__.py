"""Annual reports: what somebody did in a year, made in December for those who ask.

Tables owned: annual_reports.
"""

from marula.domain.annual_reports import reactions, rules
from marula.domain.annual_reports.actions import request, view
from marula.domain.annual_reports.events import AnnualReportRequested
from marula.domain.annual_reports.reading import campaign, state
from marula.domain.annual_reports.store import report, unread
from marula.domain.annual_reports.types import Figures, Report, State

__all__ = [
    "AnnualReportRequested",
    "Figures",
    "Report",
    "State",
    "campaign",
    "reactions",
    "report",
    "request",
    "rules",
    "state",
    "unread",
    "view",
]
