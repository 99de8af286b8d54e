"""Parameters in all the ways that clients send them: query, URL-encoded form, multipart form and JSON.

Names with brackets build nested values, as clients of Mastodon expect: `media_ids[]=1`, `poll[options][]=a`,
`fields_attributes[0][name]=b`. A mapping below the top whose keys are all numbers is a list.
"""

import re
from typing import Any

import msgspec
from multipart import parse_options_header

from marula.faces.http.request import BODY_LIMIT, BadRequest, Request, pairs
from marula.faces.http.uploads import Reader, Takes

DEEPEST = 8
"""Levels of a name with brackets."""

DEEPEST_JSON = 100
"""Levels of JSON."""

_KEY = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
_PART = re.compile(r"\[([^\[\]]*)\]")


WITH_BODY = frozenset({"POST", "PUT", "PATCH", "DELETE"})


async def read(request: Request, takes: Takes | None = None) -> dict[str, Any]:
    """All parameters of a request; those of the body win over those of the query. Raises BadRequest.

    Takes: `takes`, when it may bring files; else those are skipped. They are removed by `request.end()`.
    Some programs send JSON with GET too. It is read only beside a token: other answers may be kept by caches, which
    know nothing of the body.
    """
    params = nest([*request.query_pairs()])
    if request.method in WITH_BODY or (_sends_json(request) and request.header(b"authorization") is not None):
        params.update(await _body(request, takes))
    return params


def _sends_json(request: Request) -> bool:
    return (request.header(b"content-type") or "").startswith("application/json")


async def _body(request: Request, takes: Takes | None) -> dict[str, Any]:
    kind, options = parse_options_header(request.header(b"content-type") or "")
    if kind == "multipart/form-data":
        return nest(await _multipart(request, options.get("boundary", ""), takes))
    body = await request.body()
    if not body:
        return {}
    if kind == "application/json" or kind.endswith("+json"):
        return _json(body)
    if kind in ("application/x-www-form-urlencoded", ""):
        return nest([*pairs(body)])
    return {}


def _json(body: bytes) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRequest(f"There was a problem in the JSON you submitted: {error}") from error
    _check(value, DEEPEST_JSON)
    return _lists_below(value) if isinstance(value, dict) else {"_json": value}


async def _multipart(request: Request, boundary: str, takes: Takes | None) -> list[tuple[str, Any]]:
    reader = Reader(boundary, takes)
    request.done.append(reader.discard)
    return await reader.read(request.chunks(BODY_LIMIT if takes is None else takes.body))


def nest(items: list[tuple[str, Any]]) -> dict[str, Any]:
    """Nested values from flat names. Raises BadRequest for a NUL byte or a name that nests too deep."""
    root: dict[str, Any] = {}
    for name, value in items:
        _check(name, 1)
        _check(value, 1)
        match = _KEY.match(name)
        if match is None:
            root[name] = value
            continue
        path = [match[1], *_PART.findall(match[2])]
        if len(path) > DEEPEST:
            raise BadRequest("a parameter is nested too deeply")
        _put(root, path, value)
    return _lists_below(root)


def _put(root: dict[str, Any], path: list[str], value: Any) -> None:
    """Put a value at a path. An empty part appends; within a list of mappings a repeated name starts the next one."""
    here: Any = root
    for index, part in enumerate(path):
        last = index == len(path) - 1
        deeper: Any = None if last else ([] if path[index + 1] == "" else {})
        if isinstance(here, list):
            if last:
                here.append(value)
                return
            if not here or not isinstance(here[-1], type(deeper)) or _taken(here[-1], path[index + 1 :]):
                here.append(deeper)
            here = here[-1]
        elif last:
            here[part] = value
        else:
            if not isinstance(here.get(part), type(deeper)):
                here[part] = deeper
            here = here[part]


def _taken(held: Any, rest: list[str]) -> bool:
    """Whether a mapping has a value at this path already. Where the path appends there is always room."""
    for part in rest:
        if part == "" or not isinstance(held, dict) or part not in held:
            return False
        held = held[part]
    return True


def _lists_below(root: dict[str, Any]) -> dict[str, Any]:
    return {name: _numbered(value) for name, value in root.items()}


def _numbered(value: Any) -> Any:
    """Mappings whose keys are all numbers, as lists in the order of the numbers."""
    if isinstance(value, list):
        return [_numbered(item) for item in value]
    if not isinstance(value, dict):
        return value
    done = {key: _numbered(item) for key, item in value.items()}
    if done and all(isinstance(key, str) and key.isascii() and key.isdigit() and len(key) < 6 for key in done):
        return [done[key] for key in sorted(done, key=int)]
    return done


def _check(value: Any, room: int) -> None:
    """Refuse NUL bytes and more levels than there is room for."""
    if isinstance(value, str):
        if "\x00" in value:
            raise BadRequest("Invalid parameter encoding: the text contains a NUL byte")
    elif isinstance(value, list | dict):
        if room == 0:
            raise BadRequest("a parameter is nested too deeply")
        for item in value:
            _check(item, room - 1)
        if isinstance(value, dict):
            for item in value.values():
                _check(item, room - 1)
