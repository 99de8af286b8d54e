"""People and posts of other servers, asked for by name through the API."""

from typing import Any

import pytest

from tests.faces.api.caller import Crowd

SEARCH = "/api/v2/search"


async def find(crowd: Crowd, who: Any, q: str, **more: Any) -> Any:
    return await who.get(SEARCH, params={"q": q, "resolve": "true"} | more)


@pytest.mark.parametrize(
    "written", ["bob@beta.example", "@bob@beta.example", "@Bob@Beta.Example", " @bob@beta.example "]
)
async def test_somebody_is_found_by_handle(crowd: Crowd, written: str) -> None:
    ann = await crowd.join("ann")
    crowd.world.internet.server("beta.example").person(
        "bob", icon={"type": "Image", "url": "https://beta.example/b.png"}
    )
    found = await find(crowd, ann, written)
    assert [one["acct"] for one in found["accounts"]] == ["bob@beta.example"]
    assert found["accounts"][0]["avatar"].startswith("https://marula.example/media/people/")
    asked = len(crowd.world.internet.requests)
    assert (await find(crowd, ann, written))["accounts"]
    assert len(crowd.world.internet.requests) == asked


async def test_somebody_is_found_by_the_address_of_a_profile(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    bob = crowd.world.internet.server("beta.example").person("bob")
    page = f'<html><head><LINK type="application/activity+json" rel="alternate me" href=\'{bob.uri}\'></head></html>'
    bob.server.serve(bob.document["url"], page, kind="text/html; charset=utf-8")
    assert [one["acct"] for one in (await find(crowd, ann, bob.document["url"]))["accounts"]] == ["bob@beta.example"]
    assert [one["acct"] for one in (await find(crowd, ann, bob.uri))["accounts"]] == ["bob@beta.example"]


async def test_a_page_may_name_its_document_in_its_headers(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    bob = crowd.world.internet.server("beta.example").person("bob")
    link = {
        "link": f'</feed>; rel="alternate"; type="application/rss+xml", <{bob.uri}>; rel="alternate"; '
        'type="application/activity+json"'
    }
    bob.server.serve(bob.document["url"], b"<html>", kind="text/html", headers=link)
    assert (await find(crowd, ann, bob.document["url"]))["accounts"]


async def test_a_post_is_found_by_its_address_with_its_author(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    bob = crowd.world.internet.server("beta.example").person("bob")
    note = bob.note("<p>Tea?</p>", url="https://beta.example/@bob/1")
    page = f'<link href="{note["id"]}" rel="alternate" type="application/activity+json" />'
    bob.server.serve(note["url"], page, kind="text/html")
    (found,) = (await find(crowd, ann, note["url"]))["statuses"]
    assert (found["uri"], found["content"], found["account"]["acct"]) == (note["id"], "<p>Tea?</p>", "bob@beta.example")
    (again,) = (await find(crowd, ann, note["id"]))["statuses"]
    assert again["id"] == found["id"]


@pytest.mark.parametrize(
    "words", ["bob@nowhere.example", "https://beta.example/nothing", "https://127.0.0.1/x", "@x@y", "nothing at all"]
)
async def test_what_is_not_there_is_not_found_and_nothing_breaks(crowd: Crowd, words: str) -> None:
    ann = await crowd.join("ann")
    crowd.world.internet.server("beta.example")
    assert await find(crowd, ann, words) == {"accounts": [], "statuses": [], "hashtags": [], "collections": []}


async def test_without_resolve_nobody_is_asked(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    crowd.world.internet.server("beta.example").person("bob")
    found = await ann.get(SEARCH, params={"q": "bob@beta.example"})
    assert (found["accounts"], crowd.world.internet.requests) == ([], [])
    await crowd.nobody.get(SEARCH, params={"q": "bob@beta.example", "resolve": "true"}, expect=401)


async def test_whom_a_post_mentions_is_looked_up_before_it_is_written(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    crowd.world.internet.server("beta.example").person("bob")
    busy = crowd.world.internet.server("busy.example")
    busy.serve("/.well-known/webfinger?resource=acct:cid@busy.example", b"", status=503)
    made = await ann.write("Hi @bob@beta.example and @cid@busy.example and @dan@nowhere.example")
    assert [one["acct"] for one in made["mentions"]] == ["bob@beta.example"]
    assert 'href="https://beta.example/@bob"' in made["content"]


async def test_following_somebody_elsewhere_is_a_request_until_they_answer(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    crowd.world.internet.server("beta.example").person("bob")
    (bob,) = (await find(crowd, ann, "bob@beta.example"))["accounts"]
    stands = await ann.post(f"/api/v1/accounts/{bob['id']}/follow")
    assert (stands["following"], stands["requested"]) == (False, True)
