"""Groups: a community elsewhere is followed and read, and answered, and does not flood the home feed."""

from typing import Any

import pytest

from tests.faces.activitypub.inbox.sending import Sending
from tests.faces.activitypub.ingest.following import follow, home
from tests.faces.api.caller import Caller, Crowd
from tests.peer import PUBLIC, Document, Internet, Somebody
from tests.world import World


class Community:
    """A group on a server of its own, somebody of a third server who writes in it, and one of ours who follows it."""

    def __init__(self, sending: Sending, ann: Caller, group: Somebody, eve: Somebody) -> None:
        self.sending, self.ann, self.group, self.eve = sending, ann, group, eve

    async def passes_on(self, kind: str, what: Any, by: Somebody | None = None, **more: Any) -> tuple[str, str | None]:
        """Let the group pass on what somebody did."""
        inner = (by or self.eve).activity(kind, what, audience=self.group.uri, **more)
        whole = self.group.activity("Announce", inner, to=[PUBLIC], cc=[f"{self.group.uri}/followers"])
        return await self.sending.tell(self.group, whole)

    def page(self, **more: Any) -> Document:
        """Something that begins a thread."""
        named: Document = {"type": "Page", "name": "Teapots", "audience": self.group.uri, "cc": []}
        return self.eve.note("<p>Which?</p>", serve=True, **(named | {"to": [self.group.uri, PUBLIC]} | more))

    async def likes(self, post: str) -> int:
        """How many like it."""
        return (await self.ann.get(f"/api/v1/statuses/{post}"))["favourites_count"]


@pytest.fixture
async def community(crowd: Crowd, sending: Sending, internet: Internet) -> Community:
    ann = await crowd.join("ann")
    group = internet.server("lemmy.example").person("tea", type="Group")
    await follow(sending, ann, group)
    return Community(sending, ann, group, internet.server("gamma.example").person("eve"))


@pytest.fixture
def internet(world: World) -> Internet:
    return world.internet


async def test_what_begins_a_thread_is_in_the_feed_once_and_the_rest_in_its_thread(community: Community) -> None:
    page = community.page()
    assert await community.passes_on("Create", page) == ("accepted", None)
    await community.sending.tell(community.group, community.group.activity("Announce", page["id"]))
    answer = community.eve.note("<p>Blue</p>", inReplyTo=page["id"])
    lost = community.eve.note("<p>Lost</p>", inReplyTo="https://nowhere.example/1")
    for one in (answer, lost):
        assert (await community.passes_on("Create", one))[0] == "ignored"
    for kind in ("Like", "Dislike", "Update", "Lock", "Add", "Block"):
        await community.passes_on(kind, page["id"])
    (shown,) = await home(community.ann)
    assert (shown["account"]["acct"], shown["reblog"]["account"]["acct"]) == ("tea@lemmy.example", "eve@gamma.example")
    assert "Teapots" in shown["reblog"]["content"]
    post = shown["reblog"]["id"]
    (below,) = (await community.ann.get(f"/api/v1/statuses/{post}/context"))["descendants"]
    assert below["content"] == "<p>Blue</p>"
    profile = await community.ann.get(f"/api/v1/accounts/{shown['account']['id']}/statuses")
    assert [one["reblog"]["id"] for one in profile] == [post]


async def test_likes_are_counted_once_for_each_voter_without_a_name(world: World, community: Community) -> None:
    page = community.page()
    await community.passes_on("Create", page)
    (shown,) = await home(community.ann)
    post = shown["reblog"]["id"]
    voters = [world.internet.server("gamma.example").person(f"voter{number}") for number in range(3)]
    for voter in (*voters, *voters):
        assert await community.passes_on("Like", page["id"], voter) == ("accepted", None)
    assert await community.likes(post) == 3
    assert await community.passes_on("Dislike", page["id"], voters[0]) == ("accepted", None)
    undone = voters[1].activity("Like", page["id"])
    assert await community.passes_on("Undo", undone, voters[1]) == ("accepted", None)
    assert await community.likes(post) == 1
    assert await community.ann.get(f"/api/v1/statuses/{post}/favourited_by") == []
    assert len(await world.rows("select from accounts where domain = 'gamma.example'")) == 1


async def test_likes_of_what_is_of_no_group_are_not_believed(community: Community) -> None:
    mine = await community.ann.write("Hello")
    assert await community.passes_on("Like", mine["uri"]) == ("ignored", "the post is of another group")
    assert (await community.passes_on("Like", "https://gamma.example/unknown"))[0] == "ignored"
    assert await community.likes(mine["id"]) == 0


async def test_an_edit_is_asked_for_where_it_belongs(community: Community) -> None:
    page = community.page()
    await community.passes_on("Create", page)
    lie = page | {"content": "<p>Lie</p>", "updated": "2026-03-01T11:59:30Z"}
    await community.passes_on("Update", lie)
    (shown,) = await home(community.ann)
    assert "Which?" in shown["reblog"]["content"]
    community.eve.server.serve(page["id"], lie | {"content": "<p>Now</p>"})
    assert await community.passes_on("Update", lie) == ("accepted", None)
    (shown,) = await home(community.ann)
    assert "Now" in shown["reblog"]["content"]


async def test_what_is_deleted_where_it_belongs_is_gone_and_else_only_out_of_the_group(
    world: World, community: Community
) -> None:
    page, other = community.page(), community.page()
    for one in (page, other):
        await community.passes_on("Create", one)
    moderator = community.group.server.person("mod")
    assert await community.passes_on("Delete", page["id"], moderator) == ("accepted", None)
    assert len(await home(community.ann)) == 1
    assert len(await world.rows("select from posts where uri = $1", page["id"])) == 1
    community.eve.server.serve(other["id"], {"id": other["id"], "type": "Tombstone"})
    assert await community.passes_on("Delete", other["id"]) == ("accepted", None)
    assert await world.rows("select from posts where uri = $1", other["id"]) == []
    assert await home(community.ann) == []


async def test_what_a_group_keeps_itself_is_believed(world: World, community: Community) -> None:
    local = community.group.server.person("joe")
    page = community.page(attributedTo=local.uri, id=f"{local.uri}/notes/1")
    assert await community.passes_on("Create", page, local) == ("accepted", None)
    assert await community.passes_on("Delete", page["id"], local) == ("accepted", None)
    assert await world.rows("select from posts where uri = $1", page["id"]) == []


async def test_nobody_but_groups_passes_things_on(crowd: Crowd, sending: Sending, internet: Internet) -> None:
    ann, bob = await crowd.join("ann"), internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    note = internet.server("gamma.example").person("eve").note()
    await sending.tell(bob, bob.activity("Announce", note["id"]))
    told = await sending.tell(bob, bob.activity("Announce", bob.activity("Delete", note["id"])))
    assert told == ("ignored", "it shares nothing that can be shared here")
    assert len(await home(ann)) == 1


async def test_an_answer_of_ours_goes_to_the_group_and_says_so(community: Community) -> None:
    page = community.page()
    await community.passes_on("Create", page)
    answer = community.eve.note("<p>Blue</p>", inReplyTo=page["id"], audience=None)
    await community.passes_on("Create", answer)
    (shown,) = await home(community.ann)
    (below,) = (await community.ann.get(f"/api/v1/statuses/{shown['reblog']['id']}/context"))["descendants"]
    mine = await community.ann.write("Green", in_reply_to_id=below["id"])
    await community.sending.work()
    (create,) = community.group.server.received("Create")
    assert create["object"]["id"] == mine["uri"]
    assert create["object"]["audience"] == community.group.uri
    assert community.group.uri in create["cc"]
    assert community.group.uri in create["object"]["cc"]
    assert [one["name"] for one in create["object"]["tag"] if one["type"] == "Mention"] == ["@eve@gamma.example"]
    assert len(community.eve.server.received("Create")) == 1
    secret = await community.ann.write("Psst @eve@gamma.example", in_reply_to_id=below["id"], visibility="direct")
    await community.sending.work()
    assert len(community.group.server.received("Create")) == 1
    (_, direct) = community.eve.server.received("Create")
    assert (direct["object"]["id"], "audience" in direct["object"]) == (secret["uri"], False)


async def test_who_dislikes_a_post_of_ours_likes_it_no_longer(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    await sending.tell(bob, bob.activity("Like", post["uri"]))
    assert await sending.tell(bob, bob.activity("Dislike", post["uri"])) == ("accepted", None)
    assert (await ann.get(f"/api/v1/statuses/{post['id']}"))["favourites_count"] == 0
    assert (await sending.tell(bob, bob.activity("Dislike", post["uri"])))[0] == "ignored"
