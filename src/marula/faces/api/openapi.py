"""The description of the API, OpenAPI 3.1, made from the same declarations that serve the requests.

Spec: OpenAPI Specification 3.1.0
"""

import types
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from marula import __version__
from marula.domain import apps
from marula.entities import CollectionValidationError, Error, Quote, ShallowQuote, ValidationError
from marula.faces.api.call import Call
from marula.faces.api.examples import example
from marula.faces.api.route import Paging, Route, route, routes
from marula.faces.http.uploads import Upload
from marula.views import Rendered

REF = "#/components/schemas/{name}"

AUTH_WORDS = {
    "none": "Anybody may call this.",
    "optional": "Anybody may call this; a token changes the answer.",
    "token": "Needs a token.",
    "app": "Needs the token of an app, without a user.",
    "user": "Needs the token of a signed-in person.",
    "any_user": "Needs the token of a person, who may still wait for confirmation or approval.",
}

FAILURES = {
    "400": ("The request cannot be read.", "The request could not be read"),
    "401": ("The token is missing, unknown, revoked or expired.", "The access token is invalid"),
    "403": ("The token's scopes or the rules do not allow this.", "This action is outside the authorized scopes"),
    "404": ("There is no such thing, or this viewer may not know of it.", "Record not found"),
    "422": ("Something in the input is wrong.", "Validation failed: Text can't be blank"),
    "429": ("Too many requests; X-RateLimit-Reset says until when.", "Too many requests"),
}
"""What each status means, and the words of one such error."""

REFERRED: tuple[Any, ...] = (Quote, ShallowQuote)
"""Entities that others name only by reference."""


@route("GET", "/api/openapi.json", auth="none", cache="public, max-age=300")
async def document(call: Call) -> Rendered[dict[str, Any]]:
    """This description."""
    return Rendered(msgspec.json.encode(description() | {"servers": [{"url": call.ctx.config.web_url}]}))


class _Schemas:
    """The schemas of everything that is sent and received, made in one go so that their names agree."""

    def __init__(self, served: list[Route]) -> None:
        forms = list(dict.fromkeys(one.form for one in served if one.form is not None))
        shadows = {form: _shadow(form) for form in forms}
        answers = list(dict.fromkeys(kind for one in served for kind in _bare(one.gives)))
        told = dict.fromkeys(kind for one in served for kind in one.tells)
        errors = (Error, ValidationError, CollectionValidationError, *told)
        kinds: list[Any] = [*answers, *shadows.values(), *errors, *REFERRED]
        found, self.components = msgspec.json.schema_components(kinds, ref_template=REF)
        self.answers = dict(zip(answers, found, strict=False))
        self.bodies = dict(zip(forms, found[len(answers) :], strict=False))

    def answer(self, gives: Any) -> dict[str, Any]:
        """What an endpoint gives: one schema, or any of several."""
        found = [self.answers[kind] for kind in _bare(gives)]
        return found[0] if len(found) == 1 else {"anyOf": found}

    def shown(self, schema: dict[str, Any]) -> dict[str, Any]:
        """A schema with an example of it."""
        return {"schema": schema, "example": example(schema, self.components)}

    def query(self, form: type[msgspec.Struct]) -> list[dict[str, Any]]:
        """The fields of a form, as parameters of the query."""
        whole = self.components[self.bodies[form]["$ref"].rpartition("/")[2]]
        required = whole.get("required", [])
        return [
            {
                "name": f"{name}[]" if schema.get("type") == "array" else name,
                "in": "query",
                "required": name in required,
                "schema": schema,
            }
            for name, schema in whole["properties"].items()
        ]


@cache
def description() -> dict[str, Any]:
    """The whole document."""
    served = sorted(routes, key=lambda one: (one.path, one.method))
    schemas = _Schemas(served)
    names = _names(served)
    paths: dict[str, dict[str, Any]] = {}
    for one in served:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, names[one.method, one.path], schemas)
    flow = {
        "authorizationUrl": "/oauth/authorize",
        "tokenUrl": "/oauth/token",
        "scopes": {scope: apps.scopes.DESCRIPTIONS[scope] for one in served for scope in one.scopes},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Marula",
            "version": __version__,
            "description": "The client API of this server. It is Mastodon's, so its clients work here.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas.components,
            "securitySchemes": {"token": {"type": "oauth2", "flows": {"authorizationCode": flow}}},
        },
    }


def _names(served: list[Route]) -> dict[tuple[str, str], str]:
    """The name of each operation; where one handler serves several, the later ones are numbered."""
    names: dict[tuple[str, str], str] = {}
    counts: dict[str, int] = {}
    for one in served:
        name = f"{one.page}_{one.run.__name__}"
        counts[name] = counts.get(name, 0) + 1
        names[one.method, one.path] = name if counts[name] == 1 else f"{name}_{counts[name]}"
    return names


def _operation(one: Route, name: str, schemas: _Schemas) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": name,
        "tags": [one.page],
        "summary": one.summary,
        "description": AUTH_WORDS[one.auth],
        "responses": _responses(one, schemas),
    }
    if one.auth != "none":
        wanted = [{"token": [scope]} for scope in one.scopes] or [{"token": []}]
        operation["security"] = ([{}] if one.auth == "optional" else []) + wanted
    parameters = [_path_parameter(name, kind) for name, kind in one.path_params]
    if one.paging is not None:
        parameters += _page_parameters(one.paging)
    if one.form is not None:
        if one.method in ("GET", "DELETE"):
            parameters += schemas.query(one.form)
        else:
            operation["requestBody"] = _body(schemas.shown(schemas.bodies[one.form]))
    if parameters:
        operation["parameters"] = parameters
    if one.deprecated is not None:
        operation["deprecated"] = True
    return operation


def _responses(one: Route, schemas: _Schemas) -> dict[str, Any]:
    failures = ["400", "404", "429"]
    failures += [] if one.auth == "none" else ["401", "403", "422"]
    failures += ["422"] if one.form is not None else []
    failures += one.refuses
    answer: dict[str, Any] = {"description": "Done."}
    if one.gives is not type(None):
        answer["content"] = {one.sends.partition(";")[0]: schemas.shown(schemas.answer(one.gives))}
    invalid = ["CollectionValidationError"] if one.nested else ["ValidationError"] if one.detailed else []
    invalid += [kind.__name__ for kind in one.tells]
    return {"200": answer} | {code: _failure(code, invalid) for code in sorted(set(failures))}


def _failure(code: str, invalid: list[str]) -> dict[str, Any]:
    """An error. Takes: the shapes that one of the form may have besides that of all others."""
    meaning, words = FAILURES[code]
    kinds = ["Error", *invalid] if code == "422" else ["Error"]
    refs = [{"$ref": REF.format(name=kind)} for kind in kinds]
    schema = refs[0] if len(refs) == 1 else {"anyOf": refs}
    return {
        "description": meaning,
        "content": {"application/json": {"schema": schema, "example": {"error": words}}},
    }


def _bare(kind: Any) -> list[Any]:
    """The entity inside Rendered[…], or each of those that an endpoint may give."""
    if get_origin(kind) in (Union, types.UnionType):
        return [bare for member in get_args(kind) for bare in _bare(member)]
    return [get_args(kind)[0] if get_origin(kind) is Rendered else kind]


def _path_parameter(name: str, kind: Any) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if kind is not str:
        schema |= {"pattern": "^[0-9]+$", "maxLength": 19}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _page_parameters(paging: Paging) -> list[dict[str, Any]]:
    cursor = {"type": "string", "pattern": "^[0-9]+$"}
    words = {"max_id": "Only what is older.", "since_id": "Only what is newer."}
    if not paging.since_only:
        words["min_id"] = "What comes right after."
    limit = {"type": "integer", "default": paging.default, "maximum": paging.most}
    return [
        {"name": "limit", "in": "query", "description": "How many.", "schema": limit},
        *({"name": name, "in": "query", "description": text, "schema": cursor} for name, text in words.items()),
    ]


def _body(shown: dict[str, Any]) -> dict[str, Any]:
    others = ("application/x-www-form-urlencoded", "multipart/form-data")
    return {"content": {"application/json": shown} | {kind: {"schema": shown["schema"]} for kind in others}}


IDENTIFIER = Annotated[str, Meta(pattern="^[0-9]+$", description="A 64-bit number written as a string.")]
FILE = Annotated[str, Meta(extra_json_schema={"format": "binary"})]


@cache
def _shadow(form: type[msgspec.Struct]) -> type[msgspec.Struct]:
    """The form as clients send it: ids and files are strings."""
    hints = get_type_hints(form, include_extras=True)
    fields: list[Any] = []
    for field in msgspec.structs.fields(form):
        kind = _sent(hints[field.name])
        plain = field.default is msgspec.NODEFAULT and field.default_factory is msgspec.NODEFAULT
        default = [] if field.default_factory is not msgspec.NODEFAULT else field.default
        fields.append((field.name, kind) if plain else (field.name, kind, default))
    page = form.__module__.rpartition(".")[2].title().replace("_", "")
    return msgspec.defstruct(
        f"{page}{form.__name__}",
        fields,
        kw_only=True,
        rename={field.name: field.encode_name for field in msgspec.structs.fields(form)},
        namespace={"__doc__": form.__doc__},
    )


def _sent(kind: Any) -> Any:
    base = getattr(kind, "__supertype__", None)
    if base is int:
        return IDENTIFIER
    if kind is Upload:
        return FILE
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _shadow(kind)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return Union[tuple(_sent(member) for member in get_args(kind))]  # noqa: UP007 - of a tuple made here
    if origin in (list, tuple):
        return list[_sent(get_args(kind)[0])]  # pyright: ignore[reportInvalidTypeArguments]
    return kind
