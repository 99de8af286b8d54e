"""What strangers put into addresses and headers reaches neither the headers of an answer nor the log as a failure."""

from collections.abc import AsyncIterator

import pytest

from tests.domain.apps.programs import program
from tests.faces.pages.browser import Browser, allow_sign_up, browsing, form_token, member, words
from tests.faces.pages.test_consent import request
from tests.world import World


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    """The browser of somebody who is signed in."""
    await member(world)
    async with browsing(world) as made:
        await made.sign_in("ann")
        yield made


@pytest.mark.parametrize("path", ["/users/a%0d%0aset-cookie:b=c", "/users/a%250d%250aset-cookie:b=c"])
async def test_no_address_writes_a_header(browser: Browser, path: str) -> None:
    sent = await browser.get(path)
    assert sent.status_code == 302
    assert sent.headers["location"].isprintable()
    assert "set-cookie" not in sent.headers


async def test_where_one_is_sent_is_written_in_ascii(browser: Browser) -> None:
    assert (await browser.get("/users/zoë")).headers["location"] == "/@zo%C3%AB"
    assert (await browser.get("/sign-in?next=/tags/%C3%A9t%C3%A9?a=b%2520c")).headers["location"] == (
        "/tags/%C3%A9t%C3%A9?a=b%20c"
    )


@pytest.mark.parametrize("origin", ["http://[", "null", "nonsense", ""])
async def test_a_form_with_a_strange_origin_is_no_failure(browser: Browser, origin: str) -> None:
    assert (await browser.post("/plain", {"text": "hello"}, origin=origin)).status_code == 422


@pytest.mark.parametrize("back", ["https://app.example/back", "probe-app://signed-in", "probe.app:/signed-in"])
async def test_a_browser_lets_consent_go_back_to_any_kind_of_program(world: World, browser: Browser, back: str) -> None:
    path = request(await program(world, redirect_uris=back), redirect_uri=back)
    assert "form-action" not in (await browser.get(path)).headers["content-security-policy"]
    assert (await browser.fill(path, decision="allow")).headers["location"].startswith(f"{back}?code=")


@pytest.mark.parametrize("path", ["/plain", "/nothing", "/sign-out"])
async def test_every_other_form_is_for_this_server(browser: Browser, path: str) -> None:
    assert "form-action 'self'" in (await browser.get(path)).headers["content-security-policy"]


async def test_who_says_nothing_of_visibility_gets_what_they_usually_choose(world: World, browser: Browser) -> None:
    await _lock(world)
    assert '<option value="private" selected>' in (await browser.get("/plain")).text
    token = form_token(await browser.get("/plain"))
    for visibility in ({}, {"visibility": ""}):
        sent = await browser.post("/plain", {"form_token": token, "text": "hello"} | visibility)
        assert sent.status_code == 302
    assert [row["visibility"] for row in await world.rows("select visibility from posts")] == [2, 2]


async def test_an_unknown_visibility_is_refused_beside_its_field(world: World, browser: Browser) -> None:
    wrong = await browser.fill("/plain", text="hello", visibility="everybody")
    assert wrong.status_code == 422
    assert "hello" in words(wrong)
    assert '<option value="public" selected>' in wrong.text
    assert await world.rows("select 1 from posts") == []


async def test_a_closed_server_says_that_it_is_closed(world: World) -> None:
    await allow_sign_up(world, "none")
    async with browsing(world) as visitor:
        shown = await visitor.get("/sign-up")
        assert shown.status_code == 403
        assert "takes no new members" in words(shown)


async def _lock(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        await tx.run("update accounts set locked = true")
