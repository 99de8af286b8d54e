"""Feeds of people and hashtags: well-formed, public posts only, the same for everybody."""

from collections.abc import AsyncIterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest

from marula.domain import posts
from marula.domain.posts import Visibility
from tests.faces.pages.browser import Browser, browsing, member
from tests.world import World

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    async with browsing(world) as made:
        yield made


async def write(
    world: World, name: str, text: str, visibility: Visibility = Visibility.PUBLIC, warning: str = ""
) -> None:
    (row,) = await world.rows("select id from accounts where username = $1 and domain is null", name)
    asked = posts.Asked(text=text, visibility=visibility, spoiler_text=warning)
    async with world.ctx.db.reading() as db:
        draft = await posts.draft(world.ctx, db, row["id"], asked)
    async with world.ctx.db.transaction() as tx:
        await posts.publish(tx, row["id"], draft)


async def test_a_person_has_a_feed_of_their_public_posts(world: World, browser: Browser) -> None:
    await member(world)
    await write(world, "ann", "Tea & <cake> #tea")
    await write(world, "ann", "Only for followers", Visibility.PRIVATE)
    await write(world, "ann", "Behind it", warning="Food <b>")
    await browser.sign_in("ann")
    told = await browser.client.get("/@ann.rss")
    assert told.headers["content-type"] == "application/rss+xml; charset=utf-8"
    channel = ElementTree.fromstring(told.content).find("channel")
    assert channel is not None
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == ["Food <b>", "Tea & <cake> #tea"]
    assert items[0].findtext("description") == "<p><strong>Food &lt;b&gt;</strong></p><p>Behind it</p>"
    assert (items[1].findtext("description") or "").startswith("<p>Tea &amp; &lt;cake&gt; <a ")
    assert [one.text for one in items[1].findall("category")] == ["tea"]
    assert parsedate_to_datetime(items[0].findtext("pubDate") or "") is not None
    assert channel.findtext("link") == "https://marula.example/@ann"


async def test_the_same_as_atom(world: World, browser: Browser) -> None:
    await member(world)
    await write(world, "ann", "Hello")
    root = ElementTree.fromstring((await browser.client.get("/@ann.atom")).content)
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}content") == "<p>Hello</p>"
    assert datetime.fromisoformat(root.findtext(f"{ATOM}updated") or "").tzinfo is not None
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "@ann"


async def test_an_empty_feed_is_well_formed(world: World, browser: Browser) -> None:
    await member(world)
    for kind in ("rss", "atom"):
        ElementTree.fromstring((await browser.client.get(f"/@ann.{kind}")).content)


async def test_a_hashtag_has_a_feed(world: World, browser: Browser) -> None:
    await member(world)
    await write(world, "ann", "One #tea")
    await write(world, "ann", "Quiet #tea", Visibility.UNLISTED)
    await world.settle()
    told = await browser.client.get("/tags/tea.rss")
    assert [one.text for one in ElementTree.fromstring(told.content).iter("title")][1:] == ["One #tea"]


async def test_pages_name_their_feeds(world: World, browser: Browser) -> None:
    await member(world)
    assert 'href="https://marula.example/@ann.rss"' in (await browser.get("/@ann")).text
    assert 'href="https://marula.example/tags/tea.rss"' in (await browser.get("/tags/tea")).text


async def test_a_feed_that_did_not_change_is_not_sent_again(world: World, browser: Browser) -> None:
    await member(world)
    etag = (await browser.client.get("/@ann.rss")).headers["etag"]
    assert (await browser.client.get("/@ann.rss", headers={"if-none-match": etag})).status_code == 304


@pytest.mark.parametrize("path", ["/@nobody.rss", "/nothing.rss", "/@ann.xml", "/tags/a-b.rss", "/@.rss"])
async def test_there_is_no_other_feed(world: World, browser: Browser, path: str) -> None:
    await member(world)
    assert (await browser.get(path)).status_code == 404
