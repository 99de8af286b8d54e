"""The facts of the terms of service."""

from datetime import date

from marula.base.events import Fact


class TermsPublished(Fact, frozen=True, kw_only=True):
    """Everybody can read the terms that hold from this day; `told`: everybody is to hear of it by mail."""

    effective_on: date
    told: bool


class TermsWithdrawn(Fact, frozen=True, kw_only=True):
    """Terms were taken back before they took effect."""

    effective_on: date
