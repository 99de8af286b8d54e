"""An account of another server that somebody looks at: its posts, pins and hashtags come by themselves."""

from datetime import timedelta
from typing import Any

import pytest

from marula.base.net import Answer
from tests.faces.activitypub.inbox.sending import Sending
from tests.faces.activitypub.ingest.following import follow, home
from tests.faces.api.caller import Caller, Crowd
from tests.peer import Document, Somebody
from tests.world import World


@pytest.fixture
def cleo(world: World) -> Somebody:
    """Somebody who wrote before anybody here knew them."""
    uri = "https://beta.example/users/cleo"
    return world.internet.server("beta.example").person(
        "cleo", featured=f"{uri}/collections/featured", featuredTags=f"{uri}/collections/tags"
    )


def collection(who: Somebody, name: str, *items: Any, **more: Any) -> Document:
    """A collection of theirs, that can be fetched."""
    uri = f"{who.uri}/{name}"
    found = {"id": uri, "type": "OrderedCollection", "totalItems": len(items), "orderedItems": list(items)} | more
    who.server.serve(uri, found)
    return found


def wrote(who: Somebody, *notes: Document) -> None:
    """Let these be in the outbox, newest first, behind a first page."""
    page = f"{who.uri}/outbox?page=1"
    entries = [who.activity("Create", note) for note in notes]
    boost = who.activity("Announce", "https://gamma.example/1")
    who.server.serve(page, {"id": page, "type": "OrderedCollectionPage", "orderedItems": [boost, *entries]})
    outbox = {"id": f"{who.uri}/outbox", "type": "OrderedCollection", "totalItems": 321, "first": page}
    who.server.serve(f"{who.uri}/outbox", outbox)


async def found(world: World, caller: Caller, who: Somebody) -> dict[str, Any]:
    """Look somebody up, as their server shows them after a while."""
    search = {"q": f"@{who.handle}", "resolve": "true"}
    await caller.get("/api/v2/search", params=search)
    await world.settle()
    return (await caller.get("/api/v2/search", params=search))["accounts"][0]


async def posts_of(caller: Caller, account: str, **more: str) -> list[str]:
    return [one["content"] for one in await caller.get(f"/api/v1/accounts/{account}/statuses", params=more)]


async def test_somebody_newly_found_shows_what_they_wrote_pinned_and_feature(
    world: World, crowd: Crowd, cleo: Somebody
) -> None:
    ann = await crowd.join("ann")
    old = cleo.note("<p>pinned</p>", published="2025-03-01T12:00:00Z")
    wrote(cleo, cleo.note("<p>second</p>"), cleo.note("<p>first</p>", published="2026-02-01T12:00:00Z"))
    collection(cleo, "collections/featured", old["id"])
    collection(cleo, "collections/tags", {"type": "Hashtag", "name": "#Plum"}, {"type": "Hashtag", "name": "#no good"})
    account = await found(world, ann, cleo)
    assert await posts_of(ann, account["id"]) == ["<p>second</p>", "<p>first</p>", "<p>pinned</p>"]
    assert await posts_of(ann, account["id"], pinned="true") == ["<p>pinned</p>"]
    assert account["statuses_count"] == 321
    tags = await ann.get(f"/api/v1/accounts/{account['id']}/featured_tags")
    assert [one["name"] for one in tags] == ["Plum"]
    assert (await home(ann), await ann.get("/api/v1/notifications")) == ([], [])


async def test_a_profile_is_looked_after_once_a_day_when_somebody_signed_in_sees_it(
    world: World, crowd: Crowd, cleo: Somebody
) -> None:
    ann = await crowd.join("ann")
    wrote(cleo)
    account = await found(world, ann, cleo)
    wrote(cleo, cleo.note("<p>new</p>"))
    path = f"/api/v1/accounts/{account['id']}/statuses"
    asked = len(world.internet.requests)
    await ann.get(path)
    await world.settle()
    assert len(world.internet.requests) == asked
    world.clock.advance(timedelta(hours=25))
    await world.settle()
    asked = len(world.internet.requests)
    await crowd.nobody.get(path)
    await world.settle()
    assert len(world.internet.requests) == asked
    await ann.get(path)
    await world.settle()
    assert await posts_of(ann, account["id"]) == ["<p>new</p>"]


async def test_what_is_not_theirs_or_not_on_their_server_is_not_taken(
    world: World, crowd: Crowd, cleo: Somebody
) -> None:
    ann = await crowd.join("ann")
    zoe = world.internet.server("zeta.example").person("zoe")
    dora = cleo.server.person("dora")
    hers, theirs = dora.note("<p>dora</p>"), zoe.note("<p>zoe</p>")
    hidden = cleo.note("<p>hidden</p>", to=[f"{cleo.uri}/followers"], cc=[])
    collection(cleo, "collections/featured", hers["id"], theirs["id"], hidden, 7, None, {"type": "Note"})
    wrote(cleo, theirs)
    account = await found(world, ann, cleo)
    assert await posts_of(ann, account["id"], pinned="true") == []
    assert await posts_of(ann, account["id"]) == []
    assert [one.url for one in world.internet.requests if "zeta.example" in one.url] == []


async def test_a_server_that_does_not_give_collections_costs_nothing_else(
    world: World, crowd: Crowd, cleo: Somebody
) -> None:
    ann = await crowd.join("ann")
    circle = f"{cleo.uri}/outbox"
    cleo.server.serve(circle, {"id": circle, "type": "OrderedCollection", "first": {"next": circle}, "items": [{}]})
    cleo.server.on(
        "GET", f"{cleo.uri}/collections/featured", lambda asked: Answer(status=503, headers={}, body=b"", url=asked.url)
    )
    account = await found(world, ann, cleo)
    assert account["acct"] == "cleo@beta.example"
    assert await posts_of(ann, account["id"]) == []
    rows = await world.rows("select ended_at is not null as over from refreshes")
    assert [row["over"] for row in rows] == [True]


async def test_they_pin_and_unpin_while_we_know_them(crowd: Crowd, sending: Sending, cleo: Somebody) -> None:
    ann = await crowd.join("ann")
    account = await follow(sending, ann, cleo)
    note = cleo.note("<p>plum</p>")
    target = {"target": cleo.document["featured"]}
    assert await sending.tell(cleo, cleo.activity("Add", note["id"], **target)) == ("accepted", None)
    assert await posts_of(ann, account, pinned="true") == ["<p>plum</p>"]
    tag = {"type": "Hashtag", "name": "#Plum", "href": "https://beta.example/tags/plum"}
    assert await sending.tell(cleo, cleo.activity("Add", tag, **target)) == ("accepted", None)
    (featured,) = await ann.get(f"/api/v1/accounts/{account}/featured_tags")
    assert featured["name"] == "Plum"
    for what in (note["id"], tag):
        assert await sending.tell(cleo, cleo.activity("Remove", what, **target)) == ("accepted", None)
    assert await posts_of(ann, account, pinned="true") == []
    assert await ann.get(f"/api/v1/accounts/{account}/featured_tags") == []


async def test_nobody_pins_for_others_or_elsewhere(
    world: World, crowd: Crowd, sending: Sending, cleo: Somebody
) -> None:
    ann = await crowd.join("ann")
    account = await follow(sending, ann, cleo)
    dora = cleo.server.person("dora", featured=f"{cleo.server.host}/dora/featured")
    note, hers = cleo.note(), dora.note()
    target = {"target": cleo.document["featured"]}
    refused = await sending.tell(cleo, cleo.activity("Add", hers["id"], **target))
    assert refused == ("rejected", "it is about a post of somebody else")
    for where in ({"target": "https://beta.example/else"}, {}, {"target": [1, {}]}):
        state, _ = await sending.tell(cleo, cleo.activity("Add", note["id"], **where))
        assert state == "ignored"
    state, _ = await sending.tell(dora, dora.activity("Add", note["id"], **target))
    assert state == "ignored"
    for odd in ({"type": "Hashtag"}, None, 7, "not an address", ["x"]):
        state, _ = await sending.tell(cleo, cleo.activity("Add", odd, **target))
        assert state in ("ignored", "rejected")
    assert await posts_of(ann, account, pinned="true") == []
