"""The other servers of the tests."""

from marula.base.crypto.keys import public_key
from marula.base.crypto.signatures import Message, claims
from tests.world import World


async def test_somebody_elsewhere_is_fetched_found_and_sent_things(world: World) -> None:
    bob = world.internet.server("beta.example").person("bob", name=None)
    http = world.ctx.http
    fetched = await http.get(bob.uri)
    found = await http.get(f"https://beta.example/.well-known/webfinger?resource=acct:{bob.handle}")
    taken = await http.post(bob.document["inbox"], b'{"type":"Like"}', headers={})
    assert (fetched.status, found.status, taken.status) == (200, 200, 202)
    assert b'"inbox"' in fetched.body
    assert b'"name"' not in fetched.body
    assert bob.server.received("Like") == [{"type": "Like"}]


async def test_what_somebody_elsewhere_signs_is_proven_by_their_key(world: World) -> None:
    bob = world.internet.server("beta.example").person("bob")
    now, url, key = world.clock.now(), "https://marula.example/inbox", public_key(bob.keys.public)
    assert key is not None
    for form in ("cavage", "rfc9421"):
        headers = bob.signed("POST", url, b"{}", now, form)
        claimed = claims(Message(method="POST", url=url, headers=headers, body=b"{}"), now)
        assert [one.proven_by(key) for one in claimed] == [True]
