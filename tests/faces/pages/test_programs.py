"""The programs that act for somebody: a token of one's own, what it may do, and its end."""

from collections.abc import AsyncIterator

import httpx
import pytest

from marula.domain import apps
from tests.domain.apps.programs import program
from tests.faces.pages.browser import Browser, browsing, form_token, member, words
from tests.world import World

PATH = "/settings/apps"


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    """The browser of somebody who is signed in."""
    await member(world)
    async with browsing(world) as made:
        await made.sign_in("ann")
        yield made


async def make(browser: Browser, name: str, scopes: list[str]) -> httpx.Response:
    """Fill in the form for a token."""
    fields = {"form_token": form_token(await browser.get(PATH)), "app_name": name, "scopes[]": scopes}
    return await browser.client.post(PATH, data=fields)


async def calls(browser: Browser, token: str, path: str = "/api/v1/accounts/verify_credentials") -> int:
    return (await browser.client.get(path, headers={"authorization": f"Bearer {token}"})).status_code


def token_on(page: httpx.Response) -> str:
    return page.text.partition('aria-label="Access token">')[2].partition("<")[0]


async def test_a_token_of_ones_own_works_and_is_shown_once(browser: Browser) -> None:
    token = token_on(await make(browser, "Rain bot", ["read", "write:statuses"]))
    assert await calls(browser, token) == 200
    listed = await browser.get(PATH)
    assert "Rain bot" in words(listed)
    assert token not in listed.text


async def test_a_token_may_do_only_what_was_chosen(browser: Browser) -> None:
    token = token_on(await make(browser, "Rain bot", ["write:statuses"]))
    assert await calls(browser, token) == 403


async def test_what_is_ended_stops_at_once(browser: Browser) -> None:
    token = token_on(await make(browser, "Rain bot", ["read"]))
    listed = await browser.get(PATH)
    app = listed.text.partition('name="app" value="')[2].partition('"')[0]
    assert (await browser.post(f"{PATH}/end", {"form_token": form_token(listed), "app": app})).status_code == 302
    assert await calls(browser, token) == 401
    assert "Rain bot" not in words(await browser.get(PATH))


@pytest.mark.parametrize(
    ("name", "scopes"), [("", ["read"]), ("Bot", []), ("Bot", ["admin:write"]), ("b" * 61, ["read"])]
)
async def test_a_token_needs_a_name_and_something_it_may_do(browser: Browser, name: str, scopes: list[str]) -> None:
    refused = await make(browser, name, scopes)
    assert "needs your attention" in words(refused)
    assert "Access token" not in refused.text


async def test_nobody_ends_the_programs_of_others(world: World, browser: Browser) -> None:
    other, app = await member(world, "ben"), await program(world)
    async with world.ctx.db.transaction() as tx:
        issued = await apps.issue(tx, app.app.id, other.id, ["read"])
    refused = await browser.fill(PATH, app=str(app.app.id))
    ended = await browser.post(
        f"{PATH}/end", {"form_token": form_token(await browser.get(PATH)), "app": str(app.app.id)}
    )
    assert (refused.status_code, ended.status_code) == (200, 404)
    assert await calls(browser, issued.token) == 200


async def test_visitors_sign_in_first(world: World) -> None:
    async with browsing(world) as visitor:
        assert (await visitor.get(PATH)).headers["location"].startswith("/sign-in")
