"""What people elsewhere say under our posts is passed on to those who follow whom it answers, as it came."""

from typing import Any

import msgspec
import pytest

from marula.base.crypto import linked_data, proofs
from marula.base.crypto.keys import private_key, public_key
from marula.domain import actors
from tests.faces.activitypub.inbox.sending import Sending, uri
from tests.faces.api.caller import Caller, Crowd
from tests.peer import PUBLIC, Document, Somebody
from tests.world import World

CONTEXT: list[Any] = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"]


class Thread:
    """A post of Ann, who is ours, and Cyd, who follows her from another server than Bob, who answers."""

    def __init__(self, world: World, sending: Sending, ann: Caller, bob: Somebody, cyd: Somebody, post: str) -> None:
        self.world, self.sending, self.ann, self.bob, self.cyd, self.post = world, sending, ann, bob, cyd, post

    def signed(self, document: Document, who: Somebody | None = None) -> Document:
        by = who or self.bob
        return linked_data.sign(document, by.key_uri, private_key(by.keys.private), self.world.clock.now())

    def answer(self, **more: Any) -> Document:
        reach: dict[str, Any] = {"to": [PUBLIC], "cc": [uri(self.ann)]} | more
        return self.bob.activity("Create", self.bob.note(inReplyTo=self.post, **reach))

    async def bytes_at(self, who: Somebody) -> list[bytes]:
        """What the inboxes of somebody's server were sent that is Bob's, byte by byte."""
        await self.sending.work()
        posted = [one for one in self.world.internet.requests if one.method == "POST" and who.server.host in one.url]
        return [one.body for one in posted if one.document["actor"] == self.bob.uri]


@pytest.fixture
async def thread(world: World, crowd: Crowd, sending: Sending, bob: Somebody) -> Thread:
    ann = await crowd.join("ann")
    cyd = world.internet.server("gamma.example").person("cyd")
    for who in (bob, cyd):
        await sending.tell(who, who.activity("Follow", uri(ann)))
    written = await ann.post("/api/v1/statuses", json={"status": "what do you think?"})
    return Thread(world, sending, ann, bob, cyd, written["uri"])


async def test_an_answer_is_passed_on_byte_by_byte(thread: Thread) -> None:
    said = msgspec.json.encode(thread.signed(thread.answer()))
    await thread.sending.post(thread.bob, said)
    assert await thread.bytes_at(thread.cyd) == [said]
    assert await thread.bytes_at(thread.bob) == []


async def test_what_stands_further_below_in_the_thread_is_passed_on_too(thread: Thread) -> None:
    first = thread.cyd.note(inReplyTo=thread.post, to=[PUBLIC])
    await thread.sending.tell(thread.cyd, thread.cyd.activity("Create", first))
    below = thread.bob.note(inReplyTo=first["id"], to=[PUBLIC], cc=[uri(thread.ann)])
    said = msgspec.json.encode(thread.signed(thread.bob.activity("Create", below)))
    await thread.sending.post(thread.bob, said)
    assert await thread.bytes_at(thread.cyd) == [said]


async def test_what_stands_below_something_that_is_not_for_everybody_is_not_passed_on(thread: Thread) -> None:
    first = thread.cyd.note(inReplyTo=thread.post, to=[uri(thread.ann)], cc=[])
    await thread.sending.tell(thread.cyd, thread.cyd.activity("Create", first))
    below = thread.bob.note(inReplyTo=first["id"], to=[PUBLIC], cc=[uri(thread.ann)])
    await thread.sending.tell(thread.bob, thread.signed(thread.bob.activity("Create", below)))
    assert await thread.bytes_at(thread.cyd) == []


async def test_who_passes_it_on_signs_the_request(thread: Thread, world: World) -> None:
    await thread.sending.tell(thread.bob, thread.signed(thread.answer()))
    [sent] = [one for one in world.internet.requests if one.url == thread.cyd.server.inbox and b"Create" in one.body][
        -1:
    ]
    assert f'keyId="{uri(thread.ann)}#main-key"' in sent.headers["signature"]


async def test_what_does_not_prove_itself_is_not_passed_on(thread: Thread) -> None:
    plain = thread.answer()
    changed = thread.signed(thread.answer()) | {"summary": "something else"}
    for said in (plain, changed, thread.signed(thread.answer(), thread.cyd)):
        assert (await thread.sending.tell(thread.bob, said))[0] == "accepted"
    assert await thread.bytes_at(thread.cyd) == []


@pytest.mark.parametrize("reach", [{"to": ["https://beta.example/users/bob/followers"]}, {"to": []}])
async def test_what_is_not_for_everybody_is_not_passed_on(thread: Thread, reach: dict[str, Any]) -> None:
    await thread.sending.tell(thread.bob, thread.signed(thread.answer(**reach)))
    assert await thread.bytes_at(thread.cyd) == []


async def test_what_answers_a_post_for_followers_is_not_passed_on(thread: Thread) -> None:
    private = await thread.ann.post("/api/v1/statuses", json={"status": "for friends", "visibility": "private"})
    thread.post = private["uri"]
    await thread.sending.tell(thread.bob, thread.signed(thread.answer()))
    assert await thread.bytes_at(thread.cyd) == []


async def test_an_edit_and_the_end_of_an_answer_are_passed_on(thread: Thread) -> None:
    created = thread.answer()
    note = created["object"] | {"updated": "2026-03-01T12:00:00Z", "content": "<p>Better</p>"}
    edited = thread.bob.activity("Update", note)
    deleted = thread.bob.activity("Delete", {"id": note["id"], "type": "Tombstone"}, to=[PUBLIC])
    said = [msgspec.json.encode(thread.signed(one)) for one in (created, edited, deleted)]
    for one in said:
        await thread.sending.post(thread.bob, one)
        await thread.sending.work()
    assert await thread.bytes_at(thread.cyd) == said


async def test_the_end_of_what_we_boosted_is_passed_on(thread: Thread, world: World) -> None:
    await thread.sending.tell(thread.bob, note := thread.bob.activity("Create", thread.bob.note(cc=[uri(thread.ann)])))
    [row] = await world.rows("select id from posts where uri = $1", note["object"]["id"])
    await thread.ann.post(f"/api/v1/statuses/{row['id']}/reblog")
    deleted = thread.signed(thread.bob.activity("Delete", note["object"]["id"], to=[PUBLIC]))
    await thread.sending.tell(thread.bob, deleted)
    assert await thread.bytes_at(thread.cyd) == [msgspec.json.encode(deleted)]


async def test_who_is_blocked_is_not_passed_on(thread: Thread, world: World) -> None:
    [row] = await world.rows("select id from accounts where uri = $1", thread.bob.uri)
    await thread.ann.post(f"/api/v1/accounts/{row['id']}/block")
    await thread.sending.tell(thread.bob, thread.signed(thread.answer()))
    assert await thread.bytes_at(thread.cyd) == []


async def test_it_is_passed_on_once_through_whatever_doors_it_comes(thread: Thread) -> None:
    said = msgspec.json.encode(thread.signed(thread.answer()))
    passer = thread.bob.server.person("passer")
    for who, door in (
        (thread.bob, "/inbox"),
        (thread.bob, f"/ap/users/{thread.ann.account}/inbox"),
        (passer, "/inbox"),
    ):
        await thread.sending.post(who, said, door)
        await thread.sending.work()
    assert await thread.bytes_at(thread.cyd) == [said]


async def test_our_answers_prove_themselves(thread: Thread, world: World) -> None:
    await thread.sending.tell(thread.bob, note := thread.bob.activity("Create", thread.bob.note(cc=[uri(thread.ann)])))
    [row] = await world.rows("select id from posts where uri = $1", note["object"]["id"])
    await thread.ann.post("/api/v1/statuses", json={"status": "@bob@beta.example no", "in_reply_to_id": str(row["id"])})
    await thread.sending.work()
    document = thread.bob.server.received("Create")[-1]
    assert thread.ann.account is not None
    key = await actors.own_key(world.ctx, thread.ann.account)
    known = public_key(key.public)
    assert known is not None
    assert key.proof is not None
    said = linked_data.verified(document, known, world.clock.now(), CONTEXT)
    assert said is not None
    assert said["object"]["content"] == document["object"]["content"]
    proof = private_key(key.proof).public_key()
    assert proofs.proven(document, proof) is not None
    assert proofs.proven(document | {"to": []}, proof) is None


async def test_what_begins_a_thread_or_is_not_for_everybody_needs_no_signature(thread: Thread) -> None:
    await thread.ann.post("/api/v1/statuses", json={"status": "@bob@beta.example you", "visibility": "direct"})
    await thread.sending.work()
    for document in thread.bob.server.received("Create"):
        assert not {"signature", "proof"} & document.keys()
