"""The small types that entities share: texts with a meaning, closed sets of words, and how times are written."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from msgspec import Meta

Id = Annotated[str, Meta(description="A 64-bit number written as a string.", examples=["115932489216000001"])]
Html = Annotated[
    str,
    Meta(
        description="Sanitised HTML; may be empty.", extra_json_schema={"format": "html"}, examples=["<p>Good day</p>"]
    ),
]
Url = Annotated[
    str,
    Meta(
        description="An absolute URL.",
        extra_json_schema={"format": "uri"},
        examples=["https://marula.example/@ann"],
    ),
]
UrlOrEmpty = Annotated[
    str,
    Meta(description="An absolute URL, or an empty string for none.", extra_json_schema={"format": "uri-reference"}),
]
Datetime = Annotated[
    str,
    Meta(
        description="A moment in UTC, with milliseconds and a Z.",
        extra_json_schema={"format": "date-time"},
        examples=["2026-03-01T12:00:00.000Z"],
    ),
]
DateText = Annotated[
    str,
    Meta(description="A day without a time.", extra_json_schema={"format": "date"}, examples=["2026-03-01"]),
]

Visibility = Literal["public", "unlisted", "private", "direct"]
QuotePolicy = Literal["public", "followers", "nobody"]
ApprovalGroup = Literal["public", "followers", "following", "unsupported_policy"]


def datetime_text(moment: datetime) -> str:
    """A moment as clients read it: UTC, cut to milliseconds, with a Z.

    Raises: ValueError when the moment has no time zone.
    """
    if moment.tzinfo is not UTC:
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone")
        moment = moment.astimezone(UTC)
    return moment.isoformat("T", "milliseconds")[:-6] + "Z"


def date_text(moment: datetime) -> str:
    """The day, in UTC, on which a moment falls.

    Raises: ValueError when the moment has no time zone.
    """
    return datetime_text(moment)[:10]
