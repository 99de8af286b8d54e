"""The server itself as an actor: its document, how it is found, and that people never meet it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from marula.base.crypto.keys import public_key
from marula.base.kernel.errors import Forbidden
from marula.domain import accounts, actors, relationships
from marula.domain.actors import INSTANCE
from marula.main.web import make_app
from tests.domain.users.people import person
from tests.faces.api.caller import HOME, Crowd, crowd_in
from tests.world import World

FIELDS = {
    "@context",
    "id",
    "type",
    "preferredUsername",
    "webfinger",
    "inbox",
    "outbox",
    "endpoints",
    "url",
    "manuallyApprovesFollowers",
    "publicKey",
    "assertionMethod",
}


@pytest.fixture
async def crowd(world: World) -> AsyncIterator[Crowd]:
    async with crowd_in(world) as made:
        yield made


@pytest.fixture
async def peer(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """Another server's client."""
    accept = {"accept": "application/activity+json"}
    transport = httpx.ASGITransport(make_app(world.ctx))
    async with httpx.AsyncClient(transport=transport, base_url=HOME, headers=accept) as made:
        yield made


async def test_the_server_is_an_application_with_a_key(peer: httpx.AsyncClient) -> None:
    document = (await peer.get("/actor")).json()
    assert document.keys() == FIELDS
    assert (document["id"], document["type"]) == (f"{HOME}/actor", "Application")
    assert (document["inbox"], document["outbox"]) == (f"{HOME}/actor/inbox", f"{HOME}/actor/outbox")
    key = document["publicKey"]
    assert (key["id"], key["owner"]) == (f"{HOME}/actor#main-key", f"{HOME}/actor")
    assert public_key(key["publicKeyPem"]) is not None
    assert (await peer.get("/actor")).json() == document
    assert (await peer.get("/actor/outbox")).json()["orderedItems"] == []


@pytest.mark.parametrize(
    "resource",
    ["acct:marula.example@marula.example", "marula.example@Marula.example", HOME, f"{HOME}/", f"{HOME}/actor"],
)
async def test_the_server_is_found_by_webfinger(peer: httpx.AsyncClient, resource: str) -> None:
    found = (await peer.get("/.well-known/webfinger", params={"resource": resource})).json()
    assert found["subject"] == "acct:marula.example@marula.example"
    assert {one["rel"]: one["href"] for one in found["links"]}["self"] == f"{HOME}/actor"


async def test_the_key_of_the_server_stays(world: World) -> None:
    key = await actors.own_key(world.ctx, INSTANCE)
    assert await actors.own_key(world.ctx, INSTANCE) == key
    assert actors.account_of(world.ctx.config, f"{HOME}/actor") == INSTANCE
    assert await world.facts() == []


async def test_nobody_meets_the_server_among_people(world: World, crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await actors.own_key(world.ctx, INSTANCE)
    await world.settle()
    for name in ("instance.actor", "instance.actor@marula.example"):
        await ann.get("/api/v1/accounts/lookup", params={"acct": name}, expect=404)
        assert await ann.get("/api/v1/accounts/search", params={"q": name}) == []
    assert await ann.get("/api/v1/accounts/search", params={"q": "instance"}) == []
    for path in ("/api/v1/accounts/-99", "/@instance.actor", "/ap/users/-99"):
        await ann.get(path, expect=404, headers={"accept": "application/json"})
    assert (await ann.get("/api/v2/instance"))["usage"]["users"]["active_month"] == 1
    listed = await ann.get("/api/v1/directory", params={"local": True})
    assert str(INSTANCE) not in [one["id"] for one in listed]


async def test_nobody_follows_the_server(world: World) -> None:
    ann = await person(world, "ann")
    await actors.own_key(world.ctx, INSTANCE)
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(Forbidden):
            await relationships.follow(tx, ann.account_id, INSTANCE)
        assert await accounts.by_handle(tx, "instance.actor") is None
