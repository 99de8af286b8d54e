"""Follows between people of other servers and ours: asked, granted, refused, ended."""

from typing import Any

from marula.base.kernel.ids import AccountId
from marula.domain import boundaries, relationships
from marula.domain.boundaries import BlockDraft
from tests.faces.activitypub.inbox.sending import Sending, uri
from tests.faces.api.caller import Caller, Crowd
from tests.peer import Document, Somebody
from tests.world import World


async def account_of(world: World, who: Somebody) -> AccountId:
    (row,) = await world.rows("select id from accounts where uri = $1", who.uri)
    return row["id"]


async def followers(world: World) -> list[tuple[Any, Any]]:
    """Who follows whom, by username."""
    rows = await world.rows(
        "select a.username as who, b.username as whom from follows f join accounts a on a.id = f.account_id "
        "join accounts b on b.id = f.target_id order by f.id"
    )
    return [(row["who"], row["whom"]) for row in rows]


async def requests(world: World) -> int:
    return len(await world.rows("select from follow_requests"))


async def ask(sending: Sending, ann: Caller, bob: Somebody) -> Document:
    """Ann asks to follow Bob; her Follow as his server got it."""
    await sending.tell(bob, bob.activity("Like", "https://marula.example/nothing"))
    await ann.post(f"/api/v1/accounts/{await account_of(sending.world, bob)}/follow")
    await sending.work()
    return bob.server.received("Follow")[-1]


async def test_an_open_account_is_followed_at_once_and_says_so(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    follow = bob.activity("Follow", uri(ann))
    assert await sending.tell(bob, follow) == ("accepted", None)
    assert await followers(world) == [("bob", "ann")]
    accept = bob.server.received("Accept")[0]
    assert (accept["actor"], accept["object"]["id"], accept["object"]["actor"]) == (uri(ann), follow["id"], bob.uri)
    (told,) = await ann.get("/api/v1/notifications")
    assert (told["type"], told["account"]["acct"]) == ("follow", "bob@beta.example")


async def test_a_locked_account_is_asked_and_answers_with_the_id_that_it_was_sent(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann", locked=True)
    follow = bob.activity("Follow", uri(ann))
    assert await sending.tell(bob, follow) == ("accepted", None)
    assert (await followers(world), await requests(world)) == ([], 1)
    assert bob.server.received("Accept") == []
    (told,) = await ann.get("/api/v1/notifications")
    assert (told["type"], told["account"]["acct"]) == ("follow_request", "bob@beta.example")
    await ann.post(f"/api/v1/follow_requests/{await account_of(world, bob)}/authorize")
    await sending.work()
    (accept,) = bob.server.received("Accept")
    assert accept["object"]["id"] == follow["id"]
    assert await followers(world) == [("bob", "ann")]


async def test_a_request_that_is_refused_is_answered_with_the_id_that_was_sent(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann", locked=True)
    follow = bob.activity("Follow", uri(ann))
    await sending.tell(bob, follow)
    await ann.post(f"/api/v1/follow_requests/{await account_of(world, bob)}/reject")
    await sending.work()
    (reject,) = bob.server.received("Reject")
    assert reject["object"]["id"] == follow["id"]


async def test_who_follows_already_is_told_so_again(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    await sending.tell(bob, bob.activity("Follow", uri(ann)))
    told = len(bob.server.received("Accept"))
    again = bob.activity("Follow", uri(ann))
    assert await sending.tell(bob, again) == ("accepted", None)
    assert await followers(world) == [("bob", "ann")]
    assert len(bob.server.received("Accept")) > told
    assert bob.server.received("Accept")[-1]["object"]["id"] == again["id"]
    assert len(await ann.get("/api/v1/notifications")) == 1


async def test_who_is_blocked_is_refused(world: World, crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    await sending.tell(bob, bob.activity("Like", uri(ann)))
    await ann.post(f"/api/v1/accounts/{await account_of(world, bob)}/block")
    follow = bob.activity("Follow", uri(ann))
    state, why = await sending.tell(bob, follow)
    assert (state, why) == ("rejected", "whom it follows does not want that, or cannot be followed")
    assert (await followers(world), await requests(world)) == ([], 0)
    assert bob.server.received("Reject")[-1]["object"]["id"] == follow["id"]


async def test_the_server_itself_cannot_be_followed(world: World, sending: Sending, bob: Somebody) -> None:
    state, _ = await sending.tell(bob, bob.activity("Follow", "https://marula.example/actor"))
    assert state == "rejected"
    assert bob.server.received("Reject") != []
    assert await followers(world) == []


async def test_nobody_else_is_followed(world: World, sending: Sending, bob: Somebody) -> None:
    for what in ("https://gamma.example/users/cyd", "https://marula.example/ap/users/7", 5, None, []):
        state, why = await sending.tell(bob, bob.activity("Follow", what))
        assert (state, why) == ("ignored", "it follows nobody of this server")


async def test_a_follow_is_taken_back_embedded_or_by_its_id(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    for locked in (False, True):
        await ann.call("PATCH", "/api/v1/accounts/update_credentials", json={"locked": locked})
        for shape in ("embedded", "named"):
            follow = bob.activity("Follow", uri(ann))
            await sending.tell(bob, follow)
            assert len(await followers(world)) + await requests(world) == 1
            undo = bob.activity("Undo", follow if shape == "embedded" else follow["id"])
            assert await sending.tell(bob, undo) == ("accepted", None)
            assert (await followers(world), await requests(world)) == ([], 0)


async def test_nobody_takes_back_what_somebody_else_did(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann, eve = await crowd.join("ann"), bob.server.person("eve")
    follow = bob.activity("Follow", uri(ann))
    await sending.tell(bob, follow)
    for what in (follow, follow["id"], {"id": follow["id"], "type": "Follow"}):
        state, why = await sending.tell(eve, eve.activity("Undo", what))
        assert (state, why) == ("rejected", "it takes back what somebody else did")
    assert await followers(world) == [("bob", "ann")]


async def test_a_server_may_name_a_follow_after_the_two_people_and_follow_again(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    follow = bob.activity("Follow", uri(ann))
    undo = bob.activity("Undo", follow)
    for _ in range(2):
        await sending.tell(bob, follow)
        assert await followers(world) == [("bob", "ann")]
        await sending.tell(bob, undo)
        assert await followers(world) == []


async def test_our_follow_is_granted_by_its_id_or_embedded(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    for shape in ("named", "embedded", "nameless"):
        ann = await crowd.join(f"ann_{shape}")
        follow = await ask(sending, ann, bob)
        assert (follow["actor"], follow["object"]) == (uri(ann), bob.uri)
        nameless = {name: value for name, value in follow.items() if name != "id"}
        what = {"named": follow["id"], "embedded": follow, "nameless": nameless}[shape]
        assert await sending.tell(bob, bob.activity("Accept", what)) == ("accepted", None)
        assert (f"ann_{shape}", "bob") in await followers(world)
        assert await sending.tell(bob, bob.activity("Accept", what)) == ("accepted", None)
    assert len(await followers(world)) == 3


async def test_only_who_was_asked_can_answer(world: World, crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann, eve = await crowd.join("ann"), world.internet.server("evil.example").person("eve")
    follow = await ask(sending, ann, bob)
    for what in (follow["id"], follow, {"type": "Follow", "actor": uri(ann), "object": eve.uri}):
        state, _ = await sending.tell(eve, eve.activity("Accept", what))
        assert state in ("ignored", "rejected")
    assert (await followers(world), await requests(world)) == ([], 1)


async def test_a_refusal_ends_the_request_and_the_follow(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    follow = await ask(sending, ann, bob)
    assert await sending.tell(bob, bob.activity("Reject", follow["id"])) == ("accepted", None)
    assert (await followers(world), await requests(world)) == ([], 0)
    follow = await ask(sending, ann, bob)
    await sending.tell(bob, bob.activity("Accept", follow))
    assert await followers(world) == [("ann", "bob")]
    assert await sending.tell(bob, bob.activity("Reject", follow)) == ("accepted", None)
    assert (await followers(world), await requests(world)) == ([], 0)
    assert bob.server.received("Undo") == []


async def test_a_consent_that_is_taken_back_makes_a_request_again(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    follow = await ask(sending, ann, bob)
    accept = bob.activity("Accept", follow)
    await sending.tell(bob, accept)
    assert await sending.tell(bob, bob.activity("Undo", accept)) == ("accepted", None)
    assert (await followers(world), await requests(world)) == ([], 1)
    (standing,) = await ann.get(f"/api/v1/accounts/relationships?id[]={await account_of(world, bob)}")
    assert (standing["following"], standing["requested"]) == (False, True)
    await sending.tell(bob, bob.activity("Accept", follow))
    assert await followers(world) == [("ann", "bob")]


async def test_a_block_ends_follows_in_both_directions_and_can_be_lifted(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    follow = await ask(sending, ann, bob)
    await sending.tell(bob, bob.activity("Accept", follow), bob.activity("Follow", uri(ann)))
    assert len(await followers(world)) == 2
    block = bob.activity("Block", uri(ann))
    assert await sending.tell(bob, block) == ("accepted", None)
    assert await followers(world) == []
    (standing,) = await ann.get(f"/api/v1/accounts/relationships?id[]={await account_of(world, bob)}")
    assert standing["blocked_by"]
    assert await sending.tell(bob, bob.activity("Undo", block["id"])) == ("accepted", None)
    who = await account_of(world, bob)
    async with world.ctx.db.reading() as db:
        assert ann.account is not None
        (theirs,) = await relationships.relationships(db, who, [ann.account])
    assert (theirs.blocking, theirs.following) == (False, False)


async def test_a_late_copy_of_an_undo_does_not_end_a_later_follow(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    first, second = bob.activity("Follow", uri(ann)), bob.activity("Follow", uri(ann))
    undo = bob.activity("Undo", first)
    await sending.tell(bob, first, undo, second, undo)
    assert await followers(world) == [("bob", "ann")]
    await sending.tell(bob, bob.activity("Undo", second))
    assert await followers(world) == []


async def test_after_a_block_of_a_server_both_sides_follow_as_before_and_nobody_was_told(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann", locked=True)
    asked = await ask(sending, ann, bob)
    await sending.tell(bob, bob.activity("Accept", asked))
    await sending.tell(bob, bob.activity("Follow", uri(ann)))
    await ann.post(f"/api/v1/follow_requests/{await account_of(world, bob)}/authorize")
    await sending.work()
    both = {("ann", "bob"), ("bob", "ann")}
    assert set(await followers(world)) == both
    told = {kind: len(bob.server.received(kind)) for kind in ("Undo", "Reject", "Accept")}
    notified = {one["id"] for one in await ann.get("/api/v1/notifications")}
    async with world.ctx.db.transaction() as tx:
        await boundaries.block(tx, BlockDraft(domain="beta.example", severity="suspend"))
    await sending.work()
    assert await followers(world) == []
    async with world.ctx.db.transaction() as tx:
        await boundaries.unblock(tx, "beta.example")
    await sending.work()
    assert {kind: len(bob.server.received(kind)) for kind in told} == told
    again = bob.server.received("Follow")[-1]
    assert (again["actor"], again["object"]) == (uri(ann), bob.uri)
    assert again["id"] != asked["id"]
    await sending.tell(bob, bob.activity("Accept", again))
    assert set(await followers(world)) == both
    fresh = [one for one in await ann.get("/api/v1/notifications") if one["id"] not in notified]
    assert [one["type"] for one in fresh] == ["severed_relationships"]
