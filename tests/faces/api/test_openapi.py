"""The description of the API: whole, and true of what it describes."""

from collections.abc import Iterator
from typing import Any

import pytest

from marula.faces.api.examples import example
from marula.faces.api.openapi import description
from marula.faces.api.route import routes
from marula.main.web import make_app
from tests.contract.reference import entities, needs_reference
from tests.contract.shape import check

assert make_app


def walk(node: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every node of a document with the way to it."""
    yield path, node
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in pairs:
        yield from walk(inner, *path, str(key))


def operations() -> list[Any]:
    return [operation for methods in description()["paths"].values() for operation in methods.values()]


def test_every_reference_leads_somewhere() -> None:
    known = {f"#/components/schemas/{name}" for name in description()["components"]["schemas"]}
    asked = {node["$ref"] for _, node in walk(description()) if isinstance(node, dict) and "$ref" in node}
    assert asked <= known


def test_every_route_is_described_once() -> None:
    described = {(method.upper(), path) for path, methods in description()["paths"].items() for method in methods}
    assert described == {(one.method, one.path) for one in routes}
    names = [one["operationId"] for one in operations()]
    assert len(names) == len(set(names))


def test_every_operation_says_what_it_does_and_shows_it() -> None:
    for one in operations():
        assert one["summary"], one["operationId"]
        for status, answer in one["responses"].items():
            for kind, shown in answer.get("content", {}).items():
                assert "example" in shown, (one["operationId"], status, kind)


@needs_reference
def test_examples_of_answers_have_the_shape_of_the_reference() -> None:
    components = description()["components"]["schemas"]
    for name in sorted(set(components) & set(entities())):
        assert check(name, example(components[name], components, inside=(name,))) == []


def test_an_entity_inside_itself_is_left_out() -> None:
    components: Any = {
        "Twig": {"properties": {"name": {"type": "string"}, "twigs": {"items": {"$ref": "#/c/Twig"}, "type": "array"}}}
    }
    assert example({"$ref": "#/c/Twig"}, components) == {"name": "marula", "twigs": []}


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "maxLength": 2}, "te"),
        ({"anyOf": [{"type": "null"}, {"type": "integer"}]}, 3),
        ({"enum": ["direct", "public"]}, "public"),
        ({"enum": ["hide", "warn"]}, "hide"),
        ({"type": "string", "pattern": "^[0-9]+$"}, "115932489216000001"),
        ({"type": "string", "examples": ["b"]}, "b"),
    ],
)
def test_a_value_is_one_that_the_schema_allows(schema: dict[str, Any], value: Any) -> None:
    assert example(schema, {}) == value
