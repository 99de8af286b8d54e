"""Our entities are those of the reference: the same fields, kinds and words, and the same may be null or absent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec
import pytest
from msgspec import UNSET, UnsetType

from marula import entities
from marula.entities import Entity, Id, date_text, datetime_text, rendered
from tests.contract import reference
from tests.contract.samples import sample
from tests.contract.shape import check

LEFT_OUT = {
    "Announcement::Status": "documented, but the reference gives announcements whole statuses",
    "ExistingDomainBlockError": "holds an Admin entity",
    "WebhookEvent": "holds Admin entities",
}
FORMATS = {"html": "html", "uri": "url", "uri-reference": "url", "date-time": "datetime", "date": "date"}
PLAIN = {str: "string", int: "integer", float: "float", bool: "boolean", NoneType: "null", Any: "any"}
STRUCTS: list[type[Entity]] = [
    value
    for value in (getattr(entities, name) for name in entities.__all__)
    if isinstance(value, type) and issubclass(value, Entity) and value is not Entity
]
COMPONENTS = "#/components/schemas/"


@dataclass(frozen=True)
class Field:
    """What both sides must agree on."""

    kind: str
    nullable: bool
    optional: bool
    words: frozenset[str]


class Described(NamedTuple):
    """A type in the words of the reference; `inside` is the struct where the reference only says hash."""

    kind: str
    words: frozenset[str] = frozenset()
    inside: type[Entity] | None = None


Fields = dict[tuple[str, ...], Field]


def reference_names() -> dict[str, type[Entity]]:
    """Each entity of the reference that we have; Status::Mention is StatusMention here."""
    by_name = {struct.__name__: struct for struct in STRUCTS}
    return {name: by_name[ours] for name in reference.entities() if (ours := name.replace("::", "")) in by_name}


def theirs(name: str) -> Fields:
    """The fields of an entity in the reference."""
    return {
        reference.keys(fact): Field(fact["type"], fact["nullable"], fact["optional"], frozenset(fact.get("enum", ())))
        for fact in reference.entities()[name]
    }


def ours(struct: type[Entity], wanted: Fields) -> Fields:
    """The fields of a struct, going into nested ones as deep as the reference does."""
    return dict(_walk(struct, wanted, ()))


def _walk(struct: type[Entity], wanted: Fields, outer: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Field]]:
    for info in msgspec.structs.fields(struct):
        keys = (*outer, info.encode_name)
        parts = set(_alternatives(info.type))
        nullable, optional = NoneType in parts, UnsetType in parts
        found = described((parts - {NoneType, UnsetType} or {NoneType}).pop())
        if found.kind == "any":
            found, nullable = _spelled_out(info.type)
        yield keys, Field(found.kind, nullable, optional, found.words)
        if found.inside and any(key[: len(keys)] == keys and key != keys for key in wanted):
            yield from _walk(found.inside, wanted, keys)


def _alternatives(annotation: Any) -> Iterator[Any]:
    """The members of a union, also of one inside Annotated."""
    bare = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    if get_origin(bare) in {Union, UnionType}:
        for member in get_args(bare):
            yield from _alternatives(member)
    else:
        yield annotation


def described(annotation: Any) -> Described:
    """One type, not a union."""
    form: str | None = None
    if get_origin(annotation) is Annotated:
        annotation, *notes = get_args(annotation)
        form = next((note.extra_json_schema.get("format") for note in notes if note.extra_json_schema), None)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return Described("string", frozenset(arguments))
    if origin is list:
        inner = described(arguments[0])
        return Described(f"array<{inner.kind}>", inner.words, inner.inside)
    if origin is dict:
        return Described(f"hash<{described(arguments[1]).kind}>" if get_origin(arguments[1]) is list else "hash")
    if annotation in STRUCTS:
        names = {struct: name for name, struct in reference_names().items() if name != "Status::Application"}
        return Described(names[annotation]) if annotation in names else Described("hash", inside=annotation)
    return Described(FORMATS[form] if form else PLAIN[annotation])


def _spelled_out(annotation: Any) -> tuple[Described, bool]:
    """A field whose schema is written by hand: its entities, and whether it may be null."""
    (wrapped,) = [part for part in _alternatives(annotation) if part not in {NoneType, UnsetType}]
    choices = get_args(wrapped)[1].extra_json_schema["anyOf"]
    kinds = [choice["$ref"].removeprefix(COMPONENTS) for choice in choices if "$ref" in choice]
    return Described("|".join(kinds)), {"type": "null"} in choices


@reference.needs_reference
def test_every_entity_has_the_fields_of_the_reference() -> None:
    different = {
        name: sorted(map(str, set(wanted.items()) ^ set(ours(struct, wanted).items())))
        for name, struct in reference_names().items()
        if (wanted := theirs(name)) != ours(struct, wanted)
    }
    assert different == {}


@reference.needs_reference
def test_every_entity_is_there_but_those_of_administration() -> None:
    absent = {name for name in reference.entities().keys() - reference_names().keys() if not name.startswith("Admin::")}
    assert absent == LEFT_OUT.keys()


@reference.needs_reference
@pytest.mark.parametrize(
    "version",
    [
        {"last_read_id": int, "version": int, "updated_at": entities.Datetime},
        {"last_read_id": Id, "version": int, "updated_at": str},
        {"last_read_id": Id, "version": int, "updated_at": entities.Datetime | None},
        {"last_read_id": Id, "version": int | UnsetType, "updated_at": entities.Datetime},
        {"last_read_id": Literal["1"], "version": int, "updated_at": entities.Datetime},
        {"last_read_id": Id, "version": int},
        {"last_read_id": Id, "version": int, "updated_at": entities.Datetime, "extra": bool},
    ],
)
def test_the_comparison_sees_each_difference(version: dict[str, Any]) -> None:
    right = {"last_read_id": Id, "version": int, "updated_at": entities.Datetime}
    wanted = theirs("Marker")
    assert ours(_struct(right), wanted) == wanted
    assert ours(_struct(version), wanted) != wanted


def _struct(fields: dict[str, Any]) -> type[Entity]:
    made = msgspec.defstruct("Marker", list(fields.items()), bases=(Entity,), kw_only=True)
    assert issubclass(made, Entity)
    return made


@reference.needs_reference
def test_a_full_answer_passes_through_every_entity_unchanged() -> None:
    for name, struct in reference_names().items():
        whole = sample(name)
        decoded = msgspec.json.decode(msgspec.json.encode(whole), type=struct)
        again = msgspec.json.decode(msgspec.json.encode(decoded))
        assert again == whole, name
        assert check(name, again) == []


def test_every_entity_has_a_schema_under_its_own_name() -> None:
    _, components = msgspec.json.schema_components(STRUCTS, ref_template=COMPONENTS + "{name}")
    assert components.keys() == {struct.__name__ for struct in STRUCTS}
    assert {ref.removeprefix(COMPONENTS) for ref in _refs(components)} <= components.keys()


def _refs(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"]
        for inner in schema.values():
            yield from _refs(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _refs(inner)


def test_every_entity_says_what_it_is_and_where_that_is_written() -> None:
    for struct in STRUCTS:
        assert struct.__doc__, struct
        assert "\n\n    Spec: " in struct.__doc__, struct
        assert not struct.__match_args__, f"{struct.__name__}: a field that is not keyword-only"


def test_what_may_be_absent_is_absent_unless_set() -> None:
    for struct in STRUCTS:
        for info in msgspec.structs.fields(struct):
            may = UnsetType in set(_alternatives(info.type))
            assert may == (info.default is UNSET), f"{struct.__name__}.{info.name}"


def test_a_rendered_fragment_is_copied_into_its_place() -> None:
    status = rendered(entities.Status, b'{"id":"1"}')
    context = entities.Context(ancestors=[status], descendants=[status, status])
    assert msgspec.json.encode(context) == b'{"ancestors":[{"id":"1"}],"descendants":[{"id":"1"},{"id":"1"}]}'
    talk = entities.Conversation(id="2", unread=False, accounts=[], last_status=status)
    assert msgspec.json.encode(talk) == b'{"id":"2","unread":false,"accounts":[],"last_status":{"id":"1"}}'


def test_moments_are_written_in_utc_with_milliseconds() -> None:
    assert datetime_text(datetime(2026, 3, 1, 12, 0, tzinfo=UTC)) == "2026-03-01T12:00:00.000Z"
    assert datetime_text(datetime(2026, 3, 1, 12, 0, 0, 999_999, tzinfo=UTC)) == "2026-03-01T12:00:00.999Z"
    east = timezone(timedelta(hours=14))
    assert datetime_text(datetime(2026, 3, 1, 12, 0, 0, 5_000, tzinfo=east)) == "2026-02-28T22:00:00.005Z"
    assert date_text(datetime(2026, 3, 1, 12, 0, tzinfo=east)) == "2026-02-28"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        datetime_text(datetime(2026, 3, 1))  # noqa: DTZ001 - the point of the test
