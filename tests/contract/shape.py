"""`check` tells whether an answer has the shape that clients expect: `assert check("Status", body) == []`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from tests.contract.reference import entities, keys

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
URL = re.compile(r"[a-z][a-z0-9+.-]*://[^\s/]\S*", re.IGNORECASE)
WORDS = {"string", "html", "url", "datetime", "date"}


@dataclass
class Shape:
    """One field as the reference describes it, and the fields inside it."""

    type: str
    nullable: bool = False
    optional: bool = False
    enum: list[str] | None = None
    may_be_empty: bool = False
    inside: "dict[str, Shape]" = field(default_factory=dict[str, "Shape"])


def check(expected: str | list[str] | None, value: Any) -> list[str]:
    """What is wrong with an answer; an empty list when nothing is.

    Takes: `returns` as the reference writes it ("Status", ["Account"], "hash<Marker>", "array<Tag>", None for no
    body), and the parsed JSON.
    Gives: a sentence for each fault, starting with its path, such as "$.account.id: is missing".
    """
    if expected is None:
        return [] if value is None else [f"$: should be no body, is {_kind(value)}"]
    text = f"array<{expected[0]}>" if isinstance(expected, list) else expected
    return list(_faults(Shape(text), value, "$"))


def _faults(shape: Shape, value: Any, path: str) -> Iterator[str]:
    if value is None:
        if not shape.nullable and shape.type != "null":
            yield f"{path}: is null, should be {shape.type}"
    elif inner := _argument("array", shape.type):
        if not isinstance(value, list):
            yield f"{path}: is {_kind(value)}, should be {shape.type}"
            return
        each = Shape(inner, enum=shape.enum, inside=shape.inside)
        for position, item in enumerate(value):
            yield from _faults(each, item, f"{path}[{position}]")
    elif inner := _argument("hash", shape.type):
        if not isinstance(value, dict):
            yield f"{path}: is {_kind(value)}, should be {shape.type}"
            return
        for key, item in value.items():
            yield from _faults(Shape(inner), item, f"{path}.{key}")
    elif "|" in shape.type:
        attempts = [list(_faults(Shape(one), value, path)) for one in shape.type.split("|")]
        yield from min(attempts, key=len)
    elif shape.type == "hash":
        yield from _object(shape.inside, value, path, closed=bool(shape.inside))
    elif shape.type in entities():
        yield from _object(_entity(shape.type), value, path, closed=True)
    else:
        yield from _scalar(shape, value, path)


def _object(fields: Mapping[str, Shape], value: Any, path: str, *, closed: bool) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: is {_kind(value)}, should be an object"
        return
    for name, shape in fields.items():
        if name in value:
            yield from _faults(shape, value[name], f"{path}.{name}")
        elif not shape.optional:
            yield f"{path}.{name}: is missing"
    if closed:
        yield from (f"{path}.{name}: is not known" for name in value if name not in fields)


def _scalar(shape: Shape, value: Any, path: str) -> Iterator[str]:
    kind = _kind(value)
    if shape.type in WORDS:
        right = kind == "string"
    elif shape.type in {"integer", "boolean"}:
        right = kind == shape.type
    elif shape.type == "float":
        right = kind in {"integer", "float"}
    else:
        raise ValueError(f"{path}: the reference has no type {shape.type}")
    if not right:
        yield f"{path}: is {kind}, should be {shape.type}"
    elif shape.enum is not None and value not in shape.enum:
        yield f"{path}: is {value!r}, should be one of {', '.join(shape.enum)}"
    elif not _well_written(shape, value):
        yield f"{path}: {value!r} is not written as {shape.type}"


def _well_written(shape: Shape, value: Any) -> bool:
    """Whether a text is a real moment, day or address, where it should be one."""
    match shape.type:
        case "datetime":
            return MOMENT.fullmatch(value) is not None and _parses(datetime.fromisoformat, value)
        case "date":
            return DAY.fullmatch(value) is not None and _parses(date.fromisoformat, value)
        case "url":
            return URL.fullmatch(value) is not None or (shape.may_be_empty and value == "")
        case _:
            return True


def _parses(parse: Any, text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _argument(outer: str, text: str) -> str | None:
    """X of `outer<X>`."""
    return text[len(outer) + 1 : -1] if text.startswith(f"{outer}<") and text.endswith(">") else None


def _kind(value: Any) -> str:
    """The JSON name of what a value is."""
    names = {bool: "boolean", int: "integer", float: "float", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")


@cache
def _entity(name: str) -> dict[str, Shape]:
    """The fields of an entity, nested ones inside those that hold them."""
    top: dict[str, Shape] = {}
    for fact in sorted(entities()[name], key=lambda fact: len(keys(fact))):
        *outer, last = keys(fact)
        place = top
        for key in outer:
            place = place[key].inside
        empty = "may be an empty string" in fact.get("note", "")
        place[last] = Shape(fact["type"], fact["nullable"], fact["optional"], fact.get("enum"), empty)
    return top
