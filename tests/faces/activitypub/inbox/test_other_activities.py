"""Likes, reports and ends of things, as other servers send them."""

from datetime import timedelta

import pytest

from marula.base.kernel.errors import Unreachable
from marula.domain import boundaries, posts
from marula.domain.boundaries import BlockDraft
from marula.domain.context import Context
from marula.domain.posts import Draft, Visibility
from marula.faces.activitypub.activities import received
from marula.faces.activitypub.activities.registry import Accepted, Activity, Outcome
from tests.faces.activitypub.inbox.sending import Sending, uri
from tests.faces.activitypub.inbox.test_follows import account_of
from tests.faces.api.caller import Crowd
from tests.peer import PUBLIC, Somebody
from tests.world import World


async def count(world: World, post: str) -> int:
    (row,) = await world.rows("select favourites_count from post_stats where post_id = $1", int(post))
    return row["favourites_count"]


@pytest.mark.parametrize("kind", ["Like", "EmojiReact"])
async def test_a_like_of_our_post_is_a_favourite_once(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, kind: str
) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    for _ in range(2):
        like = bob.activity(kind, post["uri"], content="🥭")
        assert await sending.tell(bob, like) == ("accepted", None)
    assert await count(world, post["id"]) == 1
    (told,) = await ann.get("/api/v1/notifications")
    assert (told["type"], told["account"]["acct"]) == ("favourite", "bob@beta.example")
    (who,) = await ann.get(f"/api/v1/statuses/{post['id']}/favourited_by")
    assert who["acct"] == "bob@beta.example"


async def test_a_like_is_taken_back_embedded_or_by_its_id(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    for shape in ("embedded", "named"):
        like = bob.activity("Like", {"id": post["uri"]})
        await sending.tell(bob, like)
        assert await count(world, post["id"]) == 1
        undo = bob.activity("Undo", like if shape == "embedded" else like["id"])
        assert await sending.tell(bob, undo) == ("accepted", None)
        assert await count(world, post["id"]) == 0


async def test_of_two_reactions_one_may_be_taken_back(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    like, react = bob.activity("Like", post["uri"]), bob.activity("EmojiReact", post["uri"], content="🥭")
    await sending.tell(bob, like, react, bob.activity("Undo", like))
    assert await count(world, post["id"]) == 1
    await sending.tell(bob, bob.activity("Undo", react))
    assert await count(world, post["id"]) == 0


async def test_a_like_of_what_its_actor_may_not_read_does_nothing(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    hidden = await ann.write("For few", visibility="private")
    assert (await sending.tell(bob, bob.activity("Like", hidden["uri"])))[0] == "ignored"
    shown = await ann.write("For all")
    await ann.post(f"/api/v1/accounts/{await account_of(world, bob)}/block")
    await sending.work()
    assert (await sending.tell(bob, bob.activity("Like", shown["uri"])))[0] == "ignored"
    assert [await count(world, post["id"]) for post in (hidden, shown)] == [0, 0]


async def test_a_like_of_what_is_not_ours_does_nothing(sending: Sending, bob: Somebody) -> None:
    for what in ("https://gamma.example/notes/1", "https://marula.example/@ann/1", 3, None):
        assert await sending.tell(bob, bob.activity("Like", what)) == (
            "ignored",
            "it is about no post of this server",
        )


async def known_post(world: World, sending: Sending, bob: Somebody) -> str:
    """A post of Bob's that is kept here; its id."""
    await sending.tell(bob, bob.activity("Like", "https://marula.example/nothing"))
    note = f"{bob.uri}/notes/1"
    draft = Draft(text="Hello", html="<p>Hello</p>", visibility=Visibility.PUBLIC, uri=note, url=note)
    author = await account_of(world, bob)
    async with world.ctx.db.transaction() as tx:
        await posts.publish(tx, author, draft, local=False)
    return note


async def test_a_post_is_deleted_by_its_author_only(world: World, sending: Sending, bob: Somebody) -> None:
    note, eve = await known_post(world, sending, bob), bob.server.person("eve")
    mallory = world.internet.server("evil.example").person("mallory")
    assert (await sending.tell(eve, eve.activity("Delete", note)))[1] == "it deletes what somebody else wrote"
    assert (await sending.tell(mallory, mallory.activity("Delete", note)))[1] == "it deletes what is of another server"
    assert len(await world.rows("select from posts where uri = $1", note)) == 1
    assert await sending.tell(bob, bob.activity("Delete", {"id": note, "type": "Tombstone"})) == ("accepted", None)
    assert await world.rows("select from posts where uri = $1", note) == []


async def test_what_is_deleted_before_it_came_is_remembered(world: World, sending: Sending, bob: Somebody) -> None:
    note = f"{bob.uri}/notes/7"
    await sending.tell(bob, bob.activity("Like", "https://marula.example/nothing"))
    assert (await sending.tell(bob, bob.activity("Delete", note)))[0] == "ignored"
    assert len(await world.rows("select from taken_back")) == 1


async def test_an_account_that_is_gone_is_removed_with_everything(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    await sending.tell(bob, bob.activity("Like", post["uri"]), bob.activity("Follow", uri(ann)))
    gone = bob.activity("Delete", bob.uri)
    assert (await sending.tell(bob, gone))[0] == "accepted"
    assert await world.rows("select from accounts where uri = $1", bob.uri) == []
    assert await world.rows("select from departed_actors") == []
    assert await count(world, post["id"]) == 0
    (stats,) = await world.rows("select followers_count from account_stats where account_id = $1", ann.account)
    assert stats["followers_count"] == 0
    await sending.post(bob, gone | {"id": f"{gone['id']}/2"})
    assert await sending.work() == 0


async def test_a_report_reaches_our_moderators_once(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann, cyd = await crowd.join("ann"), await crowd.join("cyd")
    post = await ann.write("Hello")
    flag = bob.activity("Flag", [uri(cyd), post["uri"], {"id": uri(ann)}, 5, None], content="<b>Bad</b>" * 900)
    assert await sending.tell(bob, flag) == ("accepted", None)
    reports = await world.rows("select target_id, comment, post_ids from reports order by id")
    assert {(row["target_id"], tuple(row["post_ids"])) for row in reports} == {
        (cyd.account, ()),
        (ann.account, (int(post["id"]),)),
    }
    assert len(reports[0]["comment"]) == 5000
    assert await sending.tell(bob, flag | {"summary": "again"}) == ("accepted", None)
    assert len(await world.rows("select from reports")) == 2


async def test_posts_that_are_named_in_the_comment_of_a_report_belong_to_it(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    flag = bob.activity("Flag", uri(ann), content=f"Note: {post['uri']}\n-----\nLook!")
    assert await sending.tell(bob, flag) == ("accepted", None)
    (report,) = await world.rows("select post_ids from reports")
    assert report["post_ids"] == [int(post["id"])]


async def test_somebody_elsewhere_who_answered_one_of_ours_is_reported_for_that(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann, eve = await crowd.join("ann"), world.internet.server("evil.example").person("eve")
    post = await ann.write("Hello")
    rude = eve.note("<p>Rude</p>", inReplyTo=post["uri"])
    other = eve.note("<p>Plain</p>", to=[PUBLIC, uri(ann)])
    for one in (rude, other):
        await sending.tell(eve, eve.activity("Create", one))
    assert (await sending.tell(bob, bob.activity("Flag", [eve.uri, other["id"]])))[0] == "ignored"
    assert await sending.tell(bob, bob.activity("Flag", [eve.uri, rude["id"], other["id"]])) == ("accepted", None)
    (report,) = await world.rows(
        "select a.username, r.post_ids, p.uri from reports r join accounts a on a.id = target_id "
        "join posts p on p.id = any(r.post_ids)"
    )
    assert (report["username"], len(report["post_ids"]), report["uri"]) == ("eve", 1, rude["id"])


async def test_reports_of_servers_that_are_told_so_are_not_taken(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    async with world.ctx.db.transaction() as tx:
        await boundaries.block(tx, BlockDraft(domain="beta.example", severity="noop", reject_reports=True))
    flag = bob.activity("Flag", uri(ann))
    assert await sending.tell(bob, flag) == ("ignored", "reports of this server are not taken")
    assert (await sending.tell(bob, bob.activity("Flag", "https://gamma.example/users/x")))[0] == "ignored"
    assert await world.rows("select from reports") == []


async def test_what_is_not_known_here_is_ignored_with_a_reason(sending: Sending, bob: Somebody) -> None:
    assert await sending.tell(bob, bob.activity("Arrive", "https://beta.example/")) == (
        "ignored",
        "Arrive is not known here",
    )
    nothing = bob.activity("Arrive", 1)
    del nothing["type"]
    assert await sending.tell(bob, nothing) == ("ignored", "what has no type is not known here")


async def test_who_did_not_sign_is_not_believed(world: World, crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann, eve = await crowd.join("ann"), world.internet.server("evil.example").person("eve")
    assert (await sending.tell(eve, bob.activity("Follow", uri(ann))))[1] == "its actor did not sign it"
    forged = eve.activity("Follow", uri(ann), id=f"{bob.uri}/follows/1")
    assert (await sending.tell(eve, forged))[1] == "its id is of another server than its actor"
    assert await world.rows("select from follows") == []


async def test_who_is_suspended_may_only_take_things_back(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    follow = bob.activity("Follow", uri(ann))
    await sending.tell(bob, follow)
    async with world.ctx.db.transaction() as tx:
        await tx.run("update accounts set suspended_at = $2 where uri = $1", bob.uri, tx.now)
    post = await ann.write("Hello")
    assert await sending.tell(bob, bob.activity("Like", post["uri"])) == ("ignored", "its actor is suspended")
    assert await sending.tell(bob, bob.activity("Undo", follow)) == ("accepted", None)


async def test_what_fails_is_tried_again_and_dead_in_the_end(
    world: World, sending: Sending, bob: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Exception] = [Unreachable("gamma.example does not answer"), RuntimeError("a bug")]

    async def wink(ctx: Context, activity: Activity) -> Outcome:
        if answers:
            raise answers[0]
        return Accepted()

    monkeypatch.setitem(received, "Wink", wink)
    assert await sending.tell(bob, bob.activity("Wink", 1)) == ("waiting", "gamma.example does not answer")
    assert await sending.work() == 0
    for _ in range(7):
        world.clock.advance(timedelta(days=2))
        answers[:] = answers[-1:]
        await sending.work()
    ((state, why),) = await sending.outcomes()
    assert (state, why) == ("dead", "RuntimeError: a bug")
    answers.clear()
