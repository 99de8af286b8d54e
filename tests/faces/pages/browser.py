"""A browser for tests of the pages: it keeps cookies, fills in forms and goes on only where it is told to."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from html import unescape
from html.parser import HTMLParser

import httpx

from marula.domain import site, users
from marula.domain.users import User
from marula.main.web import make_app
from tests.domain.users.people import PASSWORD, asked
from tests.world import World

HOME = "https://marula.example"
SESSION = "marula_session"

_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


class Browser:
    """One person's browser. Every page that comes back is checked for the policy that all pages keep."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Look at a page."""
        return _checked(await self.client.get(path, headers=headers))

    async def post(self, path: str, fields: dict[str, str], *, origin: str | None = None) -> httpx.Response:
        """Send fields as they are, without the token of a form."""
        headers = None if origin is None else {"origin": origin}
        return _checked(await self.client.post(path, data=fields, headers=headers))

    async def fill(self, path: str, **fields: str) -> httpx.Response:
        """Open the page, fill in its form and send it."""
        return await self.post(path, {"form_token": form_token(await self.get(path))} | fields)

    async def sign_in(self, login: str, password: str = PASSWORD, path: str = "/sign-in") -> httpx.Response:
        """Sign in with the form."""
        return await self.fill(path, login=login, password=password)

    @property
    def signed_in(self) -> bool:
        """Whether this browser holds a session."""
        return bool(self.client.cookies.get(SESSION))


@asynccontextmanager
async def browsing(world: World) -> AsyncGenerator[Browser]:
    """A browser in front of the whole application."""
    transport = httpx.ASGITransport(make_app(world.ctx))
    async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
        yield Browser(client)


async def allow_sign_up(world: World, mode: str) -> None:
    """Open sign-up, put it under approval or close it."""
    async with world.ctx.db.transaction() as tx:
        await users.ensure_roles(tx)
        await site.change(tx, "registrations", mode)
    world.ctx.memory.forget(site.SETTINGS.name)


async def member(world: World, name: str = "ann", role: str | None = None) -> User:
    """Somebody who can sign in with PASSWORD."""
    async with world.ctx.db.transaction() as tx:
        await users.ensure_roles(tx)
        return await users.register(tx, await users.draft_person(tx, asked(name), role=role))


def form_token(page: httpx.Response) -> str:
    """The token of the form on a page."""
    found = _TOKEN.search(page.text)
    assert found is not None, f"no form on {page.url}: {page.status_code}"
    return found[1]


def words(page: httpx.Response) -> str:
    """The text of a page as a reader sees it."""
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", page.text).split()))


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.headers.get("content-type", "").startswith("text/html"):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["cache-control"] == "private, no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        _NothingInline().feed(answer.text)
    return answer


class _NothingInline(HTMLParser):
    """Style and behaviour come from files, or a browser would refuse them."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "style")
        for name, value in attrs:
            assert name != "style"
            assert not name.startswith("on")
            assert not (value or "").strip().lower().startswith("javascript:")
