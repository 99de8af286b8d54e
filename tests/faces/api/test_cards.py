"""Cards of links in posts, through the API."""

import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from marula.base import imaging
from marula.base.db import statements_run
from marula.domain import cards, storage
from marula.domain.context import Context
from tests.base.imaging.samples import encoded, scene
from tests.faces.api.caller import Caller, Crowd

PAGE = "https://news.example/story"
HTML = """<!doctype html><html lang="de-AT"><head><title>Plain &amp; simple</title>
<meta property="og:title" content="A story &quot;of&quot; trees">
<meta property="og:description" content="It has leaves.">
<meta property="og:site_name" content="The News"><meta name="author" content="Ann Author">
<meta property="article:published_time" content="2026-02-01T10:00:00+01:00">
<link rel="canonical" href="/2026/story"></head><body><p>Read</p></body></html>"""


@pytest.fixture
def serve(crowd: Crowd) -> Callable[..., str]:
    """Serve a page at news.example; gives its address."""

    def put(page: str | bytes = HTML, path: str = "/story", kind: str = "text/html; charset=utf-8", **more: Any) -> str:
        return crowd.world.internet.server("news.example").serve(path, page, kind=kind, **more)

    return put


def fetched(crowd: Crowd) -> list[str]:
    """The pages that were asked for."""
    return [one.url for one in crowd.world.internet.requests]


async def card_of(person: Caller, status: dict[str, Any]) -> Any:
    return (await person.get(f"/api/v1/statuses/{status['id']}"))["card"]


async def test_a_post_gets_the_card_of_its_link(crowd: Crowd, serve: Callable[..., str]) -> None:
    serve()
    ann = await crowd.join("ann")
    status = await ann.write(f"Read this: {PAGE}#top")
    assert status["card"] is None
    await crowd.world.settle()
    assert await card_of(ann, status) == {
        "url": "https://news.example/2026/story",
        "title": 'A story "of" trees',
        "description": "It has leaves.",
        "language": "de",
        "type": "link",
        "author_name": "Ann Author",
        "author_url": "",
        "authors": [{"name": "Ann Author", "url": "https://news.example/2026/story", "account": None}],
        "provider_name": "The News",
        "provider_url": "",
        "html": "",
        "width": 0,
        "height": 0,
        "image": None,
        "image_description": "",
        "embed_url": "",
        "blurhash": None,
        "published_at": "2026-02-01T09:00:00.000Z",
    }
    assert fetched(crowd) == [PAGE]


async def test_fifty_posts_with_one_link_fetch_it_once(crowd: Crowd, serve: Callable[..., str]) -> None:
    serve()
    ann = await crowd.join("ann")
    written = [await ann.write(f"number {count} {PAGE}") for count in range(50)]
    await crowd.world.settle()
    assert fetched(crowd) == [PAGE]
    assert all([await card_of(ann, one) for one in (written[0], written[-1])])
    later = await ann.write(f"once more {PAGE}")
    await crowd.world.settle()
    assert await card_of(ann, later) is not None
    assert fetched(crowd) == [PAGE]


async def test_a_card_is_fetched_again_after_two_weeks(crowd: Crowd, serve: Callable[..., str]) -> None:
    serve()
    ann = await crowd.join("ann")
    first = await ann.write(PAGE)
    await crowd.world.settle()
    serve("<title>It has another title now</title>")
    crowd.world.clock.advance(timedelta(days=13))
    await ann.write(f"again {PAGE}")
    await crowd.world.settle()
    assert len(fetched(crowd)) == 1
    crowd.world.clock.advance(timedelta(days=2))
    await ann.write(f"and again {PAGE}")
    await crowd.world.settle()
    assert len(fetched(crowd)) == 2
    assert (await card_of(ann, first))["title"] == "It has another title now"


@pytest.mark.parametrize(
    "text", ["@ben@beta.example hello", "#trees", "https://marula.example/@ann", "no link", "ftp://news.example/a"]
)
async def test_what_is_no_page_of_others_has_no_card(crowd: Crowd, text: str) -> None:
    ann = await crowd.join("ann")
    crowd.world.internet.server("beta.example").person("ben")
    status = await ann.write(text)
    await crowd.world.settle()
    assert await card_of(ann, status) is None
    assert await crowd.world.rows("select from post_cards") == []


async def test_a_quote_is_shown_instead_of_a_card(crowd: Crowd, serve: Callable[..., str]) -> None:
    serve()
    ann = await crowd.join("ann")
    first = await ann.write("first")
    status = await ann.write(f"look {PAGE}", quoted_status_id=first["id"])
    await crowd.world.settle()
    assert await card_of(ann, status) is None
    assert fetched(crowd) == []


async def test_an_edit_takes_the_card_away_or_brings_another(crowd: Crowd, serve: Callable[..., str]) -> None:
    serve()
    serve("<title>Other</title>", "/other")
    ann = await crowd.join("ann")
    status = await ann.write(PAGE)
    await crowd.world.settle()
    await ann.call("PUT", f"/api/v1/statuses/{status['id']}", json={"status": "https://news.example/other"})
    crowd.world.clock.advance(timedelta(seconds=5))
    await crowd.world.settle()
    assert (await card_of(ann, status))["title"] == "Other"
    await ann.call("PUT", f"/api/v1/statuses/{status['id']}", json={"status": "nothing"})
    await crowd.world.settle()
    assert await card_of(ann, status) is None


async def test_a_card_tells_no_stream(crowd: Crowd, serve: Callable[..., str]) -> None:
    serve()
    ann = await crowd.join("ann")
    status = await ann.write(PAGE)
    await crowd.world.settle()
    assert (await card_of(ann, status))["title"]
    assert await crowd.world.facts("PostRevised") == []
    assert (await ann.get(f"/api/v1/statuses/{status['id']}"))["edited_at"] is None


async def test_cards_cost_no_statements_for_each_post(crowd: Crowd, serve: Callable[..., str]) -> None:
    ann = await crowd.join("ann")
    counts: list[int] = []
    for number in range(4):
        serve(f"<title>Page {number}</title>", f"/{number}")
        await ann.write(f"https://news.example/{number}")
        for _ in range(10):
            crowd.world.clock.advance(timedelta(seconds=1))
            await crowd.world.settle()
        with statements_run() as count:
            found = await ann.get("/api/v1/timelines/home")
            counts.append(count())
        assert all(one["card"] for one in found)
    assert counts[0] == counts[-1]


async def test_a_page_that_fails_is_left_alone_and_tried_again_later(crowd: Crowd, serve: Callable[..., str]) -> None:
    serve("", status=503)
    ann = await crowd.join("ann")
    status = await ann.write(PAGE)
    await crowd.world.settle()
    await ann.write(f"again {PAGE}")
    await crowd.world.settle()
    assert len(fetched(crowd)) == 1
    serve()
    crowd.world.clock.advance(timedelta(minutes=11))
    await crowd.world.settle()
    assert len(fetched(crowd)) == 2
    assert await card_of(ann, status) is not None


async def test_a_page_that_is_not_there_is_not_asked_again(crowd: Crowd, serve: Callable[..., str]) -> None:
    serve("", status=404)
    ann = await crowd.join("ann")
    await ann.write(PAGE)
    await crowd.world.settle()
    crowd.world.clock.advance(timedelta(days=1))
    await ann.write(f"again {PAGE}")
    await crowd.world.settle()
    assert len(fetched(crowd)) == 1


@pytest.mark.parametrize("kind", ["application/pdf", "text/plain", "image/svg+xml", "application/json", ""])
async def test_what_is_no_page_has_no_card(crowd: Crowd, serve: Callable[..., str], kind: str) -> None:
    serve(HTML, kind=kind)
    ann = await crowd.join("ann")
    status = await ann.write(PAGE)
    await crowd.world.settle()
    assert await card_of(ann, status) is None


def _ctx(crowd: Crowd) -> Context:
    return crowd.world.ctx


async def test_a_host_is_asked_for_one_page_in_a_second(crowd: Crowd, serve: Callable[..., str]) -> None:
    ann = await crowd.join("ann")
    for number in range(3):
        serve(path=f"/{number}")
        await ann.write(f"https://news.example/{number}")
    await crowd.world.settle()
    counts = [len(fetched(crowd))]
    for _ in range(3):
        crowd.world.clock.advance(timedelta(seconds=2))
        await crowd.world.settle()
        counts.append(len(fetched(crowd)))
    assert counts[0] == 1
    assert counts[-1] == 3
    crowd.world.clock.advance(timedelta(days=1))
    await cards.reactions.forget_hosts(_ctx(crowd))
    assert await crowd.world.rows("select from card_hosts") == []


CREDITED = '<title>By Ann</title><meta name="fediverse:creator" content="@ann@marula.example">'


async def test_an_author_is_shown_who_lets_the_site_name_them(crowd: Crowd, serve: Callable[..., str]) -> None:
    serve(CREDITED)
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    status = await ben.write(PAGE)
    await crowd.world.settle()
    assert (await card_of(ben, status))["authors"] == []
    await ann.call("PATCH", "/api/v1/profile", json={"attribution_domains": ["other.example", "news.example"]})
    await crowd.world.settle()
    (author,) = (await card_of(ben, status))["authors"]
    assert author["account"]["id"] == str(ann.account)
    await ann.call("PATCH", "/api/v1/profile", json={"attribution_domains": []})
    await crowd.world.settle()
    assert (await card_of(ben, status))["authors"] == []


async def test_an_author_of_another_server_is_looked_up(crowd: Crowd, serve: Callable[..., str]) -> None:
    serve(CREDITED.replace("@ann@marula.example", "@bob@beta.example"))
    crowd.world.internet.server("beta.example").person("bob", attributionDomains=["NEWS.example"])
    ann = await crowd.join("ann")
    status = await ann.write(PAGE)
    await crowd.world.settle()
    (author,) = (await card_of(ann, status))["authors"]
    assert author["account"]["acct"] == "bob@beta.example"


async def test_a_server_that_is_away_keeps_no_card_from_being_shown(crowd: Crowd, serve: Callable[..., str]) -> None:
    serve(CREDITED.replace("@ann@marula.example", "@bob@beta.example"))
    crowd.world.internet.server("beta.example")
    ann = await crowd.join("ann")
    status = await ann.write(PAGE)
    await crowd.world.settle()
    assert (await card_of(ann, status))["title"] == "By Ann"


async def test_a_post_of_another_server_is_looked_at_within_ten_minutes(
    crowd: Crowd, serve: Callable[..., str]
) -> None:
    serve()
    bob = crowd.world.internet.server("beta.example").person("bob")
    note = bob.note(f'<p><a href="{PAGE}">this</a></p>')
    ann = await crowd.join("ann")
    found = await ann.get("/api/v2/search", params={"q": note["id"], "resolve": "true"})
    (status,) = found["statuses"]
    await crowd.world.settle()
    crowd.world.clock.advance(timedelta(minutes=10))
    await crowd.world.settle()
    assert fetched(crowd).count(PAGE) == 1
    assert (await card_of(ann, status))["title"].startswith("A story")


async def test_a_picture_that_went_for_want_of_room_comes_back_with_the_next_post(
    crowd: Crowd, serve: Callable[..., str]
) -> None:
    picture = "https://news.example/leaf.png"
    crowd.world.internet.server("news.example").serve(picture, encoded(scene(800, 400), "PNG"), kind="image/png")
    serve(HTML.replace("</head>", f'<meta property="og:image" content="{picture}"></head>'))
    ann = await crowd.join("ann")
    first = await ann.write(f"Read this: {PAGE}")
    await crowd.world.settle()
    before = (await card_of(ann, first))["image"]
    assert before is not None
    assert await storage.evict(crowd.world.ctx, sys.maxsize) > 0
    await crowd.world.settle()
    without = await card_of(ann, first)
    assert (without["image"], without["title"]) == (None, 'A story "of" trees')
    crowd.world.clock.advance(timedelta(minutes=1))
    await ann.write(f"Again: {PAGE}")
    await crowd.world.settle()
    assert (await card_of(ann, first))["image"] not in (None, before)
    await imaging.stop()
