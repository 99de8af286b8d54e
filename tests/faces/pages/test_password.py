"""Choosing another password."""

from collections.abc import AsyncIterator

import pytest

from marula.domain import users
from tests.domain.users.people import PASSWORD
from tests.faces.pages.browser import Browser, browsing, member, words
from tests.world import World

PATH, NEW = "/settings/password", "a longer horse"


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    await member(world)
    async with browsing(world) as made:
        await made.sign_in("ann")
        yield made


async def test_the_new_password_counts_and_the_old_one_no_longer(world: World, browser: Browser) -> None:
    async with browsing(world) as elsewhere:
        await elsewhere.sign_in("ann")
        changed = await browser.fill(PATH, current=PASSWORD, password=NEW)
        assert changed.status_code == 200
        assert "Your password was changed" in words(changed)
        assert (await browser.get(PATH)).status_code == 200
        assert (await elsewhere.get(PATH)).status_code == 302
        assert (await elsewhere.sign_in("ann")).status_code == 422
        assert (await elsewhere.sign_in("ann", NEW)).status_code == 302
    assert len(await world.facts("PasswordChanged")) == 1


@pytest.mark.parametrize(
    ("current", "password"), [("wrong", NEW), ("", NEW), (PASSWORD, "short"), (PASSWORD, "x" * 73)]
)
async def test_without_the_present_one_or_a_good_new_one_it_stays(
    world: World, browser: Browser, current: str, password: str
) -> None:
    assert (await browser.fill(PATH, current=current, password=password)).status_code == 422
    assert (await users.sign_in(world.ctx, "ann", PASSWORD)).username == "ann"
    assert not await world.facts("PasswordChanged")


async def test_keepers_of_passwords_are_led_there_and_visitors_sign_in_first(world: World) -> None:
    async with browsing(world) as visitor:
        led = await visitor.get("/.well-known/change-password")
        assert (led.status_code, led.headers["location"]) == (302, PATH)
        assert (await visitor.get(PATH)).headers["location"].startswith("/sign-in")
