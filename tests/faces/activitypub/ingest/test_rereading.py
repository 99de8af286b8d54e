"""Documents that were kept and are read anew: old posts show what is understood since."""

import pytest

from marula.faces.activitypub import ingest
from marula.faces.activitypub.ingest import rereading
from tests.faces.activitypub.inbox.sending import Sending
from tests.faces.activitypub.ingest.following import follow, home
from tests.faces.api.caller import Crowd
from tests.peer import Somebody
from tests.world import World

pytestmark = pytest.mark.usefixtures("linked")

SAYS_LESS = """
    update posts set text = 'a link', html = '<p>a link</p>', has_media = false where uri = any($1::text[])
"""


async def read_less(world: World, *uris: str) -> None:
    """Let these posts be as if less had been understood of them when they came."""
    async with world.ctx.db.transaction() as tx:
        await tx.run(SAYS_LESS, list(uris))
        await tx.run("delete from media_attachments")
        await tx.run("delete from post_tags")


async def reread(world: World, *, host: str | None = None, kind: str | None = None) -> None:
    async with world.ctx.db.transaction() as tx:
        await ingest.reread_all(tx, host=host, kind=kind)
    await world.settle()


async def test_old_posts_show_what_is_understood_now_and_are_no_news(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    article = bob.note(
        "<p>Long words about bees</p>",
        type="Article",
        name="Bees",
        tag={"type": "Hashtag", "name": "#bees"},
        attachment={"type": "Image", "url": "https://files.example/1.png", "name": "A bee"},
    )
    await sending.tell(bob, bob.activity("Create", article))
    (before,) = await home(ann)
    await ann.post(f"/api/v1/statuses/{before['id']}/favourite")
    await ann.post(f"/api/v1/statuses/{before['id']}/reblog")
    await world.settle()
    await read_less(world, article["id"])
    told = len(await world.facts("posts.PostRevised"))
    await reread(world)
    after = await ann.get(f"/api/v1/statuses/{before['id']}")
    assert (after["content"], after["edited_at"]) == (before["content"], None)
    assert [one["description"] for one in after["media_attachments"]] == ["A bee"]
    assert [one["name"] for one in after["tags"]] == ["bees"]
    assert after["favourited"] is True
    assert len(await ann.get(f"/api/v1/statuses/{before['id']}/history")) == 1
    assert len(await world.facts("posts.PostRevised")) == told
    assert await ann.get("/api/v1/notifications") == []
    found = await ann.get("/api/v2/search", params={"q": "long words", "type": "statuses"})
    assert [one["id"] for one in found["statuses"]] == [before["id"]]


async def test_reading_the_same_again_changes_nothing(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    await sending.tell(
        bob, bob.activity("Create", bob.note(attachment={"type": "Image", "url": "https://x.example/1"}))
    )
    versions = await world.rows("select id, version from posts order by id")
    await reread(world)
    assert await world.rows("select id, version from posts order by id") == versions


async def test_only_one_server_or_one_type_is_read(world: World, crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    note, page = bob.note("<p>Note</p>"), bob.note("<p>Page</p>", type="Page")
    for one in (note, page):
        await sending.tell(bob, bob.activity("Create", one))
    await read_less(world, note["id"], page["id"])
    await reread(world, host="other.example")
    assert {one["content"] for one in await home(ann)} == {"<p>a link</p>"}
    await reread(world, host="beta.example", kind="Page")
    shown = [one["content"] for one in await home(ann)]
    assert ("Page" in shown[0], shown[1]) == (True, "<p>a link</p>")


async def test_many_documents_are_read_in_batches_and_broken_ones_are_left_alone(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading, "BATCH", 2)
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    written = [bob.note(f"<p>Note {number}</p>") for number in range(5)]
    for one in written:
        await sending.tell(bob, bob.activity("Create", one))
    async with world.ctx.db.transaction() as tx:
        await tx.run(
            "update post_documents set document = 'x' where post_id = (select min(post_id) from post_documents)"
        )
    await read_less(world, *(one["id"] for one in written))
    await reread(world)
    shown = [one["content"] for one in await home(ann)]
    assert sorted(shown) == ["<p>Note 1</p>", "<p>Note 2</p>", "<p>Note 3</p>", "<p>Note 4</p>", "<p>a link</p>"]
