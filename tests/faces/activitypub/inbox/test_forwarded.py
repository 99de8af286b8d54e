"""What comes by way of others is believed when it proves by itself who made it."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from marula.base.crypto import linked_data, proofs
from marula.base.crypto.keys import private_key
from marula.base.crypto.multikeys import multikey
from marula.domain import boundaries
from marula.domain.boundaries import BlockDraft
from tests.faces.activitypub.inbox.sending import Sending, uri
from tests.faces.activitypub.inbox.test_follows import followers
from tests.faces.api.caller import Crowd
from tests.peer import Document, Somebody
from tests.world import World

EDWARDS = ed25519.Ed25519PrivateKey.generate()


@pytest.fixture
def relay(world: World) -> Somebody:
    """Somebody who passes on what others say."""
    return world.internet.server("relay.example").person("relay")


@pytest.fixture
def eve(world: World) -> Somebody:
    """Somebody with a key that makes proofs."""
    address = "https://gamma.example/users/eve"
    key = {"id": f"{address}#proofs", "type": "Multikey", "controller": address}
    key["publicKeyMultibase"] = multikey(EDWARDS.public_key())
    return world.internet.server("gamma.example").person("eve", assertionMethod=[key])


def signed(who: Somebody, document: Document, world: World) -> Document:
    return linked_data.sign(document, who.key_uri, private_key(who.keys.private), world.clock.now())


async def test_a_document_that_its_actor_signed_may_come_by_way_of_others(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, relay: Somebody
) -> None:
    follow = bob.activity("Follow", uri(await crowd.join("ann")))
    assert await sending.tell(relay, signed(bob, follow, world)) == ("accepted", None)
    assert await followers(world) == [("bob", "ann")]


async def test_a_document_with_a_proof_may_come_by_way_of_others(
    world: World, crowd: Crowd, sending: Sending, eve: Somebody, relay: Somebody
) -> None:
    follow = eve.activity("Follow", uri(await crowd.join("ann")))
    proved = proofs.prove(follow, f"{eve.uri}#proofs", EDWARDS, world.clock.now())
    assert await sending.tell(relay, proved) == ("accepted", None)
    assert await followers(world) == [("eve", "ann")]


async def test_a_document_that_was_changed_on_the_way_is_not_believed(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, eve: Somebody, relay: Somebody
) -> None:
    ann = uri(await crowd.join("ann"))
    other: dict[str, Any] = {"object": ann}
    of_bob = signed(bob, bob.activity("Follow", "https://marula.example/ap/users/1"), world) | other
    of_eve = proofs.prove(eve.activity("Follow", bob.uri), f"{eve.uri}#proofs", EDWARDS, world.clock.now()) | other
    for changed in (of_bob, of_eve):
        assert await sending.tell(relay, changed) == ("ignored", "its actor did not sign it")
    assert await followers(world) == []


async def test_nobody_proves_what_somebody_else_said(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, relay: Somebody
) -> None:
    follow = bob.activity("Follow", uri(await crowd.join("ann")))
    assert await sending.tell(relay, signed(relay, follow, world)) == ("ignored", "its actor did not sign it")
    colleague = bob.server.person("colleague")
    assert await sending.tell(relay, signed(colleague, follow, world)) == ("ignored", "its actor did not sign it")


async def test_what_is_renamed_in_the_context_means_what_it_means(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, relay: Somebody
) -> None:
    ann, cyd = uri(await crowd.join("ann")), uri(await crowd.join("cyd"))
    context = [*bob.document["@context"], {"really": {"@id": "as:object", "@type": "@id"}, "object": "x:nothing"}]
    follow = bob.activity("Follow", ann) | {"@context": context, "really": cyd}
    state, _ = await sending.tell(relay, signed(bob, follow, world))
    assert state in ("accepted", "ignored")
    assert ("bob", "ann") not in await followers(world)


async def test_a_type_that_is_renamed_in_the_context_is_what_it_means(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, relay: Somebody
) -> None:
    context = [*bob.document["@context"], {"Follow": "https://beta.example/ns#Wink"}]
    follow = bob.activity("Follow", uri(await crowd.join("ann"))) | {"@context": context}
    state, why = await sending.tell(relay, signed(bob, follow, world))
    assert (state, why) == ("ignored", "Wink is not known here")


async def test_nobody_of_a_suspended_server_comes_in_by_way_of_others(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, relay: Somebody
) -> None:
    follow = bob.activity("Follow", uri(await crowd.join("ann")))
    async with world.ctx.db.transaction() as tx:
        await boundaries.block(tx, BlockDraft(domain="beta.example", severity="suspend"))
    assert await sending.tell(relay, signed(bob, follow, world)) == ("ignored", "its actor did not sign it")
