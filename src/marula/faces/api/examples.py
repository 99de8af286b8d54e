"""Examples for the description of the API, made from its schemas: every one has the shape that it illustrates.

Spec: OpenAPI Specification 3.1.0, media type object (example)
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

Schema: TypeAlias = Mapping[str, Any]

WORDS = {
    "acct": "ann",
    "comment": "An advertisement",
    "display_name": "Ann",
    "email": "ann@mail.example",
    "error": "Record not found",
    "language": "en",
    "locale": "en",
    "name": "marula",
    "note": "<p>I bake</p>",
    "phrase": "spoilers",
    "q": "marula",
    "spoiler_text": "",
    "status": "Good day",
    "text": "Good day",
    "title": "Neighbours",
    "username": "ann",
}
"""What stands in a text of this name."""

USUAL = ("public", "home")
"""What is shown first where one of several words may stand."""

FORMATS = {
    "^[0-9]+$": "115932489216000001",
    "uri": "https://marula.example/@ann",
    "uri-reference": "https://marula.example/@ann",
    "date-time": "2026-03-01T12:00:00.000Z",
    "date": "2026-03-01",
    "html": "<p>Good day</p>",
}
ENDINGS = {"id": FORMATS["^[0-9]+$"], "ids": FORMATS["^[0-9]+$"], "at": FORMATS["date-time"], "url": FORMATS["uri"]}
"""What stands in a text whose name ends so."""

SCALARS: dict[str, Any] = {"integer": 3, "number": 0.5, "boolean": False, "null": None}


def example(schema: Schema, components: Mapping[str, Schema], name: str = "", inside: tuple[str, ...] = ()) -> Any:
    """A value of this schema; the same one every time.

    Takes: `name`, that of the field, for a likely text; `inside`, the entities around it: where one would hold itself
    again it is null, or not in the list.
    """
    if "$ref" in schema:
        entity = schema["$ref"].rpartition("/")[2]
        return None if entity in inside else example(components[entity], components, name, (*inside, entity))
    if schema.get("examples"):
        return schema["examples"][0]
    if "enum" in schema:
        return next((choice for choice in (*USUAL, *schema["enum"]) if choice in schema["enum"]), None)
    if "anyOf" in schema:
        values = (example(one, components, name, inside) for one in schema["anyOf"])
        return next((value for value in values if value is not None), None)
    return _of_type(schema, components, name, inside)


def _of_type(schema: Schema, components: Mapping[str, Schema], name: str, inside: tuple[str, ...]) -> Any:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), None)
    if kind == "array":
        first = example(schema.get("items", {}), components, name, inside)
        return [] if first is None else [first]
    if kind == "object" or "properties" in schema:
        fields: Mapping[str, Schema] = schema.get("properties", {})
        return {field: example(inner, components, field, inside) for field, inner in fields.items()}
    if kind == "string":
        words = FORMATS.get(schema.get("format") or schema.get("pattern", ""), _likely(name))
        return words[: schema.get("maxLength", len(words))]
    return SCALARS.get(kind or "null")


def _likely(name: str) -> str:
    ending = name.rpartition("_")[2]
    return ENDINGS.get(ending) or WORDS.get(name, "text")
