"""Two servers agree on who follows whom.

Spec: FEP-8fcf
"""

import msgspec
import pytest

from marula.base.crypto.keys import private_key
from marula.base.crypto.signatures import Message, sign
from marula.faces.activitypub.synchronising import HEADER, Announced, digest, origin, read, write
from tests.faces.activitypub.inbox.conftest import bob, crowd, sending
from tests.faces.activitypub.inbox.sending import Sending
from tests.faces.activitypub.ingest.following import follow
from tests.faces.api.caller import HOME, Caller, Crowd
from tests.peer import Somebody
from tests.world import World

__all__ = ["bob", "crowd", "sending"]

NOBODY = "0" * 64


def test_the_digest_of_the_specification() -> None:
    uris = ["https://testing.example.org/users/1", "https://testing.example.org/users/2"]
    assert digest(uris) == "c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f"
    assert digest(reversed([*uris, *uris])) == digest(uris)
    assert digest([]) == NOBODY


@pytest.mark.parametrize(
    "header",
    ["", "x", 'collectionId="a"', 'collectionId="a", url="b", digest="short"', "a" * 9000, 'url="b",,=', '"""'],
)
def test_a_header_that_cannot_be_read_says_nothing(header: str) -> None:
    assert read(header) is None


def test_what_is_written_is_read() -> None:
    said = Announced("https://a.example/f", "https://a.example/s", digest(["x"]))
    assert read(write(said)) == said
    assert origin("https://a.example:8443/users/1") == "https://a.example:8443/"


@pytest.fixture
async def ann(crowd: Crowd, sending: Sending, bob: Somebody) -> Caller:
    """Somebody of ours whom bob follows."""
    made = await crowd.join("ann")
    assert await sending.tell(bob, bob.activity("Follow", await uri_of(made))) == ("accepted", None)
    return made


async def uri_of(caller: Caller) -> str:
    return (await caller.get("/api/v1/accounts/verify_credentials"))["uri"]


async def test_what_only_followers_read_goes_with_a_digest_that_is_signed(
    world: World, sending: Sending, bob: Somebody, ann: Caller
) -> None:
    await ann.write("for all")
    await ann.write("for followers", visibility="private")
    await sending.work()
    posted = [one for one in world.internet.requests if one.method == "POST"]
    sent = {one.document["object"]["content"]: one for one in posted if one.document["type"] == "Create"}
    assert HEADER not in sent["<p>for all</p>"].headers
    private = sent["<p>for followers</p>"]
    said = read(private.headers[HEADER])
    mine = await uri_of(ann)
    assert said == Announced(f"{mine}/followers", f"{mine}/followers_synchronization", digest([bob.uri]))
    assert HEADER in private.headers["signature"]


async def test_the_list_is_given_to_the_server_that_it_is_about(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, ann: Caller
) -> None:
    zoe = world.internet.server("zeta.example").person("zoe")
    mine = await uri_of(ann)
    assert await sending.tell(zoe, zoe.activity("Follow", mine)) == ("accepted", None)
    url = f"{mine}/followers_synchronization"
    for who in (bob, zoe):
        answer = await crowd.client.get(url, headers=who.signed("GET", url, None, world.clock.now()))
        assert answer.json()["orderedItems"] == [who.uri]
        assert "no-store" in answer.headers["cache-control"]
    assert (await crowd.client.get(url)).status_code == 401


async def announce(sending: Sending, who: Somebody, *listed: str, said: str | None = None) -> None:
    """Let somebody post for their followers, who are these of ours, as their server says."""
    url = f"{who.uri}/followers_synchronization"
    who.server.serve(url, {"id": url, "type": "OrderedCollection", "orderedItems": list(listed)})
    header = write(Announced(f"{who.uri}/followers", url, said or digest(listed)))
    note = who.note(to=[f"{who.uri}/followers"], cc=[], serve=False)
    body = msgspec.json.encode(who.activity("Create", note))
    headers = {"content-type": "application/activity+json", HEADER: header}
    message = Message(method="POST", url=f"{HOME}/inbox", headers=headers, body=body)
    headers |= sign(message, who.key_uri, private_key(who.keys.private), sending.world.clock.now())
    answer = await sending.crowd.client.post("/inbox", content=body, headers=headers)
    assert answer.status_code == 202, answer.text
    await sending.work()


async def following(caller: Caller, account: str) -> tuple[bool, bool]:
    (found,) = await caller.get("/api/v1/accounts/relationships", params={"id": account})
    return found["following"], found["requested"]


async def test_who_is_not_counted_there_follows_no_longer(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    account = await follow(sending, ann, bob)
    await follow(sending, ben, bob)
    await announce(sending, bob, await uri_of(ben))
    assert (await following(ann, account), await following(ben, account)) == ((False, False), (True, False))


async def test_who_is_counted_there_and_waits_here_was_let_in(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    found = await ann.get("/api/v2/search", params={"q": f"@{bob.handle}", "resolve": "true"})
    account = found["accounts"][0]["id"]
    await ann.post(f"/api/v1/accounts/{account}/follow")
    await announce(sending, bob, await uri_of(ann))
    assert await following(ann, account) == (True, False)


async def test_who_is_counted_there_and_does_not_follow_takes_it_back(
    crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    await follow(sending, ben, bob)
    mine = await uri_of(ann)
    await announce(sending, bob, mine, await uri_of(ben), f"{HOME}/ap/users/1", "https://gamma.example/x")
    undone = [one["object"] for one in bob.server.received("Undo")]
    assert [(one["type"], one["actor"], one["object"]) for one in undone[:1]] == [("Follow", mine, bob.uri)]


async def test_a_list_that_is_not_what_was_announced_changes_nothing(
    crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    account = await follow(sending, ann, bob)
    await announce(sending, bob, said=digest(["https://else.example/x"]))
    assert await following(ann, account) == (True, False)


async def test_a_header_that_is_not_signed_or_of_somebody_else_changes_nothing(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    account = await follow(sending, ann, bob)
    url = f"{bob.uri}/followers_synchronization"
    bob.server.serve(url, {"id": url, "type": "OrderedCollection", "orderedItems": []})
    header = write(Announced(f"{bob.uri}/followers", url, NOBODY))
    await sending.post(bob, bob.activity("Create", bob.note()), headers={HEADER: header})
    await sending.work()
    assert await following(ann, account) == (True, False)
    zoe = world.internet.server("zeta.example").person("zoe", followers=f"{bob.uri}/followers")
    await announce(sending, zoe)
    assert await following(ann, account) == (True, False)
