"""From parameters to a typed form.

A form is a msgspec Struct. Its fields say what is accepted: `str`, `int`, `bool`, an id, `datetime`, an enumeration,
lists and nested forms of these. Coercion is as generous as Mastodon's: booleans are true unless they say no,
numbers may come as text, unknown names are ignored, a null counts as absent unless the field allows it, and so does
an empty text where no text is asked for. Of a list of ids, those that cannot be any are left out.
"""

import types
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import msgspec

from marula.base.kernel import ids
from marula.base.kernel.errors import Invalid, Problem
from marula.faces.http.uploads import Upload

F = TypeVar("F", bound=msgspec.Struct)
Coerce: TypeAlias = Callable[[Any], Any]

FALSE = frozenset({"", "0", "f", "false", "off"})
"""The words that say no, in any case. Spec: GOTCHAS, Requests"""


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all forms."""


class _Wrong(Exception):
    """This value does not fit; the argument is the end of the sentence that says so."""


def reader(form: type[F]) -> Callable[[Mapping[str, Any]], F]:
    """A function that makes the form from parameters. It raises Invalid with one problem for each wrong field."""
    fields = _fields(form)

    def read(params: Mapping[str, Any]) -> F:
        problems: list[Problem] = []
        values = _values(fields, params, problems, "")
        if problems:
            raise Invalid(*problems)
        return form(**values)

    return read


class _Field(msgspec.Struct, frozen=True):
    """One field of a form. `wrong`: the end of the sentence about what does not fit, where it has one of its own."""

    name: str
    alias: str
    coerce: Coerce
    required: bool
    nullable: bool
    may_be_empty: bool
    wrong: str | None


def _fields(form: type[msgspec.Struct]) -> list[_Field]:
    hints = get_type_hints(form, include_extras=True)
    return [
        _Field(
            field.name,
            field.encode_name,
            _coercion(hints[field.name]),
            field.required,
            type(None) in _members(hints[field.name]),
            _may_be_empty(hints[field.name]),
            _own_words(hints[field.name]),
        )
        for field in msgspec.structs.fields(form)
    ]


def _values(fields: list[_Field], params: Mapping[str, Any], problems: list[Problem], prefix: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in fields:
        given = params.get(field.alias, msgspec.UNSET)
        if given is None and not field.nullable:
            given = msgspec.UNSET
        if given == "" and not field.may_be_empty:
            given = msgspec.UNSET
        if given is msgspec.UNSET:
            if field.required:
                problems.append(Problem("can't be blank", prefix + field.alias, "ERR_BLANK"))
            continue
        if given is None:
            values[field.name] = None
            continue
        try:
            values[field.name] = field.coerce(given)
        except _Wrong as wrong:
            problems.append(Problem(field.wrong or str(wrong), prefix + field.alias))
        except Invalid as inner:
            problems.extend(inner.problems)
    return values


def _members(kind: Any) -> tuple[Any, ...]:
    if get_origin(kind) is Annotated:
        return _members(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return get_args(kind)
    return (kind,)


def _only(kind: Any) -> Any:
    """What a field is when it is there."""
    members = [member for member in _members(kind) if member not in (type(None), msgspec.UnsetType)]
    if len(members) != 1:
        raise TypeError(f"a form field cannot be {kind!r}")
    return members[0]


def _own_words(kind: Any) -> str | None:
    """What a field says of itself for when it is wrong: `Annotated[..., Meta(extra={"wrong": "is no colour"})]`."""
    told = (one.extra or {} for one in getattr(kind, "__metadata__", ()) if isinstance(one, msgspec.Meta))
    return next((extra["wrong"] for extra in told if "wrong" in extra), None)


def _may_be_empty(kind: Any) -> bool:
    """Whether an empty text says something: nothing, no, or none of a list."""
    only = _only(kind)
    return only in (str, bool, Any) or get_origin(only) in (list, tuple)


def _coercion(kind: Any) -> Coerce:
    only = _only(kind)
    base = getattr(only, "__supertype__", only)
    if base is not only and base is int:
        return _identifier
    origin = get_origin(only)
    if origin is Literal:
        return _choice({str(value): value for value in get_args(only)})
    if origin in (list, tuple):
        item = _coercion(get_args(only)[0])
        return _identifiers if item is _identifier else _sequence(item, cast(type, origin))
    if isinstance(only, type) and issubclass(only, Enum):
        return _choice({member.name.lower(): member for member in only})
    if isinstance(only, type) and issubclass(only, msgspec.Struct) and only is not Upload:
        return _nested(only)
    try:
        return _SCALARS[only]
    except (KeyError, TypeError):
        raise TypeError(f"a form field cannot be {kind!r}") from None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    raise _Wrong("is invalid")


def _boolean(value: Any) -> bool:
    if isinstance(value, str):
        return value.lower() not in FALSE
    return bool(value)


def _whole(value: Any) -> int:
    """A number of 64 bits. What is larger becomes the largest: it is too much of anything."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _Wrong("is not a number")
    if isinstance(value, float) and not value.is_integer():
        raise _Wrong("is not a number")
    try:
        return max(-ids.LARGEST, min(int(value), ids.LARGEST))
    except ValueError:
        raise _Wrong("is not a number") from None


def _identifier(value: Any) -> int:
    found = ids.parse(int, _text(value))
    if found is None:
        raise _Wrong("is invalid")
    return found


def _identifiers(value: Any) -> tuple[int, ...]:
    """Several ids. One that cannot be any names nothing, as one that is not known.

    Lists within the list count as what they hold: Mastodon.py sends some as `id[][]`.
    """
    items = value if isinstance(value, list) else [value]
    flat = [each for item in items for each in (item if isinstance(item, list) else [item])]
    found = (ids.parse(int, str(each)) for each in flat if isinstance(each, str | int))
    return tuple(each for each in found if each is not None)


def _moment(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(_text(value).strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid.because("Invalid date supplied") from error


def _upload(value: Any) -> Upload:
    if isinstance(value, Upload):
        return value
    raise _Wrong("is not a file")


_SCALARS: dict[Any, Coerce] = {
    str: _text,
    bool: _boolean,
    int: _whole,
    datetime: _moment,
    Upload: _upload,
    Any: lambda value: value,
}


def _choice(values: dict[str, Any]) -> Coerce:
    def coerce(value: Any) -> Any:
        try:
            return values[_text(value)]
        except KeyError:
            raise _Wrong("is not included in the list") from None

    return coerce


def _sequence(item: Coerce, kind: type) -> Coerce:
    def coerce(value: Any) -> Any:
        items = value if isinstance(value, list) else [] if value == "" else [value]
        return kind(item(each) for each in items if each is not None)

    return coerce


def _nested(form: type[msgspec.Struct]) -> Coerce:
    fields = _fields(form)

    def coerce(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _Wrong("is invalid")
        problems: list[Problem] = []
        values = _values(fields, value, problems, "")
        if problems:
            raise Invalid(*problems)
        return form(**values)

    return coerce
