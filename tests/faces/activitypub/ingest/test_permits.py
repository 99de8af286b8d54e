"""What authors elsewhere let people do with their posts, as GoToSocial says it: refused here, or asked for there."""

from datetime import timedelta
from typing import Any

import pytest

from marula.faces.activitypub.reading import read_post
from tests.faces.activitypub.inbox.sending import Sending, uri
from tests.faces.activitypub.ingest.following import follow, home
from tests.faces.api.caller import Caller, Crowd
from tests.peer import PUBLIC, Document, Somebody
from tests.world import World


def policy(**permits: tuple[Any, Any]) -> Document:
    """An interaction policy: for each deed whom it is permitted at once, and whom when they asked."""
    return {
        "interactionPolicy": {
            name: {"automaticApproval": automatic, "manualApproval": manual}
            for name, (automatic, manual) in permits.items()
        }
    }


async def read(sending: Sending, ann: Caller, bob: Somebody, **more: Any) -> str:
    """A post of bob's that came here; its id here."""
    note = bob.note(**more)
    assert await sending.tell(bob, bob.activity("Create", note)) == ("accepted", None)
    return (await home(ann))[0]["id"]


async def tried(who: Caller, post: str) -> dict[str, int]:
    """What comes of doing everything with a post."""
    path = f"/api/v1/statuses/{post}"
    return {
        "like": (await who.call("POST", f"{path}/favourite", expect=None)).status_code,
        "react": (await who.call("PUT", f"/api/v1/pleroma/statuses/{post}/reactions/🐝", expect=None)).status_code,
        "boost": (await who.call("POST", f"{path}/reblog", expect=None)).status_code,
        "reply": (
            await who.call("POST", "/api/v1/statuses", expect=None, json={"status": "So", "in_reply_to_id": post})
        ).status_code,
    }


async def test_what_nobody_may_do_is_refused(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    me = [bob.uri]
    closed = await read(sending, ann, bob, **policy(canLike=(me, []), canReply=(me, []), canAnnounce=(bob.uri, None)))
    assert await tried(ann, closed) == {"like": 403, "react": 403, "boost": 403, "reply": 403}
    await sending.work()
    assert {one["type"] for one in bob.server.received()} == {"Follow"}
    partly = await read(sending, ann, bob, **policy(canLike=(PUBLIC, []), canAnnounce=([], [])))
    assert await tried(ann, partly) == {"like": 200, "react": 200, "boost": 403, "reply": 200}


async def test_groups_and_people_are_told_apart(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann, cat = await crowd.join("ann"), await crowd.join("cat")
    await follow(sending, ann, bob)
    followers = await read(sending, ann, bob, **policy(canLike=([f"{bob.uri}/followers"], [])))
    path = f"/api/v1/statuses/{followers}/favourite"
    assert [(await who.call("POST", path, expect=None)).status_code for who in (ann, cat)] == [200, 403]
    named = await read(sending, ann, bob, **policy(canReply=([bob.uri], [uri(cat)])))
    said = {"status": "So", "in_reply_to_id": named}
    answers = [await who.call("POST", "/api/v1/statuses", expect=None, json=said) for who in (ann, cat)]
    assert [one.status_code for one in answers] == [403, 200]


async def test_who_is_named_may_always_answer(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    mention = {"type": "Mention", "href": uri(ann), "name": "@ann@marula.example"}
    post = await read(sending, ann, bob, tag=mention, **policy(canReply=([bob.uri], []), canLike=([bob.uri], [])))
    assert await tried(ann, post) == {"like": 403, "react": 403, "boost": 200, "reply": 200}


async def test_a_policy_changes_without_an_edit(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    note = bob.note()
    await sending.tell(bob, bob.activity("Create", note))
    (post,) = await home(ann)
    await sending.tell(bob, bob.activity("Update", note | policy(canLike=([bob.uri], []))))
    await ann.post(f"/api/v1/statuses/{post['id']}/favourite", expect=403)
    await sending.tell(bob, bob.activity("Update", note))
    await ann.post(f"/api/v1/statuses/{post['id']}/favourite")


async def test_what_is_refused_there_is_taken_back_here(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    asks = policy(canLike=([], [PUBLIC]), canReply=([], [PUBLIC]), canAnnounce=([], [PUBLIC]))
    post = await read(sending, ann, bob, **asks)
    await ann.post(f"/api/v1/statuses/{post}/favourite")
    await ann.post(f"/api/v1/statuses/{post}/reblog")
    await sending.work()
    (like,), (boost,) = bob.server.received("Like"), bob.server.received("Announce")
    eve = bob.server.person("eve")
    for who in (eve, bob):
        seen = await ann.get(f"/api/v1/statuses/{post}")
        assert (seen["favourited"], seen["reblogged"]) == (True, True)
        for one in (like["id"], boost["id"]):
            await sending.tell(who, who.activity("Reject", one))
    seen = await ann.get(f"/api/v1/statuses/{post}")
    assert (seen["favourited"], seen["reblogged"], seen["favourites_count"]) == (False, False, 0)
    await ann.call("PUT", f"/api/v1/pleroma/statuses/{post}/reactions/🐝")
    await sending.work()
    react = bob.server.received("Like")[-1]
    assert await sending.tell(bob, bob.activity("Accept", react)) == ("accepted", None)
    assert await sending.tell(bob, bob.activity("Reject", react)) == ("accepted", None)
    assert "reactions" not in await ann.get(f"/api/v1/statuses/{post}")
    assert (await sending.tell(bob, bob.activity("Reject", react)))[0] == "ignored"


async def test_an_answer_that_is_approved_says_so_to_others(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    post = await read(sending, ann, bob, **policy(canReply=([], [PUBLIC])))
    mine = await ann.write("So", in_reply_to_id=post)
    await sending.work()
    (create,) = bob.server.received("Create")
    assert "approvedBy" not in create["object"]
    stamp = f"{bob.uri}/approvals/1"
    evil = bob.activity("Accept", mine["uri"], result="https://evil.example/approvals/1")
    assert (await sending.tell(bob, evil))[0] == "rejected"
    eve = bob.server.person("eve")
    assert (await sending.tell(eve, eve.activity("Accept", mine["uri"], result=stamp)))[0] == "ignored"
    assert await sending.tell(bob, bob.activity("Accept", mine["uri"], result=stamp)) == ("accepted", None)
    await sending.work()
    (update,) = bob.server.received("Update")
    assert (update["object"]["approvedBy"], "updated" in update["object"]) == (stamp, False)
    world.clock.advance(timedelta(minutes=1))
    await sending.tell(bob, bob.activity("Reject", {"id": mine["uri"], "type": "Note"}))
    await sending.work()
    assert "approvedBy" not in bob.server.received("Update")[-1]["object"]
    assert (await ann.get(f"/api/v1/statuses/{mine['id']}"))["content"] == "<p>So</p>"


@pytest.mark.parametrize("odd", [None, [], 3, "x", {"canLike": 3}, {"canLike": {"always": PUBLIC}}, {"canLike": []}])
def test_a_policy_that_says_nothing_restricts_nothing(odd: Any) -> None:
    note = {"id": "https://peer.example/1", "type": "Note", "attributedTo": "https://peer.example/ben"}
    assert read_post(note | {"interactionPolicy": odd}).permits == ()
