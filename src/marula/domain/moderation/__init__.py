"""Moderation: what people report to those who watch over the server, and what becomes of those whose server is blocked.

Tables owned: reports.
"""

from marula.domain.moderation import reactions, rules
from marula.domain.moderation.actions import report, resolve
from marula.domain.moderation.drafting import draft_report
from marula.domain.moderation.events import ReportMade, ReportResolved
from marula.domain.moderation.store import all_of_them, by_ids, open_ones
from marula.domain.moderation.types import Category, Complaint, Report

__all__ = [
    "Category",
    "Complaint",
    "Report",
    "ReportMade",
    "ReportResolved",
    "all_of_them",
    "by_ids",
    "draft_report",
    "open_ones",
    "reactions",
    "report",
    "resolve",
    "rules",
]
