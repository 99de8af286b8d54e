"""Style sheets and pictures: the same for everybody."""

from collections.abc import AsyncIterator

import pytest

from marula.base.db import statements_run
from tests.faces.pages.browser import Browser, browsing, member
from tests.world import World


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    async with browsing(world) as made:
        yield made


@pytest.mark.parametrize("path", ["/static/pages.css", "/favicon.ico", "/avatars/original/missing.png"])
async def test_nobody_looks_who_wants_a_file(world: World, browser: Browser, path: str) -> None:
    await member(world)
    await browser.sign_in("ann")
    assert browser.signed_in
    with statements_run() as count:
        assert (await browser.get(path)).status_code == 200
    assert count() == 0
