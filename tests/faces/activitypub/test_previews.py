"""What is known of a page that a post links to travels with the post."""

from typing import Any

import pytest

from marula.domain import cards
from marula.domain.cards import Card, rules
from marula.faces.activitypub.reading.preview import read_preview
from tests.faces.api.caller import Crowd, crowd_in
from tests.world import World

PAGE = "https://news.example/story"
LINK = {
    "type": "Link",
    "href": PAGE,
    "mediaType": "text/html",
    "name": "A story",
    "hreflang": "de",
    "preview": {
        "type": "Page",
        "name": "A <b>story</b>\u202e",
        "summary": "With leaves",
        "attributedTo": {"type": "Person", "name": "Ann"},
        "published": "2026-02-03T04:05:06Z",
    },
}


@pytest.fixture
async def crowd(world: World) -> Any:
    async with crowd_in(world) as made:
        yield made


async def arrived(crowd: Crowd, *attachments: dict[str, Any], content: str = f'<p><a href="{PAGE}">x</a></p>') -> Any:
    """A post of another server as somebody here sees it, when we have not looked ourselves."""
    crowd.world.internet.server("news.example").serve("/story", "<title>What it says itself</title>", kind="text/html")
    bob = crowd.world.internet.server("beta.example").person("bob")
    note = bob.note(content, attachment=list(attachments))
    ann = await crowd.join("ann")
    (status,) = (await ann.get("/api/v2/search", params={"q": note["id"], "resolve": "true"}))["statuses"]
    await crowd.world.settle()
    return (await ann.get(f"/api/v1/statuses/{status['id']}"))["card"]


def asked(crowd: Crowd) -> bool:
    return any(one.url == PAGE for one in crowd.world.internet.requests)


async def test_what_came_with_a_post_is_shown_at_once(crowd: Crowd) -> None:
    card = await arrived(crowd, LINK)
    assert (await crowd.world.rows("select card from links"))[0]["card"] is None
    assert (card["title"], card["description"], card["language"]) == ("A story", "With leaves", "de")
    assert (card["author_name"], card["published_at"]) == ("Ann", "2026-02-03T04:05:06.000Z")
    assert (card["url"], card["image"], card["html"], card["provider_name"]) == (PAGE, None, "", "")


async def test_a_page_that_was_described_with_the_post_is_fetched_in_its_own_time(crowd: Crowd) -> None:
    await arrived(crowd, LINK)
    crowd.world.clock.advance(rules.SPREAD_OFFERED)
    await crowd.world.settle()
    assert asked(crowd)
    assert "says itself" in (await crowd.world.rows("select card ->> 'title' as title from links"))[0]["title"]


async def test_what_another_server_says_of_a_page_is_not_shown_with_other_posts(crowd: Crowd) -> None:
    await arrived(crowd, LINK)
    ben = await crowd.join("ben")
    status = await ben.write(PAGE)
    await crowd.world.settle()
    assert asked(crowd)
    assert (await ben.get(f"/api/v1/statuses/{status['id']}"))["card"]["title"] == "What it says itself"


async def test_what_we_know_ourselves_counts_more(crowd: Crowd) -> None:
    async with crowd.world.ctx.db.transaction() as tx:
        await cards.know(tx, [PAGE])
        known = await cards.by_url(tx, PAGE)
        assert known is not None
        await cards.describe(tx, known, Card(title="Known"))
    assert (await arrived(crowd, LINK))["title"] == "Known"


async def test_a_page_that_the_post_does_not_link_to_has_no_card(crowd: Crowd) -> None:
    assert await arrived(crowd, LINK, content="<p>nothing</p>") is None


@pytest.mark.parametrize(
    "attachment",
    [
        {"type": "Link", "href": PAGE},
        {"type": "Link", "href": "javascript:alert(1)", "name": "x"},
        {"type": "Link", "href": PAGE, "name": {"a": 1}, "preview": [[]]},
        {"type": "Link", "href": PAGE, "name": "x", "mediaType": "application/pdf"},
        {"type": "Document", "url": PAGE, "name": "x"},
    ],
)
def test_what_describes_no_page_is_passed_over(attachment: dict[str, Any]) -> None:
    assert read_preview({"attachment": [attachment, "x", None]}) is None


async def test_our_posts_tell_what_is_known_of_their_page(crowd: Crowd) -> None:
    crowd.world.internet.server("news.example").serve(
        "/story", '<title>Here</title><meta name="description" content="Words">', kind="text/html"
    )
    ann = await crowd.join("ann")
    status = await ann.write(PAGE)
    await crowd.world.settle()
    note = await crowd.nobody.get(status["uri"], headers={"accept": "application/activity+json"})
    assert note["attachment"] == [
        {
            "type": "Link",
            "href": PAGE,
            "mediaType": "text/html",
            "name": "Here",
            "preview": {"type": "Page", "url": PAGE, "name": "Here", "summary": "Words"},
        }
    ]
    assert read_preview(note) is not None
