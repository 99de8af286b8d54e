"""What people do every day, in the browser."""

import io
import re

import httpx
import pytest
from PIL import Image
from playwright.async_api import Browser, expect

from tests.app.person import PHONE, signed_in
from tests.flows.server import Server

FEED = "[role=feed] article"


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (640, 360), (90, 140, 60)).save(made, "JPEG")
    return made.getvalue()


@pytest.fixture(scope="module")
def ann(app_server: Server) -> str:
    return app_server.person_with_password("ann")


@pytest.fixture(scope="module")
def bob(app_server: Server) -> str:
    return app_server.person_with_password("bob")


async def test_somebody_writes_a_post_with_a_picture_and_changes_it(
    app_server: Server, chromium: Browser, ann: str
) -> None:
    async with signed_in(chromium, app_server, "ann", ann) as one:
        page = one.page
        await page.get_by_role("button", name="New post").click()
        await page.locator("dialog textarea").first.fill("A meadow #green")
        file = {"name": "meadow.jpg", "mimeType": "image/jpeg", "buffer": picture()}
        await page.locator("dialog input[type=file]").set_input_files([file])  # pyright: ignore[reportArgumentType]
        await page.get_by_label("What is to be seen").fill("A green field")
        await page.locator("dialog textarea").first.click()
        await expect(page.locator("dialog output")).to_have_text("485")
        await page.get_by_role("button", name="Post", exact=True).click()
        post = page.locator(FEED).first
        await expect(post.locator(".prose")).to_have_text("A meadow #green")
        await expect(post.get_by_role("button", name="Open the picture: A green field")).to_be_visible()
        await post.get_by_role("button", name="Open the picture").click()
        await expect(page.get_by_role("dialog").get_by_role("img", name="A green field")).to_be_visible()
        await page.keyboard.press("Escape")
        await post.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Edit", exact=True).click()
        await page.locator("dialog textarea").first.fill("A meadow in May #green")
        await page.get_by_role("button", name="Save changes").click()
        await expect(post.locator(".prose")).to_have_text("A meadow in May #green")
        await expect(post.locator("abbr[title=Edited]")).to_be_visible()
        await page.reload()
        await expect(page.locator(FEED).first.locator(".prose")).to_have_text("A meadow in May #green")
        assert one.errors == []


async def test_an_answer_arrives_while_one_looks(app_server: Server, chromium: Browser, ann: str, bob: str) -> None:
    async with (
        signed_in(chromium, app_server, "ann", ann) as one,
        signed_in(chromium, app_server, "bob", bob, size=PHONE, dark=True) as other,
    ):
        await one.write("Does anybody know this tree?")
        await other.go("/@ann")
        await other.page.get_by_role("button", name="Follow", exact=True).click()
        await expect(other.page.get_by_role("button", name="Following")).to_be_visible()
        await expect(one.page.get_by_label("unread")).to_be_visible()
        post = other.page.locator(FEED).first
        await post.get_by_role("button", name="Reply").click()
        await expect(other.page.locator("dialog textarea")).to_have_value("@ann ")
        await other.page.keyboard.insert_text("A marula, I think.")
        await other.page.get_by_role("button", name="Post", exact=True).click()
        await expect(other.page.locator("dialog")).to_have_count(0)
        await one.go("/notifications")
        await expect(one.page.locator("#main")).to_contain_text("A marula, I think.")
        await expect(one.page.locator("#main")).to_contain_text("followed you")
        await one.page.locator(FEED).filter(has_text="A marula").first.press("Enter")
        await expect(one.page).to_have_url(re.compile(r"/@bob/\d+$"))
        await expect(one.page.locator("article").filter(has_text="Does anybody know")).to_be_visible()
        assert (one.errors, other.errors) == ([], [])


async def test_new_posts_wait_until_one_wants_them(app_server: Server, chromium: Browser, ann: str, bob: str) -> None:
    async with (
        signed_in(chromium, app_server, "bob", bob) as reader,
        signed_in(chromium, app_server, "ann", ann) as one,
    ):
        await reader.go("/public/local")
        await expect(reader.page.locator(FEED).first).to_be_visible()
        await one.write("Rain at last.")
        await expect(reader.page.get_by_role("button", name="1 new post")).to_be_visible()
        assert "Rain at last." not in await reader.page.locator(FEED).first.inner_text()
        await reader.page.keyboard.press(".")
        await expect(reader.page.locator(FEED).first).to_contain_text("Rain at last.")


async def test_keys_do_everything_with_a_post(app_server: Server, chromium: Browser, ann: str) -> None:
    async with signed_in(chromium, app_server, "ann", ann) as one:
        page = one.page
        await one.write("For the keys.")
        await page.keyboard.press("j")
        post = page.locator(FEED).first
        await expect(post).to_be_focused()
        await page.keyboard.press("f")
        await expect(post.get_by_role("button", name="Favourite, 1 favourite")).to_have_attribute(
            "aria-pressed", "true"
        )
        await page.keyboard.press("f")
        await expect(post.get_by_role("button", name="Favourite, 0")).to_have_attribute("aria-pressed", "false")
        await page.keyboard.press("r")
        await expect(page.locator("dialog textarea").first).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(post).to_be_focused()
        await page.keyboard.press("?")
        await expect(page.get_by_role("dialog")).to_contain_text("Keyboard shortcuts")
        await page.keyboard.press("Escape")
        await page.keyboard.press("g")
        await page.keyboard.press("n")
        await expect(page).to_have_url(re.compile("/notifications$"))


async def test_nothing_typed_is_lost(app_server: Server, chromium: Browser, ann: str) -> None:
    async with signed_in(chromium, app_server, "ann", ann) as one:
        page = one.page
        await page.keyboard.press("n")
        await page.locator("dialog textarea").first.fill("Half a thought")
        await page.context.set_offline(True)
        await page.keyboard.press("Control+Enter")
        await expect(page.get_by_role("alert")).to_contain_text(
            "The server cannot be reached. Are you online? Your text"
        )
        await page.context.set_offline(False)
        await page.reload()
        await page.keyboard.press("n")
        await expect(page.locator("dialog textarea").first).to_have_value("Half a thought")
        await page.keyboard.press("Control+Enter")
        await expect(page.locator(FEED).first).to_contain_text("Half a thought")
        await page.reload()
        await expect(page.locator(FEED).filter(has_text="Half a thought")).to_have_count(1)


async def test_a_thread_of_several_posts_with_a_question_at_its_end(
    app_server: Server, chromium: Browser, ann: str
) -> None:
    async with signed_in(chromium, app_server, "ann", ann) as one:
        page = one.page
        await page.keyboard.press("n")
        await page.locator("dialog textarea").first.fill("First.")
        await page.get_by_role("button", name="Add another post").click()
        await page.locator("dialog textarea").nth(1).fill("Second?")
        await page.get_by_role("button", name="Ask a question").nth(1).click()
        await page.get_by_label("Choice 1", exact=True).fill("Yes")
        await page.get_by_label("Choice 2", exact=True).fill("No")
        await page.get_by_role("button", name="Post all 2").click()
        await expect(page.locator("dialog")).to_have_count(0)
        last = page.locator(FEED).first
        await expect(last).to_contain_text("Second?")
        await last.press("Enter")
        await expect(page.locator("article").filter(has_text="First.")).to_be_visible()
        await expect(page.get_by_role("group", name="Choices")).to_contain_text(re.compile("ends in (1 day|24 hours)"))


async def test_hostile_html_does_nothing(app_server: Server, chromium: Browser, ann: str) -> None:
    async with signed_in(chromium, app_server, "ann", ann) as one:
        text = "<img src=x onerror=alert(1)><script>alert(2)</script> \u202eevil " + "x" * 400
        await one.write(text[:500])
        post = one.page.locator(FEED).first
        await expect(post).to_contain_text("<script>alert(2)</script>")
        width = await post.evaluate("node => node.scrollWidth - node.clientWidth")
        assert width <= 1
        assert one.errors == []


async def test_signing_out_ends_it(app_server: Server, chromium: Browser, bob: str) -> None:
    async with signed_in(chromium, app_server, "bob", bob) as one:
        token = await one.page.evaluate("JSON.parse(document.getElementById('start').textContent).token")
        await one.page.goto(f"{app_server.url}/sign-out")
        await one.page.click("main button[type=submit]")
        await one.page.wait_for_url(re.compile(r"/$"))
        await one.page.goto(f"{app_server.url}/home")
        assert "/sign-in" in one.page.url
        address = f"{app_server.url}/api/v1/accounts/verify_credentials"
        async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as client:
            codes = [(await client.get(address)).status_code for _ in range(50)]
        assert codes[-1] == 401


async def test_a_post_is_deleted_or_written_again_after_one_was_asked(
    app_server: Server, chromium: Browser, ann: str
) -> None:
    async with signed_in(chromium, app_server, "ann", ann) as one:
        page = one.page
        await one.write("To be written anew")
        post = page.locator(FEED).filter(has_text="To be written anew")
        await post.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Delete and write again").click()
        await page.get_by_role("dialog").get_by_role("button", name="Delete and write again").click()
        await expect(page.locator("dialog textarea").first).to_have_value("To be written anew")
        await page.locator("dialog textarea").first.fill("Written anew")
        await page.keyboard.press("Control+Enter")
        await expect(page.locator(FEED).first).to_contain_text("Written anew")
        await page.locator(FEED).first.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Delete", exact=True).click()
        await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
        await expect(page.locator(FEED).first).to_contain_text("Written anew")
        await page.locator(FEED).first.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Delete", exact=True).click()
        await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        await expect(page.get_by_text("The post is deleted.")).to_be_visible()
        await page.reload()
        await expect(page.locator(FEED).first).to_be_visible()
        await expect(page.locator(FEED).filter(has_text="anew")).to_have_count(0)
        assert one.errors == []
