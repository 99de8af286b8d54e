"""A program that calls the API for one person and checks the shape of every answer.

Every 2xx body is compared with what endpoints.json says the endpoint returns, every error body with Error.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import httpx

from marula.base.kernel.ids import AccountId
from marula.domain import apps, users
from marula.domain.users import SignUp
from marula.faces.api.route import routes
from marula.faces.http.router import Router
from marula.main.web import make_app
from tests.contract import reference
from tests.contract.shape import check
from tests.world import World

HOME = "https://marula.example"
SCOPES = "read write follow push"


class Caller:
    """Somebody's program."""

    def __init__(self, client: httpx.AsyncClient, token: str | None, account: AccountId | None) -> None:
        self._client = client
        self.token = token
        self.account = account

    async def call(self, method: str, path: str, *, expect: int | None = 200, **sent: Any) -> httpx.Response:
        """Call and check. `expect`: the status, None for any."""
        headers = dict(sent.pop("headers", {}))
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        answer = await self._client.request(method, path, headers=headers, **sent)
        assert expect is None or answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.text}"
        assert answer.status_code < 500 or answer.status_code == expect, answer.text
        if answer.status_code == 304:
            assert not answer.content
        elif not answer.content:
            assert _returns(method, httpx.URL(path).path) in ((None, None), _UNKNOWN), f"{method} {path} has no body"
        elif answer.headers["content-type"].startswith("application/json"):
            kind = _returns(method, httpx.URL(path).path) if answer.is_success else "Error"
            body = answer.json()
            if kind == "Error" and "details" in body:
                kind = "ValidationError"
            elif kind == "Error" and "unexpected_accounts" in body:
                kind = "UnexpectedMentionsError"
            elif kind == "Error" and isinstance(body["error"], dict):
                kind = "CollectionValidationError"
            assert _faults(kind, body) == [], f"{method} {path}"
        return answer

    async def get(self, path: str, *, expect: int | None = 200, **sent: Any) -> Any:
        return (await self.call("GET", path, expect=expect, **sent)).json()

    async def post(self, path: str, json: Any = None, *, expect: int | None = 200, **sent: Any) -> Any:
        return (await self.call("POST", path, expect=expect, json=json, **sent)).json()

    async def write(self, text: str, **more: Any) -> Any:
        """Publish a post."""
        return await self.post("/api/v1/statuses", {"status": text} | more)


class Crowd:
    """The people of one world and their programs."""

    def __init__(self, world: World, client: httpx.AsyncClient) -> None:
        self.world = world
        self.client = client
        self.nobody = Caller(client, None, None)

    async def join(self, name: str, *, scopes: str = SCOPES, locked: bool = False) -> Caller:
        """Somebody new with a program of their own; their home feed is kept from now on."""
        ctx = self.world.ctx
        async with ctx.db.reading() as db:
            asked = SignUp(username=name, email=f"{name}@mail.example", password="correct horse", agreement=True)
            newcomer = await users.draft_person(db, asked)
        async with ctx.db.transaction() as tx:
            user = await users.register(tx, newcomer)
            issued = await apps.personal_token(tx, user.id, app_name="a probe", scopes=scopes)
        caller = Caller(self.client, issued.token, user.account_id)
        if "read" in scopes.split():
            await caller.get("/api/v1/timelines/home")
        if locked:
            await caller.call("PATCH", "/api/v1/accounts/update_credentials", json={"locked": True})
        return caller

    async def follow(self, who: Caller, whom: Caller, **options: Any) -> Any:
        return await who.post(f"/api/v1/accounts/{whom.account}/follow", options)


@asynccontextmanager
async def crowd_in(world: World) -> AsyncGenerator[Crowd, None]:
    """The whole application of a world, in process."""
    transport = httpx.ASGITransport(make_app(world.ctx))
    async with world.ctx.db.transaction() as tx:
        await users.ensure_roles(tx)
    async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
        yield Crowd(world, client)


class _Unknown:
    """No entity is known for an answer."""


_UNKNOWN: Any = _Unknown()


@cache
def _known() -> Router[dict[str, Any]]:
    """What endpoints.json says each served path returns."""
    told: dict[str, dict[str, Any]] = {}
    try:
        facts = reference.endpoints()
    except FileNotFoundError:
        facts = []
    for one in facts:
        for method in (one["method"], *one.get("also_methods", ())):
            told.setdefault(_plain(one["path"]), {})[method] = (one["returns"], one.get("returns_alt"))
    router: Router[dict[str, Any]] = Router()
    for path in {route.path for route in routes}:
        router.add(path, told.get(_plain(path), {}))
    return router


def _returns(method: str, path: str) -> Any:
    found = _known().find(path)
    return _UNKNOWN if found is None else found[0].get(method, _UNKNOWN)


def _faults(kind: Any, body: Any) -> list[Any]:
    """What is wrong with a body, which may be of either of two kinds."""
    if kind is _UNKNOWN:
        return []
    first, other = kind if isinstance(kind, tuple) else (kind, None)
    faults = check(first, body)
    return [] if other is not None and check(other, body) == [] else faults


def _plain(path: str) -> str:
    """A path whose named segments have no names."""
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))
