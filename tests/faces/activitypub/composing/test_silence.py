"""When there is nothing to tell: to nobody elsewhere, of what others did, of what is gone meanwhile."""

from datetime import timedelta

from marula.base.kernel.ids import AccountId
from marula.domain import departures, interactions, posts, relationships
from marula.domain.boundaries import BlockDraft, block
from marula.domain.posts import Draft
from tests.faces.activitypub.composing.people import learn, owed
from tests.faces.api.caller import Crowd
from tests.world import World


async def test_where_nobody_elsewhere_is_concerned_nothing_is_owed_and_no_key_made(world: World, crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    post = await ann.write("@bob hello")
    await bob.post(f"/api/v1/statuses/{post['id']}/favourite")
    await bob.post(f"/api/v1/statuses/{post['id']}/reblog")
    await crowd.follow(bob, ann)
    await bob.post(f"/api/v1/accounts/{ann.account}/unfollow")
    await ann.call("PATCH", "/api/v1/accounts/update_credentials", json={"display_name": "Ann"})
    await world.settle()
    world.clock.advance(timedelta(minutes=5))
    await world.settle()
    assert await world.rows("select from actor_keys") == []
    await departures.remove(world.ctx, ann.account or AccountId(0))
    await world.settle()
    assert await owed(world) == []


async def test_what_others_do_is_theirs_to_tell(world: World, crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    ben, cat = await learn(world, "ben", "far.example"), await learn(world, "cat", "old.example")
    assert ann.account is not None
    async with world.ctx.db.transaction() as tx:
        await relationships.follow(tx, ben, ann.account)
        await relationships.follow(tx, ben, cat)
        uri = "https://far.example/users/ben/notes/1"
        note = await posts.publish(tx, ben, Draft(text="", html="<p>x</p>", uri=uri), local=False)
        found = await posts.by_id(tx, note)
        assert found is not None
        await interactions.favourite(tx, cat, found)
        await posts.delete(tx, found)
        await relationships.unfollow(tx, ben, ann.account)
        await relationships.block(tx, ben, ann.account)
    await world.settle()
    assert await owed(world) == []


async def test_what_ended_before_it_was_told_is_not_told_as_begun(world: World, crowd: Crowd) -> None:
    ann, ben = await crowd.join("ann"), await learn(world, "ben", "far.example")
    await ann.post(f"/api/v1/accounts/{ben}/follow")
    await ann.post(f"/api/v1/accounts/{ben}/unfollow")
    post = await ann.write("@ben@far.example hello")
    await ann.call("DELETE", f"/api/v1/statuses/{post['id']}")
    await world.settle()
    assert [document["type"] for document, _ in await owed(world)] == ["Undo", "Delete"]


async def test_nothing_goes_to_a_server_that_is_suspended(world: World, crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await learn(world, "ben", "far.example")
    async with world.ctx.db.transaction() as tx:
        await block(tx, BlockDraft(domain="far.example", severity="suspend"))
    await ann.write("@ben@far.example hello")
    await world.settle()
    assert await owed(world) == []


async def test_somebody_elsewhere_who_is_deleted_leaves_no_key_of_ours(world: World) -> None:
    ben, cat = await learn(world, "ben", "far.example"), await learn(world, "cat", "old.example")
    async with world.ctx.db.transaction() as tx:
        await relationships.follow(tx, cat, ben)
    await departures.remove(world.ctx, ben)
    assert await world.rows("select from actor_keys") == []
    assert await world.rows("select from departed_actors") == []
