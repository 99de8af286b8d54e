"""The reference facts beside the project: what a server of this kind answers, field by field."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "reference"

needs_reference = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="reference facts not present beside the project"
)  # a mark for a test, or `pytestmark = needs_reference` for a file


@cache
def load(name: str) -> Any:
    """One file of the reference, parsed; without the reference the test that asks is skipped."""
    if not FOLDER.is_dir():
        pytest.skip("reference facts not present beside the project")
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def endpoints() -> list[dict[str, Any]]:
    """All endpoints: method, path, scopes, params, returns, tier and so on."""
    return load("endpoints.json")


EXTENSIONS: dict[str, list[dict[str, Any]]] = {
    "Status": [{"name": "reactions[]", "type": "array<Reaction>", "nullable": False, "optional": True}],
}
"""What our answers say besides what Mastodon says; all of it may be absent."""


@cache
def entities() -> dict[str, list[dict[str, Any]]]:
    """The fields of each entity by its name, with those it extends, without those no longer sent."""
    pages = {page["name"]: page for page in load("entities.json")}

    def fields(name: str) -> list[dict[str, Any]]:
        page = pages[name]
        inherited = fields(page["extends"]) if "extends" in page else []
        return inherited + [field for field in page["fields"] if "removed" not in field] + EXTENSIONS.get(name, [])

    return {name: fields(name) for name in pages}


def keys(field: dict[str, Any]) -> tuple[str, ...]:
    """Where a field stands inside its entity, from the outermost key inwards; arrays on the way do not show."""
    return tuple(field.get("path") or (key.removesuffix("[]") for key in field["name"].split(".")))
