"""When and where an event is, in lines that people of every language can read.

Spec: ActivityStreams vocabulary, Event and Place; FEP-8a8e (events); federation practice of Mobilizon, Gancio and
WordPress
"""

from datetime import UTC, datetime, timedelta, tzinfo
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from marula.base.text import sanitise_name
from marula.faces.activitypub.reading import values
from marula.faces.activitypub.reading.values import Document

LONGEST = 500
MOST_PLACES = 5
ADDRESS = ("streetAddress", "postalCode", "addressLocality", "addressRegion", "addressCountry")


def event_lines(document: Document) -> str:
    """The time and the places of an event, and where to take part, as HTML. Empty when it says none of them."""
    places = [place for one in values.many(document.get("location"))[:MOST_PLACES] for place in [_place(one)] if place]
    online = [values.uri(document.get(name)) for name in ("externalParticipationUrl", "onlineAddress")]
    lines = [
        *(["🚫 CANCELLED"] if values.text(document.get("ical:status"), 20) == "CANCELLED" else []),
        *(f"📅 {escape(when)}" for when in [_when(document)] if when),
        *places,
        *(f"🔗 {_link(url, url)}" for url in dict.fromkeys(online) if url is not None),
    ]
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def _when(document: Document) -> str:
    """From when to when, in the time of the place if that is known, else in the zone that it is written with."""
    zone = _zone(document)
    begins, ends = _local(document.get("startTime"), zone), _local(document.get("endTime"), zone)
    if begins is None:
        return ""
    first = f"{begins:%Y-%m-%d %H:%M}"
    last = (
        ""
        if ends is None or ends <= begins
        else f"{ends:%H:%M}"
        if ends.date() == begins.date()
        else f"{ends:%Y-%m-%d %H:%M}"
    )
    where = zone.key if zone is not None else _offset(begins)
    return f"{first}{' – ' if last else ''}{last} ({where})"


def _zone(document: Document) -> ZoneInfo | None:
    name = values.text(document.get("timezone"), 60) or ""
    try:
        return ZoneInfo(name) if name else None
    except (LookupError, OSError, ValueError):
        return None


def _local(value: Any, zone: tzinfo | None) -> datetime | None:
    moment, written = values.moment(value), values.offset(value)
    if moment is None:
        return None
    try:
        return moment.astimezone(zone or written or UTC)
    except OverflowError:
        return None


def _offset(moment: datetime) -> str:
    shift = moment.utcoffset() or timedelta()
    return f"UTC{moment.isoformat()[-6:]}" if shift else "UTC"


def _place(value: Any) -> str:
    """A place with its address, or the address in the web where an event is; each once."""
    if isinstance(value, str):
        url = values.uri(value)
        return "" if url is None and not value.strip() else f"📍 {_link(url, url) if url else escape(_words(value))}"
    if not isinstance(value, dict):
        return ""
    name, url = _words(value.get("name")), values.uri(values.one(value.get("url")))
    if values.kind_of(value) == "VirtualLocation":
        return f"🔗 {_link(url, name or url)}" if url is not None else ""
    parts = [name, *_address(value.get("address"))]
    line = ", ".join(escape(part) for part in dict.fromkeys(part for part in parts if part))
    return f"📍 {line}" if line else ""


def _address(value: Any) -> list[str]:
    if not isinstance(value, dict):
        return [_words(value)]
    street, code, town, region, country = (_words(value.get(name)) for name in ADDRESS)
    return [street, f"{code} {town}".strip(), region, country]


def _words(value: Any) -> str:
    return sanitise_name(values.text(value, LONGEST) or "")


def _link(url: str, words: str) -> str:
    return f'<a href="{escape(url)}">{escape(words)}</a>'
