"""A thread that somebody reads: the answers that this server never got are looked for."""

from datetime import timedelta
from typing import Any

import pytest

from marula.faces.activitypub.completing import thread
from tests.faces.activitypub.inbox.sending import Sending
from tests.faces.activitypub.ingest.following import follow, home
from tests.faces.api.caller import Caller, Crowd
from tests.peer import Document, Somebody
from tests.world import World


@pytest.fixture
def zoe(world: World) -> Somebody:
    return world.internet.server("zeta.example").person("zoe")


def replies(note: Document, *items: Any) -> dict[str, Any]:
    """A collection of answers, in the way that most servers write it: a page inside, and another one behind."""
    address = f"{note['id']}/replies"
    first = {"type": "CollectionPage", "partOf": address, "items": list(items)}
    return {"id": address, "type": "Collection", "first": first}


def with_replies(who: Somebody, note: Document, *items: Any) -> Document:
    """The same post, telling of answers."""
    whole = note | {"replies": replies(note, *items)}
    who.server.serve(note["id"], whole)
    return whole


async def below(caller: Caller, post: str) -> list[str]:
    return [one["content"] for one in (await caller.get(f"/api/v1/statuses/{post}/context"))["descendants"]]


async def arrived(sending: Sending, reader: Caller, who: Somebody, note: Document) -> str:
    """A post that came to somebody who follows its author; its id here."""
    await follow(sending, reader, who)
    assert await sending.tell(who, who.activity("Create", note)) == ("accepted", None)
    return (await home(reader))[0]["id"]


async def test_answers_are_found_and_the_answers_to_these(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, zoe: Somebody
) -> None:
    ann = await crowd.join("ann")
    root = bob.note("<p>root</p>")
    one = zoe.note("<p>one</p>", inReplyTo=root["id"])
    two = with_replies(bob, bob.note("<p>two</p>", inReplyTo=root["id"]), "https://zeta.example/users/zoe/notes/2")
    deep = zoe.note("<p>deep</p>", inReplyTo=two["id"])
    post = await arrived(sending, ann, bob, with_replies(bob, root, one["id"], two))
    answer = await ann.call("GET", f"/api/v1/statuses/{post}/context")
    assert answer.headers["mastodon-async-refresh"] == f'id="context-{post}", retry=2'
    refresh = f"/api/v1_alpha/async_refreshes/context-{post}"
    assert (await ann.get(refresh))["async_refresh"]["status"] == "running"
    await world.settle()
    assert (await ann.get(refresh))["async_refresh"]["status"] == "finished"
    assert set(await below(ann, post)) == {"<p>one</p>", "<p>two</p>", "<p>deep</p>"}
    assert deep["id"]
    again = await ann.call("GET", f"/api/v1/statuses/{post}/context")
    assert "mastodon-async-refresh" not in again.headers
    assert [one["content"] for one in await home(ann)] == ["<p>two</p>", "<p>root</p>"]


async def test_nothing_is_looked_for_of_our_own_or_by_strangers(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    mine = await ann.write("mine")
    post = await arrived(sending, ann, bob, with_replies(bob, bob.note(), "https://beta.example/users/bob/notes/9"))
    asked = len(world.internet.requests)
    for caller, subject in ((ann, mine["id"]), (crowd.nobody, post)):
        answer = await caller.call("GET", f"/api/v1/statuses/{subject}/context")
        assert "mastodon-async-refresh" not in answer.headers
    await world.settle()
    assert len(world.internet.requests) == asked
    await ann.call("GET", f"/api/v1_alpha/async_refreshes/context-{mine['id']}", expect=404)
    await ann.call("GET", "/api/v1_alpha/async_refreshes/context-x", expect=404)


async def test_a_conversation_that_its_author_keeps_is_read(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, zoe: Somebody
) -> None:
    ann = await crowd.join("ann")
    address = f"{bob.uri}/contexts/1"
    root = bob.note("<p>root</p>", context=address)
    far = zoe.note("<p>far</p>", inReplyTo=root["id"])
    bob.server.serve(address, {"id": address, "type": "Collection", "items": [root["id"], far["id"], 3, None]})
    post = await arrived(sending, ann, bob, root)
    await below(ann, post)
    await world.settle()
    assert await below(ann, post) == ["<p>far</p>"]


async def test_a_flood_of_answers_and_circles_end(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thread, "MOST_POSTS", 5)
    ann = await crowd.join("ann")
    root = bob.note("<p>root</p>")
    flood = [bob.note(f"<p>{number}</p>", inReplyTo=root["id"]) for number in range(30)]
    circle = with_replies(bob, flood[0], root["id"], flood[0]["id"])
    page = f"{bob.uri}/endless"
    bob.server.serve(page, {"id": page, "type": "CollectionPage", "items": [one["id"] for one in flood], "next": page})
    whole = root | {"replies": {"id": f"{root['id']}/replies", "type": "Collection", "first": page}}
    bob.server.serve(root["id"], whole)
    post = await arrived(sending, ann, bob, whole)
    await below(ann, post)
    asked = len(world.internet.requests)
    await world.settle()
    assert len(world.internet.requests) - asked < 50
    assert len(await below(ann, post)) == 10  # the job ran twice
    assert circle["id"]


async def test_a_collection_of_another_server_is_not_believed(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, zoe: Somebody
) -> None:
    ann = await crowd.join("ann")
    address = f"{zoe.uri}/trap"
    zoe.server.serve(address, {"id": address, "type": "Collection", "items": [zoe.note("<p>spam</p>")["id"]]})
    post = await arrived(sending, ann, bob, bob.note(replies=address, context=address))
    await below(ann, post)
    await world.settle()
    assert [one.url for one in world.internet.requests if one.url == address] == []


async def test_it_is_looked_again_after_a_quarter_of_an_hour(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    root = bob.note("<p>root</p>")
    address = f"{root['id']}/replies"
    bob.server.serve(address, {"id": address, "type": "Collection", "items": []})
    post = await arrived(sending, ann, bob, root | {"replies": address})
    await below(ann, post)
    await world.settle()
    late = bob.note("<p>late</p>", inReplyTo=root["id"])
    bob.server.serve(address, {"id": address, "type": "Collection", "items": [late["id"]]})
    await below(ann, post)
    world.clock.advance(timedelta(minutes=16))
    await below(ann, post)
    await world.settle()
    assert await below(ann, post) == ["<p>late</p>"]
