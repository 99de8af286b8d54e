"""What is signed and sound is kept and answered with 202; everything else is refused with the right status."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marula.base.crypto.signatures import Form
from marula.base.kernel.errors import Unreachable
from marula.domain import boundaries
from marula.domain.boundaries import BlockDraft
from marula.faces.http.request import BODY_LIMIT
from tests.faces.activitypub.inbox.sending import Sending, uri
from tests.faces.api.caller import Crowd
from tests.peer import Document, Sent, Somebody
from tests.world import World

LIKED = "https://marula.example/ap/users/1/statuses/1"


def like(bob: Somebody) -> Document:
    return bob.activity("Like", LIKED)


@pytest.mark.parametrize("form", ["cavage", "rfc9421"])
async def test_what_is_signed_is_kept(world: World, sending: Sending, bob: Somebody, form: Form) -> None:
    document = like(bob)
    await sending.post(bob, document, form=form)
    (kept,) = await world.rows("select * from arrivals")
    assert (kept["uri"], kept["kind"], kept["actor"], kept["signer"]) == (document["id"], "Like", bob.uri, bob.uri)
    assert (kept["host"], kept["inbox_of"], kept["state"]) == ("beta.example", None, "waiting")
    assert msgspec.json.decode(kept["body"]) == document
    assert len(await world.rows("select from servers where host = 'beta.example' and last_heard_at is not null")) == 1


async def test_the_same_activity_by_two_doors_is_kept_once(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    document = like(bob)
    for path in ("/inbox", f"/ap/users/{ann.account}/inbox", "/actor/inbox"):
        await sending.post(bob, document, path)
    assert len(await world.rows("select from arrivals")) == 1


async def test_a_personal_inbox_says_whose_it_is(world: World, crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    await sending.post(bob, like(bob), f"/ap/users/{ann.account}/inbox")
    assert (await world.rows("select inbox_of from arrivals"))[0]["inbox_of"] == ann.account
    await sending.post(bob, like(bob), "/ap/users/99/inbox", expect=404)
    await sending.post(bob, like(bob), "/ap/users/zero/inbox", expect=404)


async def test_the_inbox_of_somebody_elsewhere_is_not_here(world: World, sending: Sending, bob: Somebody) -> None:
    await sending.post(bob, like(bob))
    (row,) = await world.rows("select id from accounts where uri = $1", bob.uri)
    await sending.post(bob, like(bob), f"/ap/users/{row['id']}/inbox", expect=404)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_an_inbox_only_takes(crowd: Crowd, method: str) -> None:
    answer = await crowd.client.request(method, "/inbox")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/activity+json", 202),
        ('application/ld+json; profile="https://www.w3.org/ns/activitystreams"', 202),
        ("text/html", 415),
        ("multipart/form-data; boundary=x", 415),
    ],
)
async def test_both_content_types_of_activities_are_taken(
    sending: Sending, bob: Somebody, kind: str, status: int
) -> None:
    body = msgspec.json.encode(like(bob))
    url = "https://marula.example/inbox"
    headers = bob.signed("POST", url, body, sending.world.clock.now(), "rfc9421") | {"content-type": kind}
    answer = await sending.crowd.client.post("/inbox", content=body, headers=headers)
    assert answer.status_code == status, answer.text


DEEP = b'{"actor":"https://beta.example/users/bob","type":"Like","object":' + b"[" * 60 + b"]" * 60 + b"}"
ACTOR = b'{"actor":"https://beta.example/users/bob","type":"Like","name":'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"type":"Like"}',
        DEEP,
        ACTOR + b'"\xff"}',
        ACTOR + b'"\xed\xa0\x80"}',
        ACTOR + b'"\\ud800"}',
        ACTOR + b'"\\u0000"}',
        ACTOR + b"1e999}",
        ACTOR + b"9" * 5000 + b"}",
        ACTOR + b'1,"actor":"https://gamma.example/users/cyd"}',
        ACTOR + b'{"a":1,"a":2}}',
    ],
)
async def test_bytes_that_are_no_sound_document_are_refused(
    world: World, sending: Sending, bob: Somebody, body: bytes
) -> None:
    await sending.post(bob, body, expect=400)
    assert await world.rows("select from arrivals") == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.one_of(st.binary(max_size=200), st.binary(max_size=60).map(lambda raw: ACTOR + raw + b"}")),
    headers=st.dictionaries(
        st.sampled_from(["signature", "signature-input", "digest", "content-digest", "date", "host", "content-length"]),
        st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40),
        max_size=3,
    ),
)
async def test_no_request_is_an_error_of_ours(
    sending: Sending, bob: Somebody, body: bytes, headers: dict[str, str]
) -> None:
    signed = bob.signed("POST", "https://marula.example/inbox", body, sending.world.clock.now())
    answer = await sending.crowd.client.post("/inbox", content=body, headers=signed | headers)
    assert answer.status_code in (202, 400, 401, 413)


@pytest.mark.parametrize("text", ["\\u0000 written out", "[[[[[[[[" * 8, '":"', "\\\\"])
async def test_odd_texts_are_taken(sending: Sending, bob: Somebody, text: str) -> None:
    await sending.post(bob, like(bob) | {"content": text})


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(sending: Sending, bob: Somebody) -> None:
    large = b'{"a":"' + b"x" * BODY_LIMIT + b'"}'
    await sending.post(bob, large, expect=413)

    async def chunks() -> AsyncIterator[bytes]:
        yield large

    answer = await sending.crowd.client.post(
        "/inbox", content=chunks(), headers={"content-type": "application/activity+json"}
    )
    assert answer.status_code == 413


async def test_what_is_not_signed_is_refused(sending: Sending, bob: Somebody) -> None:
    answer = await sending.crowd.client.post(
        "/inbox", json=like(bob), headers={"content-type": "application/activity+json"}
    )
    assert (answer.status_code, answer.json()) == (401, {"error": "The request is not signed"})


async def test_another_body_than_was_signed_is_refused(sending: Sending, bob: Somebody) -> None:
    signed = bob.signed("POST", "https://marula.example/inbox", b"{}", sending.world.clock.now())
    await sending.post(bob, like(bob), headers=signed, expect=401)


async def test_a_header_that_cannot_be_read_is_refused(sending: Sending, bob: Somebody) -> None:
    await sending.post(bob, like(bob), headers={"signature": "keyId"}, expect=400)


async def test_another_address_than_was_signed_is_refused(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    body = msgspec.json.encode(like(bob))
    signed = bob.signed("POST", "https://marula.example/inbox", body, sending.world.clock.now())
    await sending.post(bob, body, f"/ap/users/{ann.account}/inbox", headers=signed, expect=401)


async def test_what_was_signed_for_another_server_is_refused(sending: Sending, bob: Somebody) -> None:
    body = msgspec.json.encode(like(bob))
    signed = bob.signed("POST", "https://gamma.example/inbox", body, sending.world.clock.now())
    await sending.post(bob, body, headers=signed, expect=401)


@pytest.mark.parametrize(("age", "status"), [(60, 202), (70, 401), (-70, 401)])
async def test_what_was_signed_long_ago_or_in_the_future_is_refused(
    sending: Sending, bob: Somebody, age: int, status: int
) -> None:
    body = msgspec.json.encode(like(bob))
    when = sending.world.clock.now() - timedelta(minutes=age)
    signed = bob.signed("POST", "https://marula.example/inbox", body, when)
    await sending.post(bob, body, headers=signed, expect=status)


async def test_a_key_is_fetched_once_and_remembered(world: World, sending: Sending, bob: Somebody) -> None:
    for _ in range(3):
        await sending.post(bob, like(bob))
    assert len([one for one in world.internet.requests if one.url == bob.uri]) == 1


async def test_a_key_that_changed_is_fetched_again_once(world: World, sending: Sending, bob: Somebody) -> None:
    await sending.post(bob, like(bob))
    changed = bob.server.person("bob")
    await sending.post(changed, like(bob))
    await sending.post(changed, like(bob))
    assert len([one for one in world.internet.requests if one.url == bob.uri]) == 2
    await sending.post(bob, like(bob), expect=401)
    assert len([one for one in world.internet.requests if one.url == bob.uri]) == 2


async def test_a_key_that_cannot_be_found_proves_nothing(world: World, sending: Sending) -> None:
    ghost = world.internet.server("beta.example").person("ghost")
    ghost.server.serve(ghost.uri, b"", status=410)
    answer = await sending.post(ghost, like(ghost), expect=401)
    assert answer.json() == {"error": "The key of the signature cannot be found"}


async def test_a_key_of_somebody_else_proves_nothing(world: World, sending: Sending, bob: Somebody) -> None:
    thief = world.internet.server("evil.example").person("thief")
    thief.key_uri = bob.key_uri
    await sending.post(thief, like(bob), expect=401)
    assert await world.rows("select from arrivals") == []


async def test_a_key_server_that_is_away_is_left_alone_for_a_minute(world: World, sending: Sending) -> None:
    away = world.internet.server("away.example").person("eve")

    def fail(sent: Sent) -> Any:
        raise Unreachable("no connection")

    away.server.on("GET", away.uri, fail)
    for _ in range(3):
        await sending.post(away, like(away), expect=503)
    assert len(world.internet.requests) == 1


async def test_a_server_that_is_kept_out_is_refused_before_anything_is_fetched(
    world: World, sending: Sending, bob: Somebody
) -> None:
    async with world.ctx.db.transaction() as tx:
        await boundaries.block(tx, BlockDraft(domain="beta.example", severity="suspend"))
    await sending.post(bob, like(bob), expect=403)
    assert world.internet.requests == []


async def test_a_farewell_of_a_stranger_is_taken_and_forgotten(world: World, sending: Sending) -> None:
    ghost = world.internet.server("beta.example").person("ghost")
    ghost.server.serve(ghost.uri, b"", status=410)
    await sending.post(ghost, ghost.activity("Delete", ghost.uri))
    await sending.post(ghost, ghost.activity("Delete", {"id": ghost.uri, "type": "Tombstone"}))
    assert await world.rows("select from arrivals") == []
    assert world.internet.requests == []


async def test_our_own_keys_are_for_others(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    bob.key_uri = f"{uri(ann)}#main-key"
    await sending.post(bob, like(bob), expect=401)


async def test_the_metrics_tell_what_waits_and_what_failed(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    for _ in range(2):
        await sending.post(bob, like(bob))
    await world.rows("update arrivals set state = 'dead' where id = (select min(id) from arrivals) returning id")
    told = (await crowd.client.get("/metrics")).text.splitlines()
    assert "marula_intake_waiting 1.0" in told
    assert "marula_intake_dead 1.0" in told
    assert any(line.startswith("marula_intake_oldest_seconds ") for line in told)
    assert any(line.startswith('marula_inbox_requests_total{status="202"} ') for line in told)
