"""People who go on elsewhere, theirs and ours."""

from marula.domain import actors, moves
from tests.faces.activitypub.inbox.sending import Sending, uri
from tests.faces.api.caller import Caller, Crowd
from tests.peer import Somebody
from tests.world import World


async def follow(sending: Sending, ann: Caller, whom: Somebody) -> str:
    """Ann follows somebody, who agrees; the id they have here."""
    found = await ann.get("/api/v2/search", params={"q": whom.handle, "resolve": "true"})
    identifier = found["accounts"][0]["id"]
    await ann.post(f"/api/v1/accounts/{identifier}/follow")
    await sending.work()
    await sending.tell(whom, whom.activity("Accept", whom.server.received("Follow")[-1]))
    return identifier


async def test_who_follows_goes_along_when_the_new_account_agrees(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    old = await follow(sending, ann, bob)
    new = world.internet.server("new.example").person("bob", alsoKnownAs=[bob.uri])
    outcome = await sending.tell(bob, bob.activity("Move", bob.uri, target=new.uri))
    assert outcome[0] == "accepted"
    asked = new.server.received("Follow")[-1]
    assert (asked["actor"], asked["object"]) == (uri(ann), new.uri)
    await sending.tell(new, new.activity("Accept", asked))
    assert (await ann.get(f"/api/v1/accounts/{old}"))["moved"]["acct"] == "bob@new.example"
    assert bob.server.received("Undo")[-1]["object"]["type"] == "Follow"
    stands = await ann.get("/api/v1/accounts/relationships", params={"id[]": old})
    assert stands[0]["following"] is False


async def test_nobody_is_taken_to_whoever_did_not_agree(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    other = world.internet.server("new.example").person("stranger")
    assert (await sending.tell(bob, bob.activity("Move", bob.uri, target=other.uri)))[0] == "rejected"
    assert (await sending.tell(bob, bob.activity("Move", other.uri, target=bob.uri)))[0] == "rejected"
    assert (await sending.tell(bob, bob.activity("Move", bob.uri, target="https://new.example/none")))[0] == "ignored"
    assert not other.server.received("Follow")


async def test_our_followers_elsewhere_are_told_where_somebody_went(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    await sending.tell(bob, bob.activity("Follow", uri(ann)))
    new = world.internet.server("new.example").person("ann", alsoKnownAs=[uri(ann)])
    assert ann.account is not None
    target = await moves.draft_move(world.ctx, ann.account, "ann@new.example")
    async with world.ctx.db.transaction() as tx:
        await moves.move(tx, ann.account, target, actors.actor_uri(world.ctx.config, ann.account))
    await sending.work()
    told = bob.server.received("Move")[-1]
    assert (told["actor"], told["object"], told["target"]) == (uri(ann), uri(ann), new.uri)
    assert new.server.received("Move")
    document = await crowd.client.get(uri(ann), headers={"accept": "application/activity+json"})
    assert document.json()["movedTo"] == new.uri
    cid = bob.server.person("cid")
    await sending.tell(cid, cid.activity("Follow", uri(ann)))
    assert bob.server.received("Reject")[-1]["object"]["actor"] == cid.uri
