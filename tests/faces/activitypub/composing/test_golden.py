"""Every activity that we emit, compared with its golden file, and where it goes."""

from datetime import timedelta
from typing import Any

from marula.base.kernel.ids import AccountId, PollId
from marula.domain import actors, departures, intake, posts, relationships
from marula.domain.posts import Draft, PollDraft
from tests.faces.activitypub.composing.golden import compare
from tests.faces.activitypub.composing.people import Document, learn, owed
from tests.faces.api.caller import Caller, Crowd
from tests.world import World

BEN, CAT = "https://far.example/users/ben", "https://old.example/users/cat"


class Cast:
    """Ann, of this server; Ben, whose server has a shared inbox, follows her; Cat, whose server has none, does not."""

    def __init__(self, world: World, ann: Caller, ben: AccountId, cat: AccountId) -> None:
        self.world, self.ann, self.ben, self.cat = world, ann, ben, cat
        self.told = 0

    async def news(self) -> list[tuple[Document, list[str]]]:
        """What is owed since the last time this was asked."""
        await self.world.settle()
        found = (await owed(self.world))[self.told :]
        self.told += len(found)
        return found

    async def only(self, name: str, *inboxes: str) -> Document:
        """The one activity that is owed since, which is as agreed and goes to these inboxes."""
        [(document, where)] = await self.news()
        compare(name, document)
        assert where == sorted(inboxes)
        return document

    async def note(self, author: AccountId, text: str = "bees", **more: Any) -> str:
        """A post of somebody elsewhere, as it is known here."""
        uri = BEN if author == self.ben else CAT
        draft = Draft(text="", html=f"<p>{text}</p>", uri=f"{uri}/notes/1", url=f"{uri}/1", **more)
        async with self.world.ctx.db.transaction() as tx:
            made = await posts.publish(tx, author, draft, local=False)
        await self.news()
        return str(made)


async def cast(world: World, crowd: Crowd) -> Cast:
    ann = await crowd.join("ann")
    ben, cat = await learn(world, "ben", "far.example"), await learn(world, "cat", "old.example", shared=False)
    assert ann.account is not None
    async with world.ctx.db.transaction() as tx:
        await relationships.follow(tx, ben, ann.account)
    made = Cast(world, ann, ben, cat)
    await made.news()
    return made


SHARED, BENS, CATS = "https://far.example/inbox", f"{BEN}/inbox", f"{CAT}/inbox"


async def test_create_note(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    await here.ann.write(
        "Hello @cat@old.example, #PlumCake & <tea>\nhttps://example.org/x", spoiler_text="food", language="en"
    )
    await here.only("create_note", SHARED, CATS)


async def test_create_unlisted_reply(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    parent = await here.note(here.cat)
    await here.ann.write("yes", in_reply_to_id=parent, visibility="unlisted")
    await here.only("create_reply", SHARED, CATS)


async def test_create_private(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    await here.ann.write("for friends", visibility="private")
    await here.only("create_private", SHARED)


async def test_create_direct(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    await here.ann.write("@cat@old.example only you", visibility="direct")
    await here.only("create_direct", CATS)


async def test_create_question(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    await here.ann.write("tea?", poll={"options": ["yes", "no"], "expires_in": 3600, "multiple": True})
    await here.only("create_question", SHARED)


async def test_create_quote(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    bob = await crowd.join("bob")
    quoted = await bob.write("first")
    await here.news()
    await here.ann.write("second", quoted_status_id=quoted["id"])
    await here.only("create_quote", SHARED)


async def test_update_note(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    post = await here.ann.write("@cat@old.example one")
    await here.news()
    world.clock.advance(timedelta(minutes=5))
    await here.ann.call("PUT", f"/api/v1/statuses/{post['id']}", json={"status": "two"})
    await here.only("update_note", SHARED, CATS)


async def test_delete_note(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    post = await here.ann.write("@cat@old.example one")
    await here.news()
    await here.ann.call("DELETE", f"/api/v1/statuses/{post['id']}")
    await here.only("delete_note", SHARED, CATS)


async def test_delete_direct(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    post = await here.ann.write("@cat@old.example one", visibility="direct")
    await here.news()
    await here.ann.call("DELETE", f"/api/v1/statuses/{post['id']}")
    await here.only("delete_direct", CATS)


async def test_announce_and_undo(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    post = await here.note(here.cat)
    await here.ann.post(f"/api/v1/statuses/{post}/reblog")
    await here.only("announce", SHARED, CATS)
    await here.ann.post(f"/api/v1/statuses/{post}/unreblog")
    await here.only("undo_announce", SHARED, CATS)


async def test_like_and_undo(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    post = await here.note(here.ben)
    await here.ann.post(f"/api/v1/statuses/{post}/favourite")
    await here.only("like", BENS)
    await here.ann.post(f"/api/v1/statuses/{post}/unfavourite")
    await here.only("undo_like", BENS)


async def test_follow_and_undo(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    standing = await here.ann.post(f"/api/v1/accounts/{here.ben}/follow")
    assert (standing["requested"], standing["following"]) == (True, False)
    await here.only("follow", BENS)
    async with world.ctx.db.transaction() as tx:
        assert here.ann.account is not None
        await relationships.authorize_request(tx, here.ben, here.ann.account)
    assert await here.news() == []
    await here.ann.post(f"/api/v1/accounts/{here.ben}/unfollow")
    await here.only("undo_follow", BENS)


async def test_accept_and_reject(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    await here.ann.call("PATCH", "/api/v1/accounts/update_credentials", json={"locked": True})
    await here.news()
    assert here.ann.account is not None
    ours = actors.actor_uri(world.ctx.config, here.ann.account)
    async with world.ctx.db.transaction() as tx:
        await relationships.follow(tx, here.cat, here.ann.account)
        await intake.note(tx, f"{CAT}#follows/1", here.cat, "follow", ours)
    assert await here.news() == []
    await here.ann.post(f"/api/v1/follow_requests/{here.cat}/authorize")
    await here.only("accept", CATS)
    await here.ann.post(f"/api/v1/accounts/{here.cat}/remove_from_followers")
    await here.only("reject", CATS)


async def test_block_and_undo(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    await here.ann.post(f"/api/v1/accounts/{here.cat}/block")
    await here.only("block", CATS)
    await here.ann.post(f"/api/v1/accounts/{here.cat}/unblock")
    await here.only("undo_block", CATS)


async def test_flag(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    post = await here.note(here.cat)
    told = {"account_id": str(here.cat), "status_ids": [post], "comment": "Spam", "forward": True}
    await here.ann.post("/api/v1/reports", told)
    await here.only("flag", CATS)


async def test_update_person(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    for name in ("Ann", "Ann B."):
        await here.ann.call(
            "PATCH", "/api/v1/accounts/update_credentials", json={"display_name": name, "note": "I bake"}
        )
    assert await here.news() == []
    world.clock.advance(timedelta(minutes=1))
    await here.only("update_person", SHARED)


async def test_add_and_remove(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    post = await here.ann.write("hello")
    await here.news()
    await here.ann.post(f"/api/v1/statuses/{post['id']}/pin")
    await here.only("add_pin", SHARED)
    await here.ann.post(f"/api/v1/statuses/{post['id']}/unpin")
    await here.only("remove_pin", SHARED)
    tag = await here.ann.post("/api/v1/featured_tags", {"name": "PlumCake"})
    await here.only("add_tag", SHARED)
    await here.ann.call("DELETE", f"/api/v1/featured_tags/{tag['id']}")
    await here.only("remove_tag", SHARED)


async def test_vote(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    asked = PollDraft(options=("tea", "coffee", "milk"), expires_in=timedelta(hours=1), multiple=True)
    post = await here.note(here.ben, poll=asked)
    poll = (await here.ann.get(f"/api/v1/statuses/{post}"))["poll"]["id"]
    await here.ann.post(f"/api/v1/polls/{poll}/votes", {"choices": [0, 2]})
    votes = await here.news()
    compare("votes", [document for document, _ in votes])
    assert [inboxes for _, inboxes in votes] == [[BENS], [BENS]]


async def test_update_tallies(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    post = await here.ann.write("tea?", poll={"options": ["yes", "no"], "expires_in": 3600})
    await here.news()
    async with world.ctx.db.transaction() as tx:
        for who in (here.ben, here.cat):
            poll = await posts.readable_poll(tx, who, PollId(int(post["poll"]["id"])))
            await posts.vote(tx, who, poll, [0])
    assert await here.news() == []
    world.clock.advance(timedelta(minutes=3))
    await here.only("update_tallies", SHARED)
    world.clock.advance(timedelta(hours=1))
    await here.only("update_result", SHARED)


async def test_delete_person(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    await here.ann.write("@cat@old.example hello")
    await world.settle()
    assert here.ann.account is not None
    await here.news()
    await departures.remove(world.ctx, here.ann.account)
    await here.only("delete_person", SHARED, CATS)
    assert (await actors.own_key(world.ctx, here.ann.account)).uri.endswith(f"{here.ann.account}#main-key")


async def test_boosts_of_ones_own_private_posts_carry_them(world: World, crowd: Crowd) -> None:
    here = await cast(world, crowd)
    post = await here.ann.write("for friends", visibility="private")
    await here.news()
    await here.ann.post(f"/api/v1/statuses/{post['id']}/reblog", {"visibility": "private"})
    await here.only("announce_private", SHARED)
