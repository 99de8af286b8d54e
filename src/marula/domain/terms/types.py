"""The words of the terms of service."""

from datetime import date, datetime

import msgspec


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """One version of the terms, in Markdown. `succeeded_by`: the day on which the next one takes effect."""

    effective_on: date
    text: str
    published_at: datetime
    succeeded_by: date | None = None
