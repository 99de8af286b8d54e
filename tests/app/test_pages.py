"""Every page of the app: it stands, axe finds nothing serious, and nothing is wider than a phone."""

import pytest
from playwright.async_api import Browser, expect

from tests.app.person import DESKTOP, PHONE, signed_in
from tests.flows.server import Server
from web.build import BUILT

PATHS = (
    "/home", "/public/local", "/notifications", "/notifications/policy", "/notifications/requests", "/conversations",
    "/search", "/search?q=tea", "/explore", "/explore/tags", "/explore/people", "/explore/links", "/bookmarks",
    "/favourites", "/lists", "/catch-up", "/drafts", "/scheduled", "/filters", "/follow_requests", "/blocks", "/mutes",
    "/domain_blocks", "/followed_tags", "/settings", "/settings/profile", "/settings/posting", "/settings/look",
    "/tags/tea", "/@cara", "/@cara/media", "/@cara/followers",
)  # fmt: skip
BUDGET = 120_000
"""Bytes of JavaScript and CSS, compressed, before the home timeline shows."""


@pytest.fixture(scope="module")
def cara(app_server: Server) -> str:
    return app_server.person_with_password("cara")


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["desktop light", "phone dark"])
async def test_every_page_is_accessible_and_fits(
    app_server: Server, chromium: Browser, cara: str, size: tuple[int, int], dark: bool
) -> None:
    wrong: dict[str, list[str]] = {}
    async with signed_in(chromium, app_server, "cara", cara, size=size, dark=dark) as one:
        await one.write("A cup of #tea")
        for path in PATHS:
            await one.go(path)
            await expect(one.page.locator(".waiting")).to_have_count(0)
            found = await one.complaints()
            if await one.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append("wider than the screen")
            if found:
                wrong[path] = found
        assert one.errors == []
    assert wrong == {}


@pytest.mark.parametrize("name", ["write", "keys", "menu"])
async def test_what_lies_over_the_page_is_accessible(
    app_server: Server, chromium: Browser, cara: str, name: str
) -> None:
    async with signed_in(chromium, app_server, "cara", cara) as one:
        if name == "menu":
            await one.page.get_by_role("button", name="Your account").click()
        else:
            await one.page.keyboard.press("n" if name == "write" else "?")
            await one.page.get_by_role("dialog").locator("h1").wait_for()
        assert await one.complaints() == []


async def test_the_first_page_stays_within_its_budget(app_server: Server, chromium: Browser, cara: str) -> None:
    async with signed_in(chromium, app_server, "cara", cara) as one:
        loaded: list[str] = []
        context = await one.page.context.browser.new_context()  # pyright: ignore[reportOptionalMemberAccess]
        await context.add_cookies(await one.page.context.cookies())  # pyright: ignore[reportArgumentType]
        fresh = await context.new_page()
        fresh.on("request", lambda request: loaded.append(request.url))
        await fresh.goto(f"{app_server.url}/home")
        await fresh.locator("[role=feed] article").first.wait_for()
        await context.close()
    names = {url.rsplit("/", 1)[1] for url in loaded if "/app/" in url}
    spent = sum((BUILT / f"{name}.br").stat().st_size for name in names)
    assert names
    assert spent < BUDGET, f"{spent} bytes: {sorted(names)}"
