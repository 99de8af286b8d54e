"""Somebody new: signs up, finds people, arranges what they read, and leaves."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from tests.app.person import PHONE, Person, signed_in
from tests.flows.server import PASSWORD, Server

FEED = "[role=feed] article"


@pytest.fixture(scope="module")
def gia(app_server: Server) -> str:
    return app_server.person_with_password("gia")


async def _post_as(server: Server, chromium: Browser, name: str, password: str, *texts: str) -> None:
    async with signed_in(chromium, server, name, password) as one:
        for text in texts:
            await one.write(text)


async def _sign_up(page: Page, server: Server, name: str) -> Person:
    person = Person(page, server)
    await page.goto(f"{server.url}/sign-up")
    await page.fill("[name=username]", name)
    await page.fill("[name=email]", f"{name}@example.org")
    await page.fill("[name=password]", PASSWORD)
    for box in await page.locator("main input[type=checkbox][required]").all():
        await box.check()
    await page.click("main button[type=submit]")
    await expect(page.locator("#main")).to_contain_text("Quiet so far")
    return person


async def test_somebody_new_finds_their_way(app_server: Server, chromium: Browser, gia: str) -> None:
    await _post_as(app_server, chromium, "gia", gia, "A walk by the sea #coast", "Onions again", "The sea, once more")
    context = await chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="en-GB")
    page = await context.new_page()
    one = await _sign_up(page, app_server, "hal")

    await one.go("/search")
    await page.get_by_role("searchbox").fill("gia")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="gia", exact=False).first.click()
    await page.get_by_role("button", name="Follow", exact=True).click()
    await expect(page.get_by_role("button", name="Following")).to_be_visible()

    await one.go("/lists")
    await page.get_by_label("Name of a new list").fill("Sea")
    await page.get_by_role("button", name="Make").click()
    await page.get_by_role("searchbox", name="Find somebody you follow").fill("gia")
    await page.get_by_role("button", name="Search", exact=True).click()
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.locator("article").filter(has_text="gia").get_by_role("button", name="Remove")).to_be_visible()

    await one.go("/filters")
    await page.get_by_role("button", name="New filter").click()
    await page.get_by_label("Name", exact=True).fill("No onions")
    await page.get_by_label("Word or words").fill("onions")
    await page.get_by_role("button", name="Save changes").click()
    await expect(page.locator("article").filter(has_text="No onions")).to_be_visible()
    await one.go("/home")
    await expect(page.locator(FEED).filter(has_text="Filtered: No onions")).to_be_visible()
    await expect(page.locator(FEED).filter(has_text="Onions again")).to_have_count(0)

    await one.go("/tags/coast")
    await expect(page.locator(FEED)).to_contain_text(["A walk by the sea"])
    await page.get_by_role("button", name="Follow", exact=True).click()
    await one.go("/followed_tags")
    await expect(page.locator("#main")).to_contain_text("#coast")

    await one.go("/settings/look")
    await page.get_by_label("Dark").check()
    assert await page.evaluate("document.documentElement.dataset.theme") == "dark"
    await page.get_by_label("Language").select_option("de")
    await expect(page.locator("#main h1")).to_have_text("Aussehen und Medien")
    await one.go("/settings/profile")
    await page.get_by_label("Name", exact=True).fill("Hal the Quiet")
    await page.get_by_role("button", name="Änderungen speichern").click()
    await expect(page.get_by_text("Gespeichert.")).to_be_visible()
    await one.go("/@hal")
    await expect(page.locator("#main h2").first).to_have_text("Hal the Quiet")
    assert one.errors == []

    await page.goto(f"{app_server.url}/sign-out")
    await page.click("main button[type=submit]")
    await expect(page).to_have_url(re.compile(r":\d+/$"))
    await context.close()


async def test_a_post_waits_for_its_time_and_can_be_taken_back(app_server: Server, chromium: Browser, gia: str) -> None:
    async with signed_in(chromium, app_server, "gia", gia) as one:
        page = one.page
        await page.keyboard.press("n")
        await page.locator("dialog textarea").first.fill("Later")
        await page.get_by_role("button", name="Send at a later time").click()
        await page.get_by_role("button", name="Schedule").click()
        await page.get_by_role("button", name="Show").last.click()
        await expect(page).to_have_url(re.compile("/scheduled$"))
        await expect(page.locator("article")).to_contain_text(["Later"])
        await page.get_by_role("button", name="Do not send").click()
        await page.get_by_role("dialog").get_by_role("button", name="Do not send").click()
        await expect(page.locator("#main")).to_contain_text("Nothing is scheduled")
        assert one.errors == []


async def test_what_one_reports_reaches_the_moderators(app_server: Server, chromium: Browser, gia: str) -> None:
    password = app_server.person_with_password("ivo")
    await _post_as(app_server, chromium, "ivo", password, "Buy now!")
    async with signed_in(chromium, app_server, "gia", gia) as one:
        await one.go("/@ivo")
        await one.page.locator(FEED).first.get_by_role("button", name="More").click()
        await one.page.get_by_role("menuitem", name="Report @ivo").click()
        await one.page.get_by_label("Anything else").fill("Nothing but this.")
        await one.page.get_by_role("button", name="Send the report").click()
        await expect(one.page.get_by_role("dialog")).to_contain_text("Thank you.")
    assert "Nothing but this." in app_server.run("reports", "list", "--json")
