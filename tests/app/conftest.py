"""A server with the built app, and browsers in front of it."""

import shutil
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.flows.server import Server, server
from tests.folders import open_folder
from web.build import build

PATIENCE = 20_000
"""Milliseconds that something may take to appear: other tests may keep the machine busy."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def app_server() -> Iterator[Server]:
    """A server that serves the app as its sources are now."""
    build()
    with open_folder() as folder, server(folder) as made:
        made.run("settings", "set", "registrations", "open")
        yield made


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The system's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("there is no Chromium on this machine (Debian: apt install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        await browser.close()
