"""`@route`: what an endpoint is."""

import inspect
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias, TypeVar, get_type_hints

import msgspec

from marula.base.kernel import ids
from marula.base.kernel.errors import NotFound
from marula.base.kernel.paging import Page
from marula.faces.http import forms
from marula.faces.http.limits import Limit

H = TypeVar("H", bound=Callable[..., Awaitable[Any]])

Auth: TypeAlias = Literal["none", "optional", "token", "app", "user", "any_user"]
"""Who may call. none: tokens are not looked at. optional: a token changes the answer. token: any valid token. app: a
token without a user. user: a signed-in person in good standing. any_user: also one who is not confirmed or approved."""

POSTING = Limit("posting", 300, timedelta(hours=3))
FOLLOWING = Limit("following", 400, timedelta(days=1))
REPORTING = Limit("reports", 400, timedelta(days=1))
DELETING = Limit("deleting", 30, timedelta(minutes=30))
SIGN_UPS = Limit("sign_ups", 5, timedelta(minutes=30))
NEW_APPS = Limit("new_apps", 5, timedelta(minutes=10))
CONFIRMATIONS = Limit("confirmations", 5, timedelta(minutes=30))

Argument: TypeAlias = tuple[str, Callable[[Any, dict[str, str], dict[str, Any]], Any]]


class Paging(msgspec.Struct, frozen=True):
    """Bounds of a list: how many rows when the client says nothing, and at most; whether it ignores `min_id`."""

    default: int
    most: int
    since_only: bool = False


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One endpoint."""

    method: str
    path: str
    run: Callable[..., Awaitable[Any]]
    auth: Auth
    scopes: tuple[str, ...]
    limit: Limit | None
    paging: Paging | None
    form: type[msgspec.Struct] | None
    gives: Any
    path_params: tuple[tuple[str, Any], ...]
    arguments: tuple[Argument, ...]
    cache: str | None
    known: frozenset[str]
    deprecated: datetime | None
    detailed: bool
    nested: bool
    sends: str
    refuses: tuple[str, ...]
    tells: tuple[type, ...]
    uploads: int

    @property
    def page(self) -> str:
        """The documentation page: the file in which the handler lives."""
        return self.run.__module__.rpartition(".")[2]

    @property
    def summary(self) -> str:
        return (self.run.__doc__ or "").strip().partition("\n")[0]


routes: list[Route] = []


def route(
    method: str,
    path: str,
    *,
    auth: Auth = "user",
    scopes: tuple[str, ...] = (),
    limit: Limit | None = None,
    paging: tuple[int, int] | None = None,
    cache: str | None = None,
    deprecated: datetime | None = None,
    detailed: bool = False,
    nested: bool = False,
    sends: str = "application/json; charset=utf-8",
    refuses: tuple[str, ...] = (),
    tells: tuple[type, ...] = (),
    since_only: bool = False,
    uploads: int = 0,
) -> Callable[[H], H]:
    """Serve `method path` with this handler.

    `scopes`: any one suffices. `paging`: default and largest `limit`. `cache`: the Cache-Control of anonymous answers.
    `deprecated`: since when clients should call another one. `detailed`: errors of the form list their problems by
    field. `nested`: they do, and stand as a whole inside `error`. `sends`: the content type of answers. `refuses`: the
    error statuses of this endpoint besides those of its kind. `since_only`: the list takes no `min_id`, as those of
    accounts. `tells`: the entities that a 422 of this endpoint may be besides Error. `uploads`: the bytes that a file
    may have; files are skipped where there is none.
    The handler's parameters after `call`: names of the path (ids or text), `form` (a Form), `page` (a Page).
    """

    def declare(run: H) -> H:
        hints = get_type_hints(run, include_extras=True)
        bounds = Paging(*paging, since_only=since_only) if paging else None
        in_path = tuple((name[1:-1], hints[name[1:-1]]) for name in path.split("/") if name.startswith("{"))
        form: type[msgspec.Struct] | None = hints.get("form")
        names = list(inspect.signature(run).parameters)[1:]
        arguments = tuple((name, _argument(name, hints[name], dict(in_path), bounds)) for name in names)
        routes.append(
            Route(
                method=method,
                path=path,
                run=run,
                auth=auth,
                scopes=scopes,
                limit=limit,
                paging=bounds,
                form=form,
                gives=hints.get("return"),
                path_params=in_path,
                arguments=arguments,
                cache=cache,
                known=_known(form, bounds),
                deprecated=deprecated,
                detailed=detailed,
                nested=nested,
                sends=sends,
                refuses=refuses,
                tells=tells,
                uploads=uploads,
            )
        )
        return run

    return declare


def _known(form: type[msgspec.Struct] | None, bounds: Paging | None) -> frozenset[str]:
    """The parameters that say what a list holds, without the cursors that say where it begins."""
    names = [] if form is None else [field.encode_name for field in msgspec.structs.fields(form)]
    return frozenset(names if bounds is None else [*names, "limit"])


def _argument(
    name: str, kind: Any, in_path: dict[str, Any], bounds: Paging | None
) -> Callable[[Any, dict[str, str], dict[str, Any]], Any]:
    if name in in_path:
        if kind is str:
            return lambda call, path, params: _text(path[name])
        return lambda call, path, params: _id(kind, path[name])
    if name == "page" and bounds is not None:
        return lambda call, path, params: page_of(params, bounds)
    if name == "form":
        read = forms.reader(kind)
        return lambda call, path, params: read(params)
    raise TypeError(f"nothing gives the parameter {name} of a handler")


def _text(text: str) -> str:
    """A name in a path; nothing has a name with a NUL in it, which the database refuses."""
    if "\x00" in text:
        raise NotFound
    return text


def _id(kind: Callable[[int], Any], text: str) -> Any:
    found = ids.parse(kind, text)
    if found is None:
        raise NotFound
    return found


def page_of(params: dict[str, Any], bounds: Paging) -> Page:
    """The page asked for. The limit is made positive and capped; a cursor that is no number is ignored."""
    return Page(
        limit=min(abs(_number(params.get("limit"), bounds.default)), bounds.most),
        max_id=_cursor(params.get("max_id")),
        since_id=_cursor(params.get("since_id")),
        min_id=None if bounds.since_only else _cursor(params.get("min_id")),
    )


def _number(value: Any, default: int) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return default


def _cursor(value: Any) -> int | None:
    return ids.parse(int, str(value)) if isinstance(value, str | int) else None
