"""Quotes across servers: whoever is quoted is asked, and says yes or no."""

from typing import Any

from tests.faces.activitypub.inbox.sending import Sending, uri
from tests.faces.api.caller import Caller, Crowd
from tests.peer import PUBLIC, Document, Somebody
from tests.world import World

STAMP = "https://beta.example/stamps/1"


def quotable(bob: Somebody, *allowed: str, word: str = "automaticApproval") -> Document:
    return bob.note("<p>wise words</p>", interactionPolicy={"canQuote": {word: list(allowed)}})


async def seen(ann: Caller, note: Document) -> Any:
    """A post of theirs, as Ann finds it."""
    found = await ann.get("/api/v2/search", params={"q": note["id"], "resolve": "true"})
    return found["statuses"][0]


async def state(ann: Caller, post: Any) -> str:
    return (await ann.get(f"/api/v1/statuses/{post['id']}"))["quote"]["state"]


async def asked(sending: Sending, ann: Caller, bob: Somebody) -> tuple[Any, Document]:
    """Ann quotes Bob; her post, and the question as his server got it."""
    theirs = await seen(ann, quotable(bob, PUBLIC))
    assert theirs["quote_approval"]["current_user"] == "automatic"
    made = await ann.post("/api/v1/statuses", {"status": "look", "quoted_status_id": theirs["id"]})
    await sending.work()
    return made, bob.server.received("QuoteRequest")[-1]


async def test_whom_the_author_lets_quote_is_known(crowd: Crowd, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    for note, expected in (
        (quotable(bob, bob.document["followers"]), ("followers",)),
        (quotable(bob, bob.uri), ()),
        (quotable(bob, "https://beta.example/circle"), ("unsupported_policy",)),
        (bob.note(), ()),
    ):
        assert tuple((await seen(ann, note))["quote_approval"]["automatic"]) == expected
    (manual,) = (await seen(ann, quotable(bob, PUBLIC, word="manualApproval")))["quote_approval"]["manual"]
    assert manual == "public"


async def test_a_quote_of_theirs_waits_for_their_answer_and_shows_it(
    crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    made, question = await asked(sending, ann, bob)
    assert await state(ann, made) == "pending"
    assert (question["actor"], question["instrument"]["id"]) == (uri(ann), made["uri"])
    answer = bob.activity("Accept", question["id"], result=STAMP)
    assert (await sending.tell(bob, answer))[0] == "accepted"
    assert await state(ann, made) == "accepted"
    document = await crowd.client.get(made["uri"], headers={"accept": "application/activity+json"})
    assert document.json()["quoteAuthorization"] == STAMP


async def test_who_says_no_is_not_shown(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    made, question = await asked(sending, ann, bob)
    await sending.tell(bob, bob.activity("Reject", question))
    assert await state(ann, made) == "rejected"
    await sending.tell(bob, bob.activity("Accept", question, result=STAMP))
    assert await state(ann, made) == "rejected"


async def test_nobody_answers_for_somebody_else(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    made, question = await asked(sending, ann, bob)
    eve = bob.server.person("eve")
    assert (await sending.tell(eve, eve.activity("Accept", question["id"], result=STAMP)))[0] != "accepted"
    forged = bob.activity("Accept", question["id"], result="https://evil.example/stamp")
    assert (await sending.tell(bob, forged))[0] != "accepted"
    assert await state(ann, made) == "pending"


async def test_who_may_quote_ours_gets_a_consent_that_can_be_read(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    mine = await ann.write("quote me")
    note = bob.note("<p>indeed</p>", quote=mine["uri"])
    request = bob.activity("QuoteRequest", mine["uri"], instrument=note)
    assert (await sending.tell(bob, request))[0] == "accepted"
    answer = bob.server.received("Accept")[-1]
    assert (answer["object"]["id"], answer["object"]["instrument"]) == (request["id"], note["id"])
    consent = (await crowd.client.get(answer["result"], headers={"accept": "application/activity+json"})).json()
    assert (consent["interactingObject"], consent["interactionTarget"]) == (note["id"], mine["uri"])
    assert (await ann.get(f"/api/v1/statuses/{mine['id']}"))["quotes_count"] == 1
    told = [one["type"] for one in await ann.get("/api/v1/notifications")]
    assert told == ["quote"]
    assert (await sending.tell(bob, request | {"id": f"{request['id']}/again"}))[0] == "accepted"
    assert len(await world.rows("select * from quotes")) == 1


async def test_who_may_not_quote_ours_is_told_so(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    mine = await ann.write("leave me", quote_approval_policy="nobody")
    await sending.tell(bob, bob.activity("QuoteRequest", mine["uri"], instrument=bob.note(quote=mine["uri"])))
    assert bob.server.received("Reject")[-1]["object"]["object"] == mine["uri"]
    assert not bob.server.received("Accept")


async def test_a_question_that_makes_no_sense_is_refused(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    mine, eve = await ann.write("quote me"), world_of(sending).server("evil.example").person("eve")
    for request in (
        bob.activity("QuoteRequest", mine["uri"]),
        bob.activity("QuoteRequest", "https://beta.example/1", instrument=bob.note()),
        bob.activity("QuoteRequest", mine["uri"], instrument=eve.note(quote=mine["uri"])),
        bob.activity("QuoteRequest", mine["uri"], instrument=bob.note("<p>quotes nothing</p>")),
    ):
        assert (await sending.tell(bob, request))[0] == "rejected"


def world_of(sending: Sending) -> Any:
    return sending.world.internet
