"""Whether a request wants a document for machines, where the same address has a page for people.

Spec: RFC 9110, 12.5.1; ActivityPub 3.2
"""

MACHINES = (
    "application/activity+json",
    "application/ld+json",
    "application/json",
    "application/json+activity",
    "application/jrd+json",
)
PEOPLE = ("text/html", "application/xhtml+xml")


def wants_document(accept: str | None) -> bool:
    """Whether `Accept` prefers a document. Without a preference it is a person who asks."""
    ranked = sorted((-weight, place, kind) for place, (kind, weight) in enumerate(_kinds(accept or "")) if weight > 0)
    first = next((kind for _, _, kind in ranked if kind in MACHINES or kind in PEOPLE), None)
    return first in MACHINES


def _kinds(accept: str) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for entry in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in entry.split(";"))
        given = next((part[2:].strip() for part in parameters if part.startswith("q=")), "1")
        try:
            found.append((kind, float(given)))
        except ValueError:
            found.append((kind, 1.0))
    return found
