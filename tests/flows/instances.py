"""Instances that talk to each other or to peers: whole servers on loopback, with people who have programs."""

import asyncio
import time
import uuid
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import httpx

from marula.base.kernel.config import load
from marula.domain import apps, users
from marula.domain.users import SignUp
from marula.main.context import open_context
from tests.conftest import database_named
from tests.faces.api.caller import SCOPES
from tests.flows.server import PASSWORD, Server, server
from tests.folders import open_folder

T = TypeVar("T")

PATIENCE = 20.0
"""Seconds within which the other side has to know."""

QUIET = 1.5
"""Seconds after which what has not come does not come."""


class Instance:
    """A running server."""

    def __init__(self, running: Server, dsn: str) -> None:
        self.server = running
        self.dsn = dsn
        self.domain = running.url.removeprefix("http://")

    def person(self, name: str) -> "Person":
        """Somebody new here."""
        return Person(self, name, asyncio.run(self._join(name)))

    def hurry(self) -> None:
        """Run now what is put off for some minutes, and end the polls whose end is awaited."""
        asyncio.run(
            self._sql("update jobs set run_at = now() where dead_at is null and name not like '%end_poll'", NOTIFY)
        )

    def end_polls(self) -> None:
        """Let the time of all polls be over."""
        ended = "update polls set expires_at = now() - interval '1 second' where closed_at is null"
        asyncio.run(self._sql(ended, "update jobs set run_at = now() where name like '%end_poll'", NOTIFY))

    async def _join(self, name: str) -> str:
        settings = load({"DATABASE_URL": self.dsn, "LOCAL_DOMAIN": self.domain}, None)
        signed_up = SignUp(username=name, email=f"{name}@mail.example", password=PASSWORD, agreement=True)
        async with open_context(settings, self.dsn) as ctx:
            async with ctx.db.reading() as db:
                newcomer = await users.draft_person(db, signed_up)
            async with ctx.db.transaction() as tx:
                user = await users.register(tx, newcomer)
                return (await apps.personal_token(tx, user.id, app_name="a story", scopes=SCOPES)).token

    async def _sql(self, *statements: str) -> None:
        connection = await asyncpg.connect(self.dsn)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


NOTIFY = "select pg_notify('marula_jobs', '')"


class Person:
    """Somebody with a program."""

    def __init__(self, home: Instance, name: str, token: str) -> None:
        self.home = home
        self.handle = f"@{name}@{home.domain}"
        self._client = httpx.Client(base_url=home.server.url, headers={"authorization": f"Bearer {token}"}, timeout=30)
        self.id: str = self.get("/api/v1/accounts/verify_credentials")["id"]

    def get(self, path: str, **params: Any) -> Any:
        return self._call("GET", path, params=params)

    def post(self, path: str, **sent: Any) -> Any:
        return self._call("POST", path, json=sent)

    def put(self, path: str, **sent: Any) -> Any:
        return self._call("PUT", path, json=sent)

    def patch(self, path: str, **sent: Any) -> Any:
        return self._call("PATCH", path, json=sent)

    def delete(self, path: str) -> Any:
        return self._call("DELETE", path)

    def status(self, path: str) -> int:
        """Only how it was answered."""
        return self._client.get(path).status_code

    def write(self, text: str, **more: Any) -> Any:
        """Publish a post."""
        return self.post("/api/v1/statuses", status=text, **more)

    def upload(self, data: bytes, **form: Any) -> Any:
        """Send a file."""
        return self._call("POST", "/api/v2/media", files={"file": ("a", data, "")}, data=form)

    def find(self, other: "Person") -> str:
        """The id here of somebody elsewhere, who is looked for by their handle."""
        found = self.get("/api/v2/search", q=other.handle, resolve="true", type="accounts")["accounts"]
        assert [f"@{one['acct']}" for one in found] == [other.handle]
        return found[0]["id"]

    def follow(self, other: "Person") -> None:
        """Follow somebody elsewhere who is not locked, and wait until they know."""
        target = self.find(other)
        assert self.post(f"/api/v1/accounts/{target}/follow")["requested"]
        until(lambda: self.standing(target)["following"])

    def standing(self, target: str) -> Any:
        """How this person stands to an account."""
        return self.get("/api/v1/accounts/relationships", **{"id[]": target})[0]

    def home_feed(self) -> list[str]:
        """The ids of the actors' posts in the home feed."""
        return [one["uri"] for one in self.get("/api/v1/timelines/home")]

    def sees(self, uri: str) -> Any:
        """The post with this id as it is in the home feed or in the notices, also those of strangers; None without."""
        everything = self.get("/api/v1/notifications", include_filtered="true")
        notices = [one["status"] for one in everything if one.get("status")]
        for one in (*self.get("/api/v1/timelines/home"), *notices):
            if one["uri"] == uri:
                return one
        return None

    def told(self, kind: str) -> list[Any]:
        """The notices of a kind."""
        return [one for one in self.get("/api/v1/notifications") if one["type"] == kind]

    def _call(self, method: str, path: str, **sent: Any) -> Any:
        answer = self._client.request(method, path, **sent)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()


def until(what: Callable[[], T | None]) -> T:
    """Ask again and again until it is so."""
    deadline = time.monotonic() + PATIENCE
    while True:
        found = what()
        if found:
            return found
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def never(what: Callable[[], object]) -> None:
    """It is not so, and does not become so."""
    deadline = time.monotonic() + QUIET
    while time.monotonic() < deadline:
        assert not what()
        time.sleep(0.3)


@contextmanager
def instance(postgres: str, **more: str) -> Generator[Instance]:
    """A server with a database of its own. `more`: what its environment says besides."""
    dsn = database_named(postgres, f"test_{uuid.uuid4().hex[:12]}")
    asyncio.run(_admin(postgres, f'create database "{_name(dsn)}"'))
    settings = {
        "DATABASE_URL": dsn,
        "MARULA_FEDERATE_OVER_HTTP": "on",
        "ALLOWED_PRIVATE_ADDRESSES": "127.0.0.0/8 ::1/128",
        **more,
    }
    try:
        with open_folder() as folder, server(Path(folder), **settings) as running:
            yield Instance(running, dsn)
    finally:
        asyncio.run(_admin(postgres, f'drop database "{_name(dsn)}" with (force)'))


def _name(dsn: str) -> str:
    return dsn.partition("?")[0].rpartition("/")[2]


async def _admin(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
