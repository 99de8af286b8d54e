"""What the doctor says of other servers."""

from typing import Any

import pytest

from marula.base.kernel.errors import NotFound
from marula.base.net import Answer
from marula.domain import boundaries
from marula.domain.boundaries import BlockDraft
from marula.faces.activitypub.doctor import Step, examine
from tests.peer import Sent, Server, Somebody
from tests.world import World


@pytest.fixture
def beta(world: World) -> Server:
    """A server that is well, and our own as others see it."""
    us = world.internet.server("marula.example")
    us.serve("/actor", {"id": "https://marula.example/actor", "type": "Application"})
    server = world.internet.server("beta.example")
    rel = "http://nodeinfo.diaspora.software/ns/schema/2.0"
    server.serve("/.well-known/nodeinfo", {"links": [{"rel": rel, "href": "https://beta.example/nodeinfo/2.0"}]})
    server.serve("/nodeinfo/2.0", {"software": {"name": "mastodon", "version": "4.6.1"}})
    return server


@pytest.fixture
def bob(beta: Server) -> Somebody:
    found = beta.person("bob")
    beta.serve(beta.inbox, b"", status=405)
    return found


async def told(world: World, what: str) -> dict[str, Step]:
    return {one.name: one for one in await examine(world.ctx, what)}


async def test_a_server_that_is_well_is_said_to_be(world: World, bob: Somebody) -> None:
    for what in (f"@{bob.handle}", bob.uri):
        steps = await told(world, what)
        assert all(one.ok for one in steps.values()), steps
        assert steps["software"].words == "mastodon 4.6.1"
        assert steps["our signatures"].words == "cavage: 200, rfc9421: 200"
    assert set(await told(world, "beta.example")) == {
        "our own actor",
        "our blocks",
        "connection",
        "software",
        "deliveries",
        "what it sends",
    }
    assert not [one for one in world.internet.requests if one.method != "GET"]


async def test_each_fault_is_found_where_it_is(world: World, beta: Server, bob: Somebody) -> None:
    def refuse(asked: Sent) -> Answer:
        return Answer(status=401, headers={}, body=b"", url=asked.url)

    faults: list[tuple[str, Any]] = [
        ("our own actor", lambda: world.internet.server("marula.example").serve("/actor", b"<html>", kind="text/html")),
        ("WebFinger", lambda: setattr(bob, "handle", "robert@beta.example")),
        ("inbox", lambda: beta.serve(beta.inbox, b"", status=502)),
        ("our signatures", lambda: beta.on("GET", bob.uri, refuse)),
    ]
    handle = f"@{bob.handle}"
    for name, spoil in faults:
        spoil()
        what = handle if name == "WebFinger" else bob.uri
        step = (await told(world, what))[name]
        assert not step.ok, step
        assert step.advice


async def test_a_document_without_a_key_of_its_own_is_found(world: World, beta: Server) -> None:
    eve = beta.person("eve", publicKey=None)
    assert not (await told(world, eve.uri))["actor"].ok


async def test_a_server_that_cannot_be_reached_is_said_to_be_that(world: World, beta: Server) -> None:
    steps = await told(world, "nowhere.invalid")
    assert not steps["connection"].ok
    assert steps["connection"].advice


async def test_a_server_that_we_suspended_is_named_as_such(world: World, bob: Somebody) -> None:
    async with world.ctx.db.transaction() as tx:
        await boundaries.block(tx, BlockDraft(domain="beta.example", severity="suspend"))
    step = (await told(world, "beta.example"))["our blocks"]
    assert not step.ok
    assert "unblock beta.example" in (step.advice or "")


async def test_deliveries_that_fail_are_told(world: World, beta: Server) -> None:
    async with world.ctx.db.transaction() as tx:
        await tx.run("insert into servers (host, failing_days, last_error) values ('beta.example', 2, 'is down')")
    step = (await told(world, "beta.example"))["deliveries"]
    assert (step.ok, step.words) == (False, "they fail: is down")


@pytest.mark.parametrize("what", ["", "not a domain", "@bob", "@bob@", "ftp://x.example"])
async def test_what_is_none_of_these_is_refused(world: World, what: str) -> None:
    with pytest.raises(NotFound):
        await examine(world.ctx, what)
