"""Who signs what they ask is given what is for them; where everybody has to sign, nobody else is given anything."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from marula.base.kernel.ids import AccountId
from marula.domain import relationships
from marula.faces.activitypub import fetching
from marula.main.web import make_app
from tests.faces.api.caller import HOME, Caller, Crowd, crowd_in
from tests.peer import Somebody
from tests.world import World, make_world


@pytest.fixture
async def crowd(world: World) -> AsyncIterator[Crowd]:
    async with crowd_in(world) as made:
        yield made


@pytest.fixture
async def secure(database: str, tmp_path: Path) -> AsyncIterator[Crowd]:
    """A server where everybody has to sign."""
    async with make_world(database, tmp_path, AUTHORIZED_FETCH="true") as world, crowd_in(world) as made:
        yield made


async def ask(crowd: Crowd, path: str, who: Somebody | None = None) -> httpx.Response:
    """Ask for a document, signed by somebody."""
    url = f"{HOME}{path}" if path.startswith("/") else path
    headers = {} if who is None else who.signed("GET", url, None, crowd.world.clock.now())
    transport = httpx.ASGITransport(make_app(crowd.world.ctx))
    async with httpx.AsyncClient(transport=transport) as client:
        return await client.get(url, headers=headers | {"accept": "application/activity+json"})


async def known(crowd: Crowd, name: str) -> tuple[Somebody, AccountId]:
    """Somebody elsewhere whom this server has met."""
    somebody = crowd.world.internet.server("far.example").person(name)
    account = await fetching.actor(crowd.world.ctx, somebody.uri)
    assert account is not None
    return somebody, account


async def follow(crowd: Crowd, who: AccountId, whom: Caller) -> None:
    async with crowd.world.ctx.db.transaction() as tx:
        await relationships.follow(tx, who, whom.account or AccountId(0))


async def test_a_follower_reads_what_is_for_followers(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    (ben, account), (cat, _) = await known(crowd, "ben"), await known(crowd, "cat")
    await follow(crowd, account, ann)
    post = await ann.write("for friends", visibility="private")
    answer = await ask(crowd, post["uri"], ben)
    assert (answer.status_code, answer.json()["id"]) == (200, post["uri"])
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["vary"] == "Accept, Signature"
    assert (await ask(crowd, post["uri"], cat)).status_code == 404
    assert (await ask(crowd, post["uri"])).status_code == 404
    outbox = f"/ap/users/{ann.account}/outbox?page=true"
    assert [one["object"]["id"] for one in (await ask(crowd, outbox, ben)).json()["orderedItems"]] == [post["uri"]]
    assert (await ask(crowd, outbox, cat)).json()["orderedItems"] == []


async def test_whoever_is_named_reads_what_is_for_them(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    (ben, _), (cat, account) = await known(crowd, "ben"), await known(crowd, "cat")
    await follow(crowd, account, ann)
    post = await ann.write("@ben@far.example only you", visibility="direct")
    assert (await ask(crowd, post["uri"], ben)).status_code == 200
    assert (await ask(crowd, post["uri"], cat)).status_code == 404


async def test_a_signature_that_proves_nothing_opens_nothing_and_closes_nothing(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    (ben, account), (cat, _) = await known(crowd, "ben"), await known(crowd, "cat")
    await follow(crowd, account, ann)
    post, quiet = await ann.write("hello"), await ann.write("for friends", visibility="private")
    cat.key_uri = ben.key_uri
    assert (await ask(crowd, post["uri"], cat)).status_code == 200
    assert (await ask(crowd, quiet["uri"], cat)).status_code == 404


async def test_what_everybody_may_read_is_given_without_looking_at_signatures(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("hello")
    stranger = crowd.world.internet.server("far.example").person("dan")
    answer = await ask(crowd, post["uri"], stranger)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=180")
    assert crowd.world.internet.requests == []


async def test_where_everybody_has_to_sign_only_the_server_itself_is_open(secure: Crowd) -> None:
    ann = await secure.join("ann")
    post = await ann.write("hello")
    ben, _ = await known(secure, "ben")
    base = f"/ap/users/{ann.account}"
    for path in (base, "/@ann", post["uri"], f"{base}/outbox", f"{base}/followers", f"{post['uri']}/replies"):
        assert (await ask(secure, path)).status_code == 401, path
        answer = await ask(secure, path, ben)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-store"), path
    for path in ("/actor", "/.well-known/webfinger?resource=acct:ann@marula.example", "/.well-known/nodeinfo"):
        assert (await ask(secure, path)).status_code == 200, path


async def test_where_everybody_has_to_sign_whom_an_author_blocks_reads_nothing_of_them(secure: Crowd) -> None:
    ann = await secure.join("ann")
    post = await ann.write("hello")
    ben, account = await known(secure, "ben")
    await ann.post(f"/api/v1/accounts/{account}/block")
    assert (await ask(secure, post["uri"], ben)).status_code == 404
