"""Announce: what people of other servers share is boosted here, once, and only what may be shared."""

import pytest

from tests.faces.activitypub.inbox.sending import Sending
from tests.faces.activitypub.ingest.following import follow, home
from tests.faces.api.caller import Crowd
from tests.peer import Internet
from tests.world import World


@pytest.fixture
def internet(world: World) -> Internet:
    return world.internet


async def test_a_post_of_a_third_server_is_fetched_from_there(
    crowd: Crowd, sending: Sending, internet: Internet
) -> None:
    ann, bob = await crowd.join("ann"), internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    said = internet.server("gamma.example").person("eve").note("<p>Milk</p>", published="2020-01-01T00:00:00Z")
    assert await sending.tell(bob, bob.activity("Announce", said["id"])) == ("accepted", None)
    (shown,) = await home(ann)
    assert (shown["account"]["acct"], shown["reblog"]["account"]["acct"]) == ("bob@beta.example", "eve@gamma.example")
    assert (shown["reblog"]["content"], shown["reblog"]["reblogs_count"]) == ("<p>Milk</p>", 1)


async def test_it_is_boosted_once(world: World, crowd: Crowd, sending: Sending, internet: Internet) -> None:
    ann, bob = await crowd.join("ann"), internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    said = internet.server("gamma.example").person("eve").note()
    await sending.tell(bob, bob.activity("Announce", said["id"]), bob.activity("Announce", said["id"]))
    assert len(await world.rows("select from posts where reblog_of_id is not null")) == 1


async def test_who_is_shared_is_told_and_told_no_longer(crowd: Crowd, sending: Sending, internet: Internet) -> None:
    ann, bob = await crowd.join("ann"), internet.server("beta.example").person("bob")
    post = await ann.write("Tea")
    shared = bob.activity("Announce", post["uri"])
    assert await sending.tell(bob, shared) == ("accepted", None)
    assert [one["type"] for one in await ann.get("/api/v1/notifications")] == ["reblog"]
    assert (await ann.get(f"/api/v1/statuses/{post['id']}"))["reblogs_count"] == 1
    assert await sending.tell(bob, bob.activity("Undo", shared["id"])) == ("accepted", None)
    assert (await ann.get(f"/api/v1/statuses/{post['id']}"))["reblogs_count"] == 0
    assert await ann.get("/api/v1/notifications") == []


async def test_what_was_taken_back_before_is_not_shared(
    world: World, crowd: Crowd, sending: Sending, internet: Internet
) -> None:
    ann, bob = await crowd.join("ann"), internet.server("beta.example").person("bob")
    shared = bob.activity("Announce", (await ann.write("Tea"))["uri"])
    await sending.tell(bob, bob.activity("Undo", shared), shared)
    assert await world.rows("select from posts where reblog_of_id is not null") == []


async def test_what_is_not_for_everybody_is_not_shared(
    world: World, crowd: Crowd, sending: Sending, internet: Internet
) -> None:
    ann, bob = await crowd.join("ann"), internet.server("beta.example").person("bob")
    post = await ann.write("Tea", visibility="private")
    assert (await sending.tell(bob, bob.activity("Announce", post["uri"])))[0] in ("ignored", "rejected")
    assert await world.rows("select from posts where reblog_of_id is not null") == []


async def test_ones_own_post_for_followers_is_taken_from_ones_hand(
    world: World, crowd: Crowd, sending: Sending, internet: Internet
) -> None:
    ann, bob = await crowd.join("ann"), internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    followers = [f"{bob.uri}/followers"]
    said = bob.note("<p>Among us</p>", serve=False, to=followers, cc=[])
    shared = bob.activity("Announce", said)
    assert await sending.tell(bob, shared) == ("accepted", None)
    assert [(one["visibility"], one["content"]) for one in await home(ann)] == [("private", "<p>Among us</p>")]
    assert len(await world.rows("select from posts where reblog_of_id is not null and visibility = 2")) == 1


async def test_what_is_embedded_of_others_is_not_believed(
    world: World, crowd: Crowd, sending: Sending, internet: Internet
) -> None:
    ann, bob = await crowd.join("ann"), internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    said = internet.server("gamma.example").person("eve").note("<p>Truth</p>")
    await sending.tell(bob, bob.activity("Announce", said | {"content": "<p>Lie</p>"}))
    (shown,) = await home(ann)
    assert shown["reblog"]["content"] == "<p>Truth</p>"


async def test_what_strangers_share_of_others_is_not_kept(
    world: World, crowd: Crowd, sending: Sending, internet: Internet
) -> None:
    await crowd.join("ann")
    bob, said = internet.server("beta.example").person("bob"), internet.server("gamma.example").person("eve").note()
    told = await sending.tell(bob, bob.activity("Announce", said["id"]))
    assert told == ("ignored", "nobody here follows who shares it")
    assert await world.rows("select from posts") == []


async def test_a_group_brings_what_begins_threads_into_feeds_and_answers_into_their_threads(
    world: World, crowd: Crowd, sending: Sending, internet: Internet
) -> None:
    ann, group = await crowd.join("ann"), internet.server("lemmy.example").person("tea", type="Group")
    await follow(sending, ann, group)
    eve = internet.server("gamma.example").person("eve")
    page = eve.note("<p>Which?</p>", type="Page", name="Teapots")
    answer = eve.note("<p>Blue</p>", inReplyTo=page["id"])
    for one in (page, answer):
        await sending.tell(group, group.activity("Announce", eve.activity("Create", one)))
    (shown,) = await home(ann)
    assert "Teapots" in shown["reblog"]["content"]
    thread = await ann.get(f"/api/v1/statuses/{shown['reblog']['id']}/context")
    assert [one["content"] for one in thread["descendants"]] == ["<p>Blue</p>"]
