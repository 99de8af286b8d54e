"""Answers of others to whom wants to be asked are shown to nobody but those they name, until they are approved."""

from typing import Any

import pytest

from tests.faces.activitypub.inbox.sending import Sending, uri
from tests.faces.activitypub.ingest.following import follow, home
from tests.faces.activitypub.ingest.test_permits import policy
from tests.faces.api.caller import Caller, Crowd
from tests.peer import PUBLIC, Document, Somebody
from tests.world import World


class Talk:
    """Ann of ours follows Bob, who wants to be asked before others answer, and Eve, who answers him."""

    def __init__(self, sending: Sending, ann: Caller, cat: Caller, bob: Somebody, eve: Somebody) -> None:
        self.sending, self.ann, self.cat, self.bob, self.eve = sending, ann, cat, bob, eve
        self.question = bob.note("<p>So?</p>", **policy(canReply=([bob.uri], [PUBLIC])))
        self.stamp = f"{bob.uri}/authorizations/1"
        self.answer = f"{eve.uri}/answers/1"

    async def asks(self) -> None:
        await self.sending.tell(self.bob, self.bob.activity("Create", self.question))

    async def answers(self, **more: Any) -> Document:
        note = self.eve.note("<p>No</p>", inReplyTo=self.question["id"], id=self.answer, **more)
        assert await self.sending.tell(self.eve, self.eve.activity("Create", note)) == ("accepted", None)
        return note

    async def changes(self, note: Document) -> None:
        assert await self.sending.tell(self.eve, self.eve.activity("Update", note)) == ("accepted", None)

    def approves(self, **change: Any) -> None:
        """Serve the approval of the answer, or what only looks like one."""
        self.bob.server.serve(self.stamp, self.authorization() | change)

    def authorization(self) -> Document:
        return {
            "id": self.stamp,
            "type": "ReplyAuthorization",
            "attributedTo": self.bob.uri,
            "interactingObject": self.answer,
            "interactionTarget": self.question["id"],
        }

    async def shown(self) -> dict[str, Any]:
        """The question, as it is shown."""
        (post,) = await self.sending.world.rows("select id from posts where uri = $1", self.question["id"])
        return await self.ann.get(f"/api/v1/statuses/{post['id']}")

    async def seen(self, who: Caller | None = None) -> list[str]:
        """What stands below the question, as somebody reads it."""
        context = await (who or self.ann).get(f"/api/v1/statuses/{(await self.shown())['id']}/context")
        return [one["uri"] for one in context["descendants"]]

    async def count(self) -> int:
        return (await self.shown())["replies_count"]


@pytest.fixture
async def talk(world: World, crowd: Crowd, sending: Sending, bob: Somebody) -> Talk:
    eve = world.internet.server("gamma.example").person("eve")
    ann = await crowd.join("ann")
    for who in (bob, eve):
        await follow(sending, ann, who)
    return Talk(sending, ann, await crowd.join("cat"), bob, eve)


async def test_an_answer_that_nobody_approved_is_shown_to_nobody(world: World, talk: Talk) -> None:
    await talk.asks()
    note = await talk.answers(tag=[{"type": "Hashtag", "name": "#rude"}])
    assert (await talk.seen(), await talk.count()) == ([], 0)
    assert [one["uri"] for one in await home(talk.ann)] == [talk.question["id"]]
    (kept,) = await world.rows("select id, account_id from posts where uri = $1", note["id"])
    await talk.ann.get(f"/api/v1/statuses/{kept['id']}", expect=404)
    for path in ("/api/v1/timelines/tag/rude", f"/api/v1/accounts/{kept['account_id']}/statuses"):
        assert await talk.ann.get(path) == []
    assert (await talk.ann.get(f"/api/v1/accounts/{kept['account_id']}"))["statuses_count"] == 0


async def test_who_is_named_in_it_is_told_and_reads_it(talk: Talk) -> None:
    await talk.asks()
    note = await talk.answers(cc=[uri(talk.ann)], tag=[{"type": "Mention", "href": uri(talk.ann), "name": "@ann"}])
    (told,) = await talk.ann.get("/api/v1/notifications")
    assert (told["status"]["uri"], told["status"]["visibility"]) == (note["id"], "private")
    assert (await talk.seen(), await talk.seen(talk.cat)) == ([note["id"]], [])


@pytest.mark.parametrize("word", ["approvedBy", "replyAuthorization"])
async def test_an_answer_that_comes_with_its_approval_is_shown(talk: Talk, word: str) -> None:
    await talk.asks()
    talk.approves()
    note = await talk.answers(**{word: talk.stamp})
    assert (await talk.seen(), await talk.count()) == ([note["id"]], 1)
    assert {one["uri"] for one in await home(talk.ann)} == {note["id"], talk.question["id"]}


async def test_an_answer_that_is_approved_later_is_shown_from_then_on(talk: Talk) -> None:
    await talk.asks()
    note = await talk.answers()
    talk.approves()
    await talk.changes(note | {"approvedBy": talk.stamp})
    assert (await talk.seen(), await talk.count()) == ([note["id"]], 1)
    assert {one["uri"] for one in await home(talk.ann)} == {note["id"], talk.question["id"]}


async def test_the_older_forms_of_approvals_are_understood(talk: Talk) -> None:
    await talk.asks()
    older = {"id": talk.stamp, "type": "ReplyApproval", "attributedTo": talk.bob.uri, "object": talk.answer}
    talk.bob.server.serve(talk.stamp, older | {"target": talk.question["id"]})
    await talk.answers(approvedBy=talk.stamp)
    assert await talk.seen() == [talk.answer]


async def test_an_accept_is_an_approval(talk: Talk) -> None:
    await talk.asks()
    oldest = {"id": talk.stamp, "type": "Accept", "actor": talk.bob.uri, "object": talk.answer}
    talk.bob.server.serve(talk.stamp, oldest)
    await talk.answers(approvedBy=talk.stamp)
    assert await talk.seen() == [talk.answer]


@pytest.mark.parametrize(
    "change",
    [
        {"attributedTo": "https://gamma.example/users/eve"},
        {"interactingObject": "https://gamma.example/other"},
        {"interactionTarget": "https://beta.example/other"},
        {"type": "LikeAuthorization"},
    ],
)
async def test_what_is_no_approval_of_it_shows_nothing(talk: Talk, change: dict[str, Any]) -> None:
    await talk.asks()
    talk.approves(**change)
    await talk.answers(approvedBy=talk.stamp)
    assert (await talk.seen(), await talk.count()) == ([], 0)


async def test_nobody_approves_their_own_answer_on_their_own_server(talk: Talk) -> None:
    await talk.asks()
    own = f"{talk.eve.uri}/authorizations/1"
    talk.eve.server.serve(own, talk.authorization() | {"id": own})
    await talk.answers(approvedBy=own)
    assert await talk.seen() == []


async def test_an_answer_that_came_before_the_question_is_held_back_with_it(world: World, talk: Talk) -> None:
    talk.bob.server.serve(talk.question["id"], b"", status=404)
    note = await talk.answers()
    assert len(await world.rows("select from posts where visibility = 0")) == 1
    await talk.asks()
    assert (await talk.seen(), await talk.count()) == ([], 0)
    assert [one["uri"] for one in await home(talk.ann)] == [talk.question["id"]]
    talk.approves()
    await talk.changes(note | {"approvedBy": talk.stamp})
    assert (await talk.seen(), await talk.count()) == ([note["id"]], 1)


async def test_who_may_answer_at_once_needs_no_approval(talk: Talk) -> None:
    talk.question |= policy(canReply=([talk.bob.uri, talk.eve.uri], [PUBLIC]))
    await talk.asks()
    await talk.answers()
    assert await talk.seen() == [talk.answer]


async def test_who_is_named_in_the_question_needs_no_approval(talk: Talk) -> None:
    talk.question["tag"] = [{"type": "Mention", "href": talk.eve.uri, "name": "@eve@gamma.example"}]
    await talk.asks()
    await talk.answers()
    assert await talk.seen() == [talk.answer]


async def test_the_end_of_an_answer_that_is_held_back_counts_nothing(world: World, talk: Talk) -> None:
    await talk.asks()
    note = await talk.answers()
    assert await talk.sending.tell(talk.eve, talk.eve.activity("Delete", note["id"])) == ("accepted", None)
    assert (await talk.count(), len(await world.rows("select from posts"))) == (0, 1)
