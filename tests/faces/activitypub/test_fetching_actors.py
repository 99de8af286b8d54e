"""Getting to know actors of other servers, and their keys."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from marula.base.kernel.errors import Unreachable
from marula.base.kernel.ids import AccountId
from marula.base.net import Answer
from marula.domain import accounts, actors, boundaries
from marula.domain.accounts import Account
from marula.domain.boundaries import BlockDraft
from marula.faces.activitypub import fetching
from tests.peer import ACTIVITY, Somebody
from tests.world import World


async def known(world: World, identifier: AccountId | None) -> Account:
    assert identifier is not None
    async with world.ctx.db.reading() as db:
        found = await accounts.by_id(db, identifier)
    assert found is not None
    return found


def bob_of(world: World, host: str = "beta.example", **changes: Any) -> Somebody:
    return world.internet.server(host).person("bob", **changes)


def requests(world: World) -> int:
    return len(world.internet.requests)


async def test_an_actor_is_fetched_once_with_our_signature_and_kept(world: World) -> None:
    picture = {"type": "Image", "url": "https://beta.example/bob.png", "summary": "Bob, smiling"}
    bob = bob_of(world, icon=picture, manuallyApprovesFollowers=True, summary="<p>Hi<script>x</script></p>")
    first = await fetching.actor(world.ctx, bob.uri)
    asked = requests(world)
    assert await fetching.actor(world.ctx, bob.uri) == first
    assert requests(world) == asked
    found = await known(world, first)
    assert (found.username, found.domain, found.uri, found.locked) == ("bob", "beta.example", bob.uri, True)
    assert (found.avatar_remote_url, found.avatar_description) == (picture["url"], "Bob, smiling")
    assert found.note_html == "<p>Hi</p>"
    assert "signature" in world.internet.requests[0].headers
    async with world.ctx.db.reading() as db:
        addresses = (await actors.addresses_of(db, [found.id]))[found.id]
    assert (addresses.inbox, addresses.shared_inbox) == (bob.document["inbox"], bob.server.inbox)


async def test_with_fresh_it_is_fetched_again_and_changes(world: World) -> None:
    bob = bob_of(world)
    first = await fetching.actor(world.ctx, bob.uri)
    bob.server.serve(bob.uri, bob.document | {"name": "Robert"})
    assert (await known(world, await fetching.actor(world.ctx, bob.uri))).display_name == "Bob"
    assert await fetching.actor(world.ctx, bob.uri, fresh=True) == first
    assert (await known(world, first)).display_name == "Robert"


async def test_what_is_old_is_given_at_once_and_fetched_anew_later_by_one_job(world: World) -> None:
    bob = bob_of(world)
    found = await fetching.actor(world.ctx, bob.uri)
    bob.server.serve(bob.uri, bob.document | {"name": "Robert"})
    world.clock.advance(timedelta(days=8))
    for _ in range(3):
        assert await fetching.actor(world.ctx, bob.uri) == found
    waiting = await world.rows("select * from jobs where name like '%refresh' and arguments::text like '%bob%'")
    assert len(waiting) == 1
    world.clock.advance(timedelta(hours=6))
    await world.settle()
    assert (await known(world, found)).display_name == "Robert"


async def test_our_own_actors_are_never_asked_for(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        ann = await accounts.create(tx, accounts.NewAccount(username="ann"))
    assert await fetching.actor(world.ctx, actors.actor_uri(world.ctx.config, ann)) == ann
    assert await fetching.actor(world.ctx, actors.actor_uri(world.ctx.config, AccountId(7))) is None
    assert requests(world) == 0


@pytest.mark.parametrize("status", [404, 410, 403, 400])
async def test_who_is_not_given_is_not_there(world: World, status: int) -> None:
    bob = bob_of(world)
    bob.server.serve(bob.uri, b"", status=status)
    assert await fetching.actor(world.ctx, bob.uri) is None


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_server_with_troubles_is_left_alone_for_two_minutes(world: World, status: int) -> None:
    bob = bob_of(world)
    bob.server.serve(bob.uri, b"", status=status)
    for _ in range(3):
        with pytest.raises(Unreachable, match=r"beta\.example"):
            await fetching.actor(world.ctx, bob.uri)
    assert requests(world) == 1


@pytest.mark.parametrize(
    "kind", ["application/json", "text/html", "application/ld+json", 'application/ld+json; profile="x"', ""]
)
async def test_only_documents_that_say_so_are_documents(world: World, kind: str) -> None:
    bob = bob_of(world)
    bob.server.serve(bob.uri, bob.document, kind=kind)
    assert await fetching.actor(world.ctx, bob.uri) is None


async def test_a_document_may_say_so_in_two_ways(world: World) -> None:
    bob = bob_of(world)
    profile = 'application/ld+json; charset=utf-8; profile="https://www.w3.org/ns/activitystreams other"'
    bob.server.serve(bob.uri, bob.document, kind=profile)
    assert await fetching.actor(world.ctx, bob.uri) is not None


async def test_a_document_with_another_id_is_asked_for_where_it_belongs(world: World) -> None:
    bob = bob_of(world)
    alias = bob.server.serve("/@bob", bob.document)
    found = await known(world, await fetching.actor(world.ctx, alias))
    assert found.uri == bob.uri


async def test_nobody_speaks_for_another_server(world: World) -> None:
    bob = bob_of(world)
    evil = world.internet.server("evil.example")
    copied = evil.serve("/bob", bob.document | {"name": "Hacked"})
    assert (await known(world, await fetching.actor(world.ctx, copied))).display_name == "Bob"
    other = bob_of(world, "gamma.example")
    other.server.redirect(other.uri, evil.serve("/gamma", other.document))
    assert await fetching.actor(world.ctx, other.uri) is None


async def test_a_document_that_is_never_itself_is_nobody(world: World) -> None:
    server = world.internet.server("beta.example")
    server.serve("/a", {"id": "https://beta.example/b", "type": "Person", "inbox": "https://beta.example/i"})
    server.serve("/b", {"id": "https://beta.example/a", "type": "Person", "inbox": "https://beta.example/i"})
    assert await fetching.actor(world.ctx, "https://beta.example/a") is None


@pytest.mark.parametrize("changes", [{"inbox": None}, {"type": "Note"}, {"preferredUsername": None}, {"id": None}])
async def test_what_is_no_actor_is_nobody(world: World, changes: dict[str, Any]) -> None:
    bob = bob_of(world, **changes)
    assert await fetching.actor(world.ctx, bob.uri) is None


async def test_a_handle_must_be_meant_by_its_server(world: World) -> None:
    thief = world.internet.server("evil.example").person("thief", webfinger="bob@beta.example")
    bob_of(world)
    assert await fetching.actor(world.ctx, thief.uri) is None
    assert not await world.rows("select * from accounts where domain is not null")


async def test_the_handle_may_be_of_another_domain_that_says_so(world: World) -> None:
    bob = world.internet.server("social.beta.example").person("bob", webfinger="bob@beta.example")
    front = world.internet.server("beta.example")
    answer = msgspec.json.encode(
        {
            "subject": "acct:Bob@beta.example",
            "links": [{"rel": "self", "type": "application/activity+json", "href": bob.uri}],
        }
    )
    front.on(
        "GET",
        "/.well-known/webfinger?resource=acct:bob@beta.example",
        lambda asked: Answer(status=200, headers={}, body=answer, url=asked.url),
    )
    found = await known(world, await fetching.actor(world.ctx, bob.uri))
    assert (found.username, found.domain) == ("Bob", "beta.example")


async def test_a_handle_that_leads_on_and_on_is_nobodys(world: World) -> None:
    bob = bob_of(world)
    for name, subject in (("bob", "ben"), ("ben", "bill")):
        links = [{"rel": "self", "type": "application/activity+json", "href": bob.uri}]
        body = msgspec.json.encode({"subject": f"acct:{subject}@beta.example", "links": links})
        bob.server.serve(f"/.well-known/webfinger?resource=acct:{name}@beta.example", body, kind="application/jrd+json")
    assert await fetching.actor(world.ctx, bob.uri) is None


async def test_where_webfinger_is_elsewhere_host_meta_says_so(world: World) -> None:
    bob = bob_of(world)
    links = [{"rel": "self", "type": "application/activity+json", "href": bob.uri}]
    body = msgspec.json.encode({"subject": f"acct:{bob.handle}", "links": links})
    asked = "/.well-known/webfinger?resource=acct:bob@beta.example"
    bob.server.serve(asked, b"", status=404)
    bob.server.serve(
        "/.well-known/host-meta",
        b'<XRD><Link rel="lrdd" type="application/json" template="https://beta.example/wf?q={uri}&amp;x=1"/></XRD>',
        kind="application/xrd+xml",
    )
    bob.server.serve("/wf?q=acct:bob@beta.example&x=1", body, kind="application/json")
    assert await fetching.actor(world.ctx, bob.uri) is not None


async def test_a_new_name_is_verified_and_taken(world: World) -> None:
    bob = bob_of(world)
    found = await fetching.actor(world.ctx, bob.uri)
    renamed = bob.document | {"preferredUsername": "robert"}
    bob.server.serve(bob.uri, renamed)
    assert await fetching.actor(world.ctx, bob.uri, fresh=True) is None
    bob.handle = "robert@beta.example"
    assert await fetching.actor(world.ctx, bob.uri, fresh=True) == found
    assert (await known(world, found)).username == "robert"


async def test_a_server_may_suspend_its_own_and_take_it_back(world: World) -> None:
    bob = bob_of(world)
    found = await fetching.actor(world.ctx, bob.uri)
    bob.server.serve(bob.uri, bob.document | {"suspended": True})
    await fetching.actor(world.ctx, bob.uri, fresh=True)
    assert (await known(world, found)).suspended_at is not None
    bob.server.serve(bob.uri, bob.document)
    await fetching.actor(world.ctx, bob.uri, fresh=True)
    assert (await known(world, found)).suspended_at is None


async def test_whom_we_suspended_their_server_does_not_free(world: World) -> None:
    bob = bob_of(world)
    found = await known(world, await fetching.actor(world.ctx, bob.uri))
    async with world.ctx.db.transaction() as tx:
        await accounts.suspend(tx, found.id, tx.now)
    await fetching.actor(world.ctx, bob.uri, fresh=True)
    assert (await known(world, found.id)).suspended_at is not None


async def test_who_is_gone_is_removed(world: World) -> None:
    bob = bob_of(world)
    found = await fetching.actor(world.ctx, bob.uri)
    bob.server.serve(bob.uri, b"", status=410)
    assert await fetching.actor(world.ctx, bob.uri, fresh=True) is None
    await world.settle()
    assert not await world.rows("select * from accounts where id = $1", found)


async def test_suspended_servers_are_not_asked_and_silenced_ones_have_limited_people(world: World) -> None:
    bob, eve = bob_of(world), bob_of(world, "loud.example", icon={"type": "Image", "url": "https://loud.example/e.png"})
    async with world.ctx.db.transaction() as tx:
        await boundaries.block(tx, BlockDraft(domain="beta.example", severity="suspend"))
        await boundaries.block(tx, BlockDraft(domain="loud.example", severity="silence", reject_media=True))
    assert await fetching.actor(world.ctx, bob.uri) is None
    assert requests(world) == 0
    found = await known(world, await fetching.actor(world.ctx, eve.uri))
    assert found.silenced_at is not None
    assert found.avatar_remote_url is None


async def test_who_moved_shows_where_to_when_the_other_agrees(world: World) -> None:
    bob = bob_of(world, movedTo="https://new.example/users/bob")
    target = bob_of(world, "new.example", alsoKnownAs=[bob.uri], movedTo=bob.uri)
    found = await known(world, await fetching.actor(world.ctx, bob.uri))
    there = await known(world, await fetching.actor(world.ctx, target.uri))
    assert found.moved_to_id == there.id
    liar = bob_of(world, "liar.example", movedTo="https://new.example/users/bob")
    assert (await known(world, await fetching.actor(world.ctx, liar.uri))).moved_to_id is None


async def test_a_key_is_known_with_its_actor(world: World) -> None:
    bob = bob_of(world)
    found = await fetching.key(world.ctx, bob.key_uri)
    assert found is not None
    assert found.public == bob.keys.public
    assert (await known(world, found.account_id)).uri == bob.uri
    asked = requests(world)
    assert await fetching.key(world.ctx, bob.key_uri) == found
    assert requests(world) == asked


async def test_a_key_that_was_changed_is_fetched_again(world: World) -> None:
    bob = bob_of(world)
    await fetching.key(world.ctx, bob.key_uri)
    fresh = world.internet.next_key()
    document = bob.document | {"publicKey": {"id": bob.key_uri, "owner": bob.uri, "publicKeyPem": fresh.public}}
    bob.server.serve(bob.uri, document)
    found = await fetching.key(world.ctx, bob.key_uri, fresh=True)
    assert found is not None
    assert found.public == fresh.public


async def test_a_key_may_stand_alone_when_its_owner_names_it(world: World) -> None:
    uri = "https://beta.example/users/bob/key"
    bob = bob_of(world, publicKey=uri)
    alone = {"@context": "https://w3id.org/security/v1", "id": uri, "owner": bob.uri, "publicKeyPem": bob.keys.public}
    bob.server.serve(uri, alone)
    found = await fetching.key(world.ctx, uri)
    assert found is not None
    assert found.public == bob.keys.public
    other = "https://beta.example/keys/9"
    bob.server.serve(other, alone | {"id": other})
    assert await fetching.key(world.ctx, other) is None


async def test_a_key_may_come_in_a_part_of_its_actor(world: World) -> None:
    uri = "https://beta.example/users/bob/main-key"
    keyed = {"id": uri, "owner": "https://beta.example/users/bob"}
    bob = bob_of(world)
    whole = bob.document | {"publicKey": keyed | {"publicKeyPem": bob.keys.public}}
    bob.server.serve(bob.uri, whole)
    stub = {"id": bob.uri, "type": "Person", "preferredUsername": "bob", "publicKey": whole["publicKey"]}
    bob.server.serve(uri, stub)
    found = await fetching.key(world.ctx, uri)
    assert found is not None
    assert found.uri == uri


async def test_nobody_owns_the_key_of_somebody_else(world: World) -> None:
    bob = bob_of(world)
    evil = world.internet.server("evil.example").person("eve")
    forged = evil.server.serve(
        "/key", {"id": "https://evil.example/key", "owner": bob.uri, "publicKeyPem": evil.keys.public}
    )
    assert await fetching.key(world.ctx, forged) is None
    stolen = {"id": evil.key_uri, "owner": bob.uri, "publicKeyPem": evil.keys.public}
    evil.server.serve(evil.uri, evil.document | {"publicKey": stolen})
    assert await fetching.key(world.ctx, evil.key_uri) is None


async def test_addresses_that_loop_or_are_none_are_given_up(world: World) -> None:
    server = world.internet.server("beta.example")
    server.redirect("/a", "/b")
    server.redirect("/b", "/a")
    with pytest.raises(Unreachable, match="redirects too often"):
        await fetching.actor(world.ctx, "https://beta.example/a")
    with pytest.raises(Unreachable):
        await fetching.actor(world.ctx, "https://127.0.0.1/users/bob")
    server.serve("/deep", b"[" * 1000 + b"]" * 1000, kind=ACTIVITY)
    assert await fetching.actor(world.ctx, "https://beta.example/deep") is None
