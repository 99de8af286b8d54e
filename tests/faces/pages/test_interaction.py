"""What people come here for from other servers: to follow, to look, to write."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from urllib.parse import quote

import pytest

from marula.domain import posts
from marula.domain.posts import Draft, Visibility
from tests.faces.activitypub.composing.people import learn
from tests.faces.pages.browser import Browser, browsing, member, words
from tests.world import World

PATH = "/authorize_interaction"
BEN = "https://far.example/users/ben"


@dataclass
class Elsewhere:
    """A directory that learns of Ben when it is asked for."""

    world: World
    asked: list[str]

    async def fetch(self, address: str) -> bool:
        self.asked.append(address)
        if "ben" not in address:
            return False
        await learn(self.world, "ben", "far.example")
        return True


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    await member(world)
    world.ctx = replace(world.ctx, directory=Elsewhere(world, []))
    async with browsing(world) as made:
        yield made


def asked(world: World) -> list[str]:
    assert isinstance(world.ctx.directory, Elsewhere)
    return world.ctx.directory.asked


def at(uri: str) -> str:
    return f"{PATH}?uri={quote(uri, safe='')}"


@pytest.mark.parametrize("uri", [BEN, "acct:ben@far.example", "@ben@far.example"])
async def test_a_member_follows_somebody_whom_nobody_here_knew(world: World, browser: Browser, uri: str) -> None:
    await browser.sign_in("ann")
    page = await browser.get(at(uri))
    assert "@ben@far.example" in words(page)
    assert asked(world) == [uri.removeprefix("acct:")]
    done = await browser.fill(at(uri), uri=uri)
    assert "You have asked to follow" in words(done)
    [request] = await world.rows("select account_id, target_id from follow_requests")
    assert request["account_id"] != request["target_id"]
    assert len(asked(world)) == 1


async def test_visitors_sign_in_first_and_come_back(browser: Browser) -> None:
    sent = await browser.get(at(BEN))
    assert sent.headers["location"].startswith("/sign-in?next=%2Fauthorize_interaction")
    back = await browser.sign_in("ann", path=sent.headers["location"])
    assert back.headers["location"] == at(BEN)


async def test_nobody_follows_by_a_form_of_another_page(world: World, browser: Browser) -> None:
    await browser.sign_in("ann")
    assert (await browser.post(PATH, {"uri": BEN})).status_code == 422
    assert (await browser.post(PATH, {"uri": BEN, "form_token": "x"}, origin="https://far.example")).status_code == 422
    assert await world.rows("select from follow_requests") == []


async def test_a_post_from_elsewhere_is_shown_to_those_who_may_read_it(world: World, browser: Browser) -> None:
    await browser.sign_in("ann")
    ben = await learn(world, "ben", "far.example")
    async with world.ctx.db.transaction() as tx:
        for number, visibility in ((1, Visibility.PUBLIC), (2, Visibility.PRIVATE)):
            draft = Draft(text="", html="<p>Bees!</p>", uri=f"{BEN}/notes/{number}", visibility=visibility)
            await posts.publish(tx, ben, draft, local=False)
    assert "Bees!" in words(await browser.get(at(f"{BEN}/notes/1")))
    assert (await browser.get(at(f"{BEN}/notes/2"))).status_code == 404


@pytest.mark.parametrize(
    "uri", ["", "https://far.example/nothing", "nobody", "javascript:alert(1)", "@ann@far.example"]
)
async def test_what_nobody_knows_is_not_found(browser: Browser, uri: str) -> None:
    await browser.sign_in("ann")
    assert (await browser.get(at(uri))).status_code == 404


async def test_oneself_cannot_be_followed(browser: Browser) -> None:
    await browser.sign_in("ann")
    page = await browser.get(at("@ann@marula.example"))
    assert "This is you" in words(page)
    assert 'name="uri"' not in page.text


async def test_what_another_page_suggests_stands_in_the_form(browser: Browser) -> None:
    await browser.sign_in("ann")
    sent = await browser.get("/share?text=A+%3Cb%3E+%26+c&url=https%3A%2F%2Ffar.example%2F")
    plain = await browser.get(sent.headers["location"])
    page = await browser.get(plain.headers["location"])
    assert "A &lt;b&gt; &amp; c\n\nhttps://far.example/" in page.text
