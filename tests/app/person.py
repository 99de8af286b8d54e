"""Somebody in front of the app."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, cast

from playwright.async_api import Browser, Page, expect

from tests.flows.server import Server
from web.node import WEB

DESKTOP = (1280, 900)
PHONE = (390, 844)
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
SERIOUS = ("serious", "critical")


class Person:
    """A browser in which somebody is signed in. Errors of the page are kept, so that a test can say there were none."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.errors: list[str] = []
        self._server = server
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)

    async def go(self, path: str) -> None:
        """Open a page of the app and wait until something stands in it."""
        await self.page.goto(f"{self._server.url}{path}")
        await self.page.locator("#main h1").first.wait_for()

    async def write(self, text: str) -> None:
        """Write a post, as one does: key, words, key."""
        await self.page.keyboard.press("n")
        await self.page.locator("dialog textarea").first.wait_for()
        await self.page.keyboard.insert_text(text)
        await self.page.keyboard.press("Control+Enter")
        await expect(self.page.locator("dialog")).to_have_count(0)

    async def complaints(self) -> list[str]:
        """What axe finds that is serious. Spec: WCAG 2.2 AA"""
        await self.page.evaluate(AXE.read_text())
        found = cast(
            "list[dict[str, Any]]",
            await self.page.evaluate("async (runOnly) => (await axe.run(document, { runOnly })).violations", RULES),
        )
        return [
            f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}"
            for one in found
            if one["impact"] in SERIOUS
        ]


@asynccontextmanager
async def signed_in(
    chromium: Browser, server: Server, name: str, password: str, *, size: tuple[int, int] = DESKTOP, dark: bool = False
) -> AsyncGenerator[Person]:
    """Somebody who has signed in with the form and sees their home timeline."""
    context = await chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    page = await context.new_page()
    person = Person(page, server)
    await page.goto(f"{server.url}/sign-in?next=/home")
    await page.fill("[name=login]", name)
    await page.fill("[name=password]", password)
    await page.click("main button[type=submit]")
    await page.locator("#main h1").first.wait_for()
    yield person
    await context.close()
