"""Single values of documents.

Spec: ActivityStreams 2.0, 4.1 and 4.5; JSON-LD 1.1 (compacted arrays)
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import msgspec

Document: TypeAlias = Mapping[str, Any]

DEEPEST = 40
"""Levels of nesting that are read."""

MOST = 1000
"""Members of a list that are read."""

LONGEST_URI = 2048

_PUBLIC = {"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"}
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"

_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_ZONE = re.compile(r"([+-]\d\d)(\d\d)$")


class Unreadable(ValueError):
    """The document cannot be what it claims to be; the message says why."""


def load(data: bytes) -> Document:
    """The document in these bytes. Raises Unreadable when they are no JSON object, or one nested too deep."""
    if _depth(data) > DEEPEST and _depth(_TEXT.sub(b"", data)) > DEEPEST:
        raise Unreadable("the document is nested too deep")
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Unreadable("the bytes are no JSON") from error
    if not isinstance(found, dict):
        raise Unreadable("the document is no object")
    return found


def many(value: Any) -> list[Any]:
    """The values of a property: of a list its members, of a single value that one, of nothing none."""
    if value is None:
        return []
    return value[:MOST] if isinstance(value, list) else [value]


def one(value: Any) -> Any:
    """The first value of a property."""
    found = many(value)
    return found[0] if found else None


def text(value: Any, longest: int = 1_000_000) -> str | None:
    """A text; numbers are written out, NUL is left out, half surrogates are replaced."""
    found = one(value)
    if isinstance(found, Mapping):
        found = found.get("@value")
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return None
    return str(found).replace("\0", "").encode(errors="replace").decode()[:longest]


def flag(value: Any) -> bool:
    """A yes; anything that is not true is no."""
    return one(value) is True


def number(value: Any) -> int | None:
    """A number of things, zero or more."""
    found = one(value)
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < 2**31 else None


def document(value: Any) -> Document | None:
    """An embedded document."""
    found = one(value)
    return found if isinstance(found, Mapping) else None


def uri(value: Any) -> str | None:
    """An http address, as it was written."""
    if not isinstance(value, str) or len(value) > LONGEST_URI:
        return None
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return None
    known = parts.scheme in ("http", "https") and bool(host)
    return value if known and not any(ord(letter) <= 32 for letter in value) else None


def id_of(value: Any) -> str | None:
    """The address of what is meant, whether it is named or embedded."""
    found = one(value)
    if isinstance(found, Mapping):
        found = found.get("id") or found.get("@id") or found.get("href")
    return uri(found)


def ids_of(value: Any) -> list[str]:
    """The addresses of all that are meant, in their order; the public is written in one way."""
    found: list[str | None] = []
    for entry in many(value):
        name = entry.get("id") if isinstance(entry, Mapping) else entry
        found.append(PUBLIC if isinstance(name, str) and name in _PUBLIC else id_of(entry))
    return list(dict.fromkeys(name for name in found if name is not None))


def kind_of(value: Any, known: tuple[str, ...] = ()) -> str:
    """The type of a document; of several the first that is `known`, else the first. Empty when it has none."""
    kinds = [entry for entry in many(value.get("type") or value.get("@type")) if isinstance(entry, str)]
    short = [entry.rpartition("#")[2] for entry in kinds]
    return next((entry for entry in short if entry in known), short[0] if short else "")


def moment(value: Any) -> datetime | None:
    """A time in UTC, in any of the spellings of the field. Without a zone it is UTC."""
    written = text(value, 64)
    if written is None:
        return None
    try:
        found = datetime.fromisoformat(_ZONE.sub(r"\1:\2", written.strip()))
    except ValueError:
        return None
    try:
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return found if 1970 <= found.year < 9000 else None


def offset(value: Any) -> tzinfo | None:
    """The zone that a time is written with, when it is one."""
    try:
        return datetime.fromisoformat(_ZONE.sub(r"\1:\2", (text(value, 64) or "").strip())).tzinfo
    except ValueError:
        return None


def duration(value: Any) -> timedelta | None:
    """A span of time. Spec: ISO 8601, as far as days, hours, minutes and seconds"""
    found = _DURATION.fullmatch(text(value, 64) or "")
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    try:
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None


def same_origin(first: str | None, second: str | None) -> bool:
    """Whether two addresses are of one server: scheme, host and port. Spec: FEP-fe34"""
    if first is None or second is None:
        return False
    return _origin(first) == _origin(second)


def _origin(address: str) -> tuple[str, str, int]:
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = None
    return parts.scheme, (parts.hostname or "").lower(), port or (443 if parts.scheme == "https" else 80)


def _depth(data: bytes) -> int:
    """How deep the brackets of a JSON text nest; those in texts count too, unless they are taken out before."""
    depth = deepest = 0
    for byte in data.translate(None, _NO_BRACKETS):
        depth += 1 if byte in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
