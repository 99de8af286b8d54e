"""`sample`: a made-up answer with every field of an entity in it, made from the reference facts."""

from typing import Any

from tests.contract.reference import entities, keys

SCALARS: dict[str, Any] = {
    "string": "text",
    "html": "<p>text</p>",
    "url": "https://marula.example/thing",
    "datetime": "2026-03-01T12:00:00.000Z",
    "date": "2026-03-01",
    "integer": 3,
    "float": 0.5,
    "boolean": True,
    "null": None,
}
INSIDE: dict[str, dict[str, Any]] = {
    "colors": {"background": "#000000", "foreground": "#ffffff", "accent": "#336699"},
    "details": {"error": "ERR_BLANK", "description": "must be there"},
    "links": {"rel": "self", "href": "https://marula.example/thing"},
    "services": {"inbound": [], "outbound": []},
}
"""What is inside those hashes of which the reference speaks in notes only."""


def sample(name: str, inside: tuple[str, ...] = ()) -> dict[str, Any]:
    """An entity with all its fields. Where an entity would hold itself again, the field is null or left out."""
    whole: dict[str, Any] = {}
    for fact in sorted(entities()[name], key=lambda fact: len(keys(fact))):
        *outer, last = keys(fact)
        place: Any = whole
        for key in outer:
            place = place[key][0] if isinstance(place[key], list) else place[key]
        if any(word in (*inside, name) for word in _named(fact["type"])):
            if fact["nullable"]:
                place[last] = None
            elif not fact["optional"]:
                place[last] = []
        else:
            place[last] = _value(fact, fact["type"], (*inside, name))
    return whole


def _value(fact: dict[str, Any], kind: str, inside: tuple[str, ...]) -> Any:
    kind = kind.split("|")[0]
    if kind.startswith("array<"):
        return [_value(fact, kind[6:-1], inside)]
    if kind.startswith("hash<"):
        return {"key": _value(fact, kind[5:-1], inside)}
    if kind == "hash":
        return dict(INSIDE.get(keys(fact)[-1], {}))
    if "enum" in fact:
        return fact["enum"][-1]
    return SCALARS[kind] if kind in SCALARS else sample(kind, inside)


def _named(kind: str) -> set[str]:
    """The entities a type speaks of."""
    return {word for word in kind.replace("array<", "").replace(">", "").split("|") if word in entities()}
