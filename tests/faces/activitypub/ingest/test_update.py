"""Update: profiles and posts become what their people made of them; older states change nothing."""

import pytest

from tests.faces.activitypub.inbox.sending import Sending, uri
from tests.faces.activitypub.ingest.following import follow, home
from tests.faces.api.caller import Crowd
from tests.peer import Document, Somebody
from tests.world import World


@pytest.fixture
def bob(world: World) -> Somebody:
    return world.internet.server("beta.example").person("bob")


async def test_an_edit_is_shown_with_what_was_said_before(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann, said = await crowd.join("ann"), bob.note("<p>Tea</p>")
    await follow(sending, ann, bob)
    await sending.tell(bob, bob.activity("Create", said))
    later = said | {"content": "<p>Milk</p>", "updated": "2026-03-01T11:59:30Z"}
    assert await sending.tell(bob, bob.activity("Update", later)) == ("accepted", None)
    (shown,) = await home(ann)
    assert (shown["content"], shown["edited_at"]) == ("<p>Milk</p>", "2026-03-01T11:59:30.000Z")
    history = await ann.get(f"/api/v1/statuses/{shown['id']}/history")
    assert [one["content"] for one in history] == ["<p>Tea</p>", "<p>Milk</p>"]


async def test_who_is_named_no_longer_may_still_read_it(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    mention = {"type": "Mention", "href": uri(ann), "name": "@ann"}
    said = bob.note("<p>1</p>", to=[uri(ann)], cc=[], tag=[mention])
    await sending.tell(bob, bob.activity("Create", said))
    (told,) = await ann.get("/api/v1/notifications")
    later = said | {"to": [], "tag": [], "content": "<p>2</p>", "updated": "2026-03-01T11:59:30Z"}
    assert await sending.tell(bob, bob.activity("Update", later)) == ("accepted", None)
    shown = await ann.get(f"/api/v1/statuses/{told['status']['id']}")
    assert (shown["content"], shown["mentions"]) == ("<p>2</p>", [])


async def test_an_older_state_changes_nothing(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann, said = await crowd.join("ann"), bob.note("<p>1</p>", published="2026-03-01T11:00:00Z")
    await follow(sending, ann, bob)
    second = said | {"content": "<p>2</p>", "updated": "2026-03-01T11:10:00Z"}
    third = said | {"content": "<p>3</p>", "updated": "2026-03-01T11:20:00Z"}
    await sending.tell(bob, bob.activity("Create", said), bob.activity("Update", third))
    await sending.tell(bob, bob.activity("Update", second))
    assert [one["content"] for one in await home(ann)] == ["<p>3</p>"]


async def test_counts_change_without_an_edit(world: World, crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)

    def question(tea: int, milk: int) -> Document:
        options = (("tea", tea), ("milk", milk))
        return said | {"oneOf": [{"type": "Note", "name": n, "replies": {"totalItems": c}} for n, c in options]}

    said = bob.note(type="Question", endTime="2026-03-02T12:00:00Z")
    await sending.tell(bob, bob.activity("Create", question(0, 0)))
    poll = (await home(ann))[0]["poll"]
    await ann.post(f"/api/v1/polls/{poll['id']}/votes", json={"choices": [1]})
    assert await sending.tell(bob, bob.activity("Update", question(4, 0))) == ("accepted", None)
    (shown,) = await home(ann)
    assert [one["votes_count"] for one in shown["poll"]["options"]] == [4, 1]
    assert shown["edited_at"] is None


async def test_a_young_post_that_never_came_is_taken_as_new(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann, said = await crowd.join("ann"), bob.note()
    await follow(sending, ann, bob)
    old = bob.note(published="2020-01-01T00:00:00Z")
    assert await sending.tell(bob, bob.activity("Update", said)) == ("accepted", None)
    assert (await sending.tell(bob, bob.activity("Update", old)))[0] == "ignored"
    assert [one["uri"] for one in await home(ann)] == [said["id"]]


async def test_nobody_changes_what_others_wrote(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann, eve = await crowd.join("ann"), bob.server.person("eve")
    await follow(sending, ann, bob)
    said = bob.note("<p>Tea</p>")
    await sending.tell(bob, bob.activity("Create", said))
    for change in ({}, {"attributedTo": eve.uri}):
        changed = said | {"content": "<p>Lie</p>", "updated": "2026-03-01T11:59:30Z"} | change
        assert (await sending.tell(eve, eve.activity("Update", changed)))[0] == "rejected"
    assert [one["content"] for one in await home(ann)] == ["<p>Tea</p>"]


async def test_a_profile_becomes_what_its_owner_made_of_it(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    account = await follow(sending, ann, bob)
    told = await sending.tell(bob, bob.activity("Update", bob.document | {"name": "Robert"}))
    assert told == ("accepted", None)
    assert (await ann.get(f"/api/v1/accounts/{account}"))["display_name"] == "Robert"


async def test_nobody_changes_the_profile_of_others(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann, eve = await crowd.join("ann"), bob.server.person("eve")
    account = await follow(sending, ann, bob)
    told = await sending.tell(eve, eve.activity("Update", bob.document | {"name": "Lie"}))
    assert told[0] in ("ignored", "rejected")
    assert (await ann.get(f"/api/v1/accounts/{account}"))["display_name"] == "Bob"
