"""Signed calls to other servers."""

from datetime import timedelta

import pytest

from marula.base.crypto.keys import private_key, public_key
from marula.base.crypto.signatures import Message, claims
from marula.base.kernel.errors import Unreachable
from marula.base.net import Answer
from marula.domain import actors, servers
from marula.faces.activitypub import calling
from tests.domain.users.people import person
from tests.peer import Sent, Serve
from tests.world import World

BODY = b'{"type":"Follow"}'


@pytest.fixture
async def ann(world: World) -> actors.OwnKey:
    """The key of a local person."""
    return await actors.own_key(world.ctx, (await person(world, "ann")).account_id)


async def proven(world: World, sent: Sent, who: actors.OwnKey) -> bool:
    """Whether the holder of this key signed the request."""
    message = Message(method=sent.method, url=sent.url, headers=sent.headers, body=sent.body or None)
    [claim] = claims(message, world.clock.now())
    key = public_key(who.public)
    assert key is not None
    return claim.key_id == who.uri and claim.proven_by(key)


def refusing(header: str, status: int = 401) -> Serve:
    """An inbox that refuses requests with this header."""

    def serve(sent: Sent) -> Answer:
        return Answer(status=status if header in sent.headers else 202, headers={}, body=b"", url=sent.url)

    return serve


async def test_the_server_itself_signs_when_nobody_else_does(world: World) -> None:
    url = world.internet.server("beta.example").serve("/note", {"type": "Note"})
    answer = await calling.get(world.ctx, url)
    assert answer.status == 200
    [sent] = world.internet.requests
    assert await proven(world, sent, await actors.own_key(world.ctx, actors.INSTANCE))
    assert sent.headers["accept"].startswith("application/activity+json")


async def test_a_person_signs_what_they_post_with_its_digest(world: World, ann: actors.OwnKey) -> None:
    inbox = world.internet.server("beta.example").inbox
    account = actors.account_of(world.ctx.config, ann.uri.partition("#")[0])
    answer = await calling.post(world.ctx, inbox, BODY, signer=account)
    assert answer.status == 202
    [sent] = world.internet.requests
    assert sent.body == BODY
    assert sent.headers["content-type"] == "application/activity+json"
    assert "digest" in sent.headers
    assert await proven(world, sent, ann)


async def test_the_query_is_signed(world: World) -> None:
    url = world.internet.server("beta.example").serve("/outbox?page=true", {"type": "OrderedCollectionPage"})
    await calling.get(world.ctx, url)
    assert await proven(world, world.internet.requests[0], await actors.own_key(world.ctx, actors.INSTANCE))


async def test_each_address_of_a_redirect_is_signed_for_itself(world: World) -> None:
    beta, gamma = world.internet.server("beta.example"), world.internet.server("gamma.example")
    url = beta.redirect("/old", gamma.serve("/new", {"type": "Note"}))
    answer = await calling.get(world.ctx, url)
    assert answer.url == "https://gamma.example/new"
    key = await actors.own_key(world.ctx, actors.INSTANCE)
    assert [await proven(world, sent, key) for sent in world.internet.requests] == [True, True]
    assert [sent.headers["host"] for sent in world.internet.requests] == ["beta.example", "gamma.example"]


async def test_a_fragment_is_not_sent(world: World) -> None:
    world.internet.server("beta.example").serve("/users/bob", {"type": "Person"})
    await calling.get(world.ctx, "https://beta.example/users/bob#main-key")
    assert [sent.url for sent in world.internet.requests] == ["https://beta.example/users/bob"]


@pytest.mark.parametrize("status", [400, 401])
async def test_who_refuses_the_older_form_is_sent_the_newer_one(world: World, status: int) -> None:
    beta = world.internet.server("beta.example")
    beta.on("POST", "/inbox", refusing("digest", status))
    answer = await calling.post(world.ctx, beta.inbox, BODY)
    assert answer.status == 202
    assert ["signature-input" in sent.headers for sent in world.internet.requests] == [False, True]
    key = await actors.own_key(world.ctx, actors.INSTANCE)
    assert await proven(world, world.internet.requests[1], key)


async def test_the_form_that_was_taken_is_remembered_for_the_host(world: World) -> None:
    beta = world.internet.server("beta.example")
    beta.on("POST", "/inbox", refusing("digest"))
    await calling.post(world.ctx, beta.inbox, BODY)
    await calling.post(world.ctx, beta.inbox, BODY)
    await calling.get(world.ctx, beta.serve("/note", {"type": "Note"}))
    assert ["signature-input" in sent.headers for sent in world.internet.requests] == [False, True, True, True]
    async with world.ctx.db.reading() as db:
        health = await servers.one(db, "beta.example")
    assert health is not None
    assert health.form == "rfc9421"


async def test_a_server_that_goes_back_to_the_older_form_is_sent_that_again(world: World) -> None:
    beta = world.internet.server("beta.example")
    await servers.learn_form(world.ctx, "beta.example", "rfc9421")
    beta.on("POST", "/inbox", refusing("signature-input"))
    answer = await calling.post(world.ctx, beta.inbox, BODY)
    assert answer.status == 202
    assert await servers.form_of(world.ctx, "beta.example") == "cavage"


async def test_who_refuses_both_forms_has_refused(world: World) -> None:
    beta = world.internet.server("beta.example")
    beta.on("POST", "/inbox", refusing("signature"))
    answer = await calling.post(world.ctx, beta.inbox, BODY)
    assert answer.status == 401
    assert len(world.internet.requests) == 2
    assert await servers.form_of(world.ctx, "beta.example") == "cavage"


@pytest.mark.parametrize("status", [403, 404, 410, 429, 500])
async def test_other_refusals_are_not_knocked_at_again(world: World, status: int) -> None:
    url = world.internet.server("beta.example").serve("/note", b"", status=status)
    assert (await calling.get(world.ctx, url)).status == status
    assert len(world.internet.requests) == 1


async def test_who_does_not_answer_is_unreachable(world: World) -> None:
    def silent(_: Sent) -> Answer:
        raise Unreachable("beta.example does not answer in time")

    url = world.internet.server("beta.example").on("GET", "/note", silent)
    with pytest.raises(Unreachable, match="in time"):
        await calling.get(world.ctx, url)


async def test_nothing_private_is_called(world: World) -> None:
    with pytest.raises(Unreachable, match="must not be called"):
        await calling.post(world.ctx, "https://127.0.0.1/inbox", BODY)
    with pytest.raises(Unreachable, match="https"):
        await calling.get(world.ctx, "http://beta.example/note")


async def test_the_time_of_a_signature_is_now(world: World) -> None:
    url = world.internet.server("beta.example").serve("/note", {"type": "Note"})
    await calling.get(world.ctx, url)
    world.clock.advance(timedelta(hours=2))
    await calling.get(world.ctx, url)
    assert len({sent.headers["date"] for sent in world.internet.requests}) == 2


async def test_a_private_key_is_never_shown(world: World, ann: actors.OwnKey) -> None:
    signer = calling.Signer(ann.uri, private_key(ann.private))
    assert "PRIVATE" not in repr(signer)
    assert repr(signer) == f"Signer({ann.uri!r})"
