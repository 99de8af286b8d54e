"""`@page`: what a page is, and a visit to one."""

from collections.abc import Awaitable, Callable
from typing import Any, Literal, TypeAlias

import msgspec

from marula.base.kernel.ids import AccountId, SessionId
from marula.domain.context import Context
from marula.domain.users import User
from marula.faces.http.limits import Limit, Limiter
from marula.faces.http.request import Request

Headers: TypeAlias = list[tuple[bytes, bytes]]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that is a page: a template with its values. `framed`: other sites may show it inside theirs."""

    template: str
    title: str
    values: dict[str, Any] = {}
    status: int = 200
    framed: bool = False


class Sent(msgspec.Struct, frozen=True):
    """An answer that sends the browser elsewhere."""

    to: str


class Shell(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that is the page of the web app. `connects`: where it may call besides this server."""

    values: dict[str, Any]
    connects: str


class File(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that is a file as it is. `encoding`: how it is compressed; None where it never is."""

    data: bytes
    kind: str
    cache: str
    etag: str
    encoding: str | None = None


Answer: TypeAlias = Shown | Sent | Shell | File


class Visit:
    """One request for a page on its way to its handler and back."""

    __slots__ = ("cookies", "ctx", "form", "headers", "limiter", "path", "request", "seed", "session", "user")

    def __init__(self, ctx: Context, limiter: Limiter, request: Request, path: dict[str, str]) -> None:
        self.ctx = ctx
        self.limiter = limiter
        self.request = request
        self.path = path
        self.form: dict[str, Any] = {}
        self.cookies: dict[str, str] = {}
        self.headers: Headers = []
        self.seed = ""
        self.session: SessionId | None = None
        self.user: User | None = None

    @property
    def viewer(self) -> AccountId | None:
        """The account that looks, or None for a visitor."""
        return None if self.user is None else self.user.account_id

    @property
    def member(self) -> User:
        """The signed-in person of a page with `members=True`."""
        if self.user is None:
            raise RuntimeError("this page did not ask for a member")
        return self.user

    def text(self, name: str) -> str:
        """A parameter as text; empty when it was not sent."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""

    def count(self, limit: Limit, key: str) -> None:
        """Count this visit in a rate limit. Raises TooMany."""
        self.limiter.take(limit, key, self.ctx.clock.now())


Handler: TypeAlias = Callable[[Visit], Awaitable[Answer]]


class PageRoute(msgspec.Struct, frozen=True, kw_only=True):
    """One page and one method. `members`: visitors are sent to sign in first; `app`: members get the web app."""

    method: Literal["GET", "POST"]
    path: str
    run: Handler
    members: bool
    same_for_all: bool = False
    app: bool = False


routes: list[PageRoute] = []


def page(
    method: Literal["GET", "POST"], path: str, *, members: bool = False, same_for_all: bool = False, app: bool = False
) -> Callable[[Handler], Handler]:
    """Serve `method path` with this handler. A POST is only let through with the token of its form.

    `same_for_all`: it does not matter who visits, so nobody looks. `app`: those who are signed in get the web app at
    this address, unless they ask for the page with `?plain=1`.
    """

    def declare(run: Handler) -> Handler:
        routes.append(PageRoute(method=method, path=path, run=run, members=members, same_for_all=same_for_all, app=app))
        return run

    return declare
