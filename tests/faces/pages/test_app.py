"""The web app's page: who gets it, with what, and what it may do."""

import gzip
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from marula.base.kernel.errors import Forbidden
from marula.domain import apps, users
from marula.faces.pages.app import PATHS
from tests.faces.pages.browser import SESSION, Browser, browsing, member, words
from tests.world import World

SCRIPT = b"console.log('hello')"
SHELL = '<div id="app"></div>'


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    async with browsing(world) as made:
        yield made


@pytest.fixture
def built(app_folder: Path) -> None:
    """A small app."""
    app_folder.mkdir()
    manifest = {
        "src/main.ts": {"file": "main-1.js", "css": ["main-1.css"], "imports": ["_base"], "isEntry": True},
        "_base": {"file": "base-1.js", "css": ["base-1.css"]},
    }
    (app_folder / "manifest.json").write_bytes(msgspec.json.encode(manifest))
    for name in ("main-1.js", "base-1.js", "sw.js"):
        (app_folder / name).write_bytes(SCRIPT)
        (app_folder / f"{name}.gz").write_bytes(gzip.compress(SCRIPT))


def start_of(page: str) -> dict[str, Any]:
    """What the app begins with."""
    found = re.search(r'<script id="start" type="application/json">(.*?)</script>', page)
    assert found is not None
    return msgspec.json.decode(found[1])


def build_anew(folder: Path) -> None:
    """Put another app in the place of the one that is served."""
    newer = folder.with_name("newer")
    newer.mkdir()
    (newer / "manifest.json").write_bytes(msgspec.json.encode({"src/main.ts": {"file": "main-2.js"}}))
    (newer / "main-2.js").write_bytes(SCRIPT)
    folder.rename(folder.with_name("older"))
    newer.rename(folder)


async def shown(browser: Browser, path: str) -> httpx.Response:
    """A page that may be the app, whose policy is another one than that of the pages."""
    return await browser.client.get(path)


async def calls(browser: Browser, token: str) -> int:
    """What the API says to this token."""
    headers = {"authorization": f"Bearer {token}"}
    return (await browser.client.get("/api/v1/accounts/verify_credentials", headers=headers)).status_code


@pytest.mark.usefixtures("built")
async def test_members_get_the_app_with_what_it_needs_to_begin(world: World, browser: Browser) -> None:
    await member(world)
    await browser.sign_in("ann")
    page = await shown(browser, "/home?text=tea%20%3C/script%3E")
    assert SHELL in page.text
    assert '<script type="module" src="/app/main-1.js">' in page.text
    assert '<link rel="modulepreload" href="/app/base-1.js">' in page.text
    assert page.text.index("/app/base-1.css") < page.text.index("/app/main-1.css")
    begin = start_of(page.text)
    assert begin["me"]["username"] == "ann"
    assert begin["text"] == "tea </script>"
    assert begin["streaming"] == "wss://marula.example"
    assert await calls(browser, begin["token"]) == 200
    policy = page.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "connect-src 'self' wss://marula.example" in policy


@pytest.mark.usefixtures("built")
async def test_the_token_ends_with_the_session(world: World, browser: Browser) -> None:
    await member(world)
    await browser.sign_in("ann")
    token = start_of((await shown(browser, "/home")).text)["token"]
    assert start_of((await shown(browser, "/notifications")).text)["token"] == token
    assert await calls(browser, token) == 200
    await browser.fill("/sign-out")
    await world.settle()
    assert await calls(browser, token) == 401
    assert [row["revoked_at"] is None for row in await world.rows("select revoked_at from tokens")] == [False]


@pytest.mark.usefixtures("built")
async def test_another_password_ends_the_app_elsewhere_and_not_here(world: World, browser: Browser) -> None:
    ann = await member(world)
    await browser.sign_in("ann")
    here = start_of((await shown(browser, "/home")).text)["token"]
    async with browsing(world) as other:
        await other.sign_in("ann")
        elsewhere = start_of((await shown(other, "/home")).text)["token"]
    assert here != elsewhere
    session = (await world.rows("select session_id from tokens order by id limit 1"))[0]["session_id"]
    async with world.ctx.db.transaction() as tx:
        await users.change_password(tx, ann.id, "another hash", keep=session)
    await world.settle()
    assert (await calls(browser, here), await calls(browser, elsewhere)) == (200, 401)


@pytest.mark.usefixtures("built")
async def test_the_app_is_not_among_the_programs_one_let_in(world: World, browser: Browser) -> None:
    await member(world)
    await browser.sign_in("ann")
    await shown(browser, "/home")
    page = words(await browser.get("/settings/apps"))
    assert "Web" not in page
    assert await world.rows("select id from tokens where revoked_at is null")


@pytest.mark.usefixtures("built")
async def test_visitors_get_the_pages_and_members_may_ask_for_them(world: World, browser: Browser) -> None:
    await member(world)
    assert SHELL not in (await shown(browser, "/@ann")).text
    await browser.sign_in("ann")
    assert SHELL in (await shown(browser, "/@ann")).text
    assert SHELL not in (await browser.get("/@ann?plain=1")).text
    assert SHELL in (await shown(browser, "/tags/tea")).text
    assert (await browser.get("/nothing")).status_code == 404


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("path", [path for path in PATHS if "{" not in path])
async def test_visitors_sign_in_first(browser: Browser, path: str) -> None:
    assert (await browser.get(path)).headers["location"] == f"/sign-in?next={path.replace('/', '%2F')}"


@pytest.mark.usefixtures("built")
async def test_a_session_that_has_just_ended_is_given_nothing(world: World, browser: Browser) -> None:
    ann = await member(world)
    await browser.sign_in("ann")
    (session,) = await world.rows("select id from sessions")
    async with world.ctx.db.transaction() as tx:
        await users.close_sessions(tx, ann.id)
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(Forbidden):
            await apps.permit_web(tx, "token", ann.id, session["id"])
    assert await world.rows("select id from tokens") == []


@pytest.mark.usefixtures("built")
async def test_a_new_build_is_served_at_once(world: World, browser: Browser, app_folder: Path) -> None:
    await member(world)
    await browser.sign_in("ann")
    assert "/app/main-1.js" in (await shown(browser, "/home")).text
    build_anew(app_folder)
    assert "/app/main-2.js" in (await shown(browser, "/home")).text
    assert (await browser.client.get("/app/main-2.js")).status_code == 200
    assert (await browser.client.get("/app/main-1.js")).status_code == 404


async def test_without_a_build_members_get_the_plain_page(world: World, browser: Browser) -> None:
    await member(world)
    await browser.sign_in("ann")
    assert (await shown(browser, "/home")).headers["location"] == "/plain"
    assert (await browser.get("/home?text=a%26b")).headers["location"] == "/plain?text=a%26b"
    assert "What is on your mind?" in (await browser.get("/plain")).text
    assert SHELL not in (await shown(browser, "/@ann")).text


@pytest.mark.usefixtures("built")
async def test_files_are_kept_for_good_and_come_compressed(browser: Browser) -> None:
    plain = await browser.client.get("/app/main-1.js", headers={"accept-encoding": "identity"})
    small = await browser.client.get("/app/main-1.js", headers={"accept-encoding": "br;q=0, gzip"})
    assert (plain.content, small.content) == (SCRIPT, SCRIPT)
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert small.headers["vary"] == "accept-encoding"
    assert small.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["etag"] != small.headers["etag"]
    assert (await browser.client.get("/sw.js")).headers["cache-control"] == "no-cache"


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("name", ["manifest.json", "nothing.js", "main-1.js.gz", "..%2Fapp.py", "%2e%2e"])
async def test_nothing_else_is_served(browser: Browser, name: str) -> None:
    assert (await browser.client.get(f"/app/{name}")).status_code == 404


async def test_the_server_can_be_installed_as_an_app(browser: Browser) -> None:
    told = await browser.client.get("/manifest")
    assert told.headers["content-type"] == "application/manifest+json"
    assert told.json()["name"] == "Marula"
    assert told.json()["share_target"]["action"] == "/home"


@pytest.mark.usefixtures("built")
async def test_a_token_that_was_taken_back_is_given_again_while_the_session_lasts(
    world: World, browser: Browser
) -> None:
    await member(world)
    await browser.sign_in("ann")
    token = start_of((await shown(browser, "/home")).text)["token"]
    async with world.ctx.db.transaction() as tx:
        await tx.run("update tokens set revoked_at = now()")
    assert start_of((await shown(browser, "/home")).text)["token"] == token
    assert browser.client.cookies.get(SESSION) not in (None, token)
    assert (await world.rows("select count(*) as n from tokens where revoked_at is null"))[0]["n"] == 1


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(("role", "told"), [(None, None), ("Owner", 1)])
async def test_only_those_who_run_the_server_are_told_of_its_worries(
    world: World, browser: Browser, role: str | None, told: int | None
) -> None:
    await member(world, role=role)
    async with world.ctx.db.transaction() as tx:
        await users.write_mail(tx, "somebody@mail.example", "Subject", "Text")
    await browser.sign_in("ann")
    assert start_of((await shown(browser, "/home")).text)["worries"] == {"outbox": told, "disk": ""}
