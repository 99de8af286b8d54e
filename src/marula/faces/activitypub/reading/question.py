"""The polls of questions.

Spec: ActivityStreams vocabulary, Question; FEP-9967
"""

from datetime import datetime

import msgspec

from marula.base.text import sanitise_name
from marula.faces.activitypub.reading import values
from marula.faces.activitypub.reading.values import Document

MOST_OPTIONS = 500


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The poll of a question. `ends_at` None: it runs for ever. `voters`: None when the peer does not count them."""

    options: tuple[str, ...]
    tallies: tuple[int, ...]
    voters: int | None
    multiple: bool
    ends_at: datetime | None
    closed: bool


def read_question(document: Document) -> Asked | None:
    """The poll; None when it has no options."""
    multiple = bool(values.many(document.get("anyOf")))
    entries = [
        entry for entry in values.many(document.get("anyOf") or document.get("oneOf")) if isinstance(entry, dict)
    ]
    named = [
        (sanitise_name(values.text(entry.get("name")) or values.text(entry.get("content")) or ""), entry)
        for entry in entries[:MOST_OPTIONS]
    ]
    kept = [(name, entry) for name, entry in named if name]
    if not kept:
        return None
    counts = [values.document(entry.get("replies")) or {} for _, entry in kept]
    closed = values.one(document.get("closed"))
    return Asked(
        options=tuple(name for name, _ in kept),
        tallies=tuple(values.number(count.get("totalItems")) or 0 for count in counts),
        voters=values.number(document.get("votersCount")),
        multiple=multiple,
        ends_at=values.moment(closed) or values.moment(document.get("endTime")),
        closed=bool(closed),
    )
