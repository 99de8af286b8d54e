"""Posts of other servers: written, linked, revised."""

import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from marula.base.db import Row
from marula.base.kernel.errors import Refused, Unreachable
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import accounts, actors, posts
from marula.domain.posts import Draft, Post, Visibility
from marula.faces.activitypub import fetching, ingest
from marula.faces.activitypub.reading import Unreadable
from tests.domain.relationships.people import person
from tests.peer import PUBLIC, Somebody
from tests.world import World


def bob_of(world: World, host: str = "beta.example", name: str = "bob", **changes: Any) -> Somebody:
    return world.internet.server(host).person(name, **changes)


async def row(world: World, post: PostId | None) -> Row:
    (found,) = await world.rows("select * from posts where id = $1", post)
    return found


async def stored(world: World, post: PostId | None) -> Post:
    assert post is not None
    async with world.ctx.db.reading() as db:
        found = await posts.by_id(db, post)
    assert found is not None
    return found


async def write(world: World, who: AccountId, text: str = "hi", **more: Any) -> PostId:
    async with world.ctx.db.transaction() as tx:
        return await posts.publish(tx, who, Draft(text=text, html=f"<p>{text}</p>", **more))


def uri_of(world: World, who: AccountId, post: PostId) -> str:
    return actors.post_uri(world.ctx.config, who, post)


async def test_a_post_is_written_once_with_all_that_it_says(world: World) -> None:
    bob, ann = bob_of(world), await person(world, "ann")
    note = bob.note(
        '<p>Hello <script>alert(1)</script><a href="https://marula.example/@ann">@ann</a> #Tea</p>',
        summary="Drinks",
        contentMap={"de": '<p>Hello <script>alert(1)</script><a href="https://marula.example/@ann">@ann</a> #Tea</p>'},
        url="https://beta.example/@bob/1",
        tag=[
            {"type": "Mention", "href": actors.actor_uri(world.ctx.config, ann), "name": "@ann@marula.example"},
            {"type": "Hashtag", "name": "#Tea", "href": "https://beta.example/tags/tea"},
        ],
    )
    post = await ingest.take(world.ctx, note)
    assert await ingest.take(world.ctx, note) == post
    assert await ingest.fetched(world.ctx, note["id"]) == post
    found = await row(world, post)
    assert (found["uri"], found["url"], found["local"]) == (note["id"], "https://beta.example/@bob/1", False)
    assert (found["spoiler_text"], found["sensitive"], found["language"]) == ("Drinks", True, "de")
    assert "script" not in found["html"]
    assert found["created_at"] == datetime(2026, 3, 1, 11, 59, tzinfo=UTC)
    assert Visibility(found["visibility"]) is Visibility.PUBLIC
    assert [one["account_id"] for one in await world.rows("select account_id from mentions")] == [ann]
    assert [one["name"] for one in await world.rows("select name from tags join post_tags on tag_id = id")] == ["tea"]
    (kept,) = await world.rows("select document from post_documents")
    assert msgspec.json.decode(zlib.decompress(kept["document"])) == note
    assert len(await world.facts("PostPublished")) == 1
    await world.settle()
    told = await world.rows("select kind from notifications where account_id = $1", ann)
    assert [one["kind"] for one in told] == ["mention"]


@pytest.mark.parametrize(
    ("to", "cc", "expected"),
    [
        ([PUBLIC], ["FOLLOWERS"], Visibility.PUBLIC),
        (["as:Public"], [], Visibility.PUBLIC),
        (["FOLLOWERS"], [PUBLIC], Visibility.UNLISTED),
        (["FOLLOWERS"], [], Visibility.PRIVATE),
        ([], ["FOLLOWERS"], Visibility.PRIVATE),
        (["ANN"], [], Visibility.DIRECT),
        ([], [], Visibility.DIRECT),
    ],
)
async def test_it_reaches_as_far_as_it_says(world: World, to: list[str], cc: list[str], expected: Visibility) -> None:
    bob, ann = bob_of(world), await person(world, "ann")
    names = {"FOLLOWERS": bob.document["followers"], "ANN": actors.actor_uri(world.ctx.config, ann)}
    note = bob.note(to=[names.get(one, one) for one in to], cc=[names.get(one, one) for one in cc])
    assert (await stored(world, await ingest.take(world.ctx, note))).visibility is expected
    named = await world.rows("select account_id, silent from mentions")
    assert [tuple(one) for one in named] == ([(ann, True)] if "ANN" in to else [])


async def test_a_date_to_come_is_now(world: World) -> None:
    note = bob_of(world).note(published="2031-01-01T00:00:00Z")
    assert (await stored(world, await ingest.take(world.ctx, note))).created_at == world.clock.now()


async def test_what_it_answers_is_fetched_up_the_thread(world: World) -> None:
    bob, cid = bob_of(world), bob_of(world, "gamma.example", "cid")
    first = bob.note()
    second = cid.note(inReplyTo=first["id"])
    third = bob.note(inReplyTo=second["id"])
    answer = await ingest.take(world.ctx, third)
    await world.settle()
    post = await stored(world, answer)
    above = await stored(world, post.in_reply_to_id)
    top = await stored(world, above.in_reply_to_id)
    assert top.in_reply_to_id is None
    assert {post.conversation_id, above.conversation_id} == {top.conversation_id}
    (counted,) = await world.rows("select replies_count from post_stats where post_id = $1", top.id)
    assert counted["replies_count"] == 1


async def test_what_it_answers_may_be_ours(world: World) -> None:
    ann, bob = await person(world, "ann"), bob_of(world)
    mine = await write(world, ann)
    post = await stored(world, await ingest.take(world.ctx, bob.note(inReplyTo=uri_of(world, ann, mine))))
    assert (post.in_reply_to_id, post.in_reply_to_account_id) == (mine, ann)


async def test_an_answer_that_came_before_its_question_is_linked_when_that_comes(world: World) -> None:
    bob = bob_of(world)
    first = bob.note(serve=False)
    answer = await ingest.take(world.ctx, bob.note(inReplyTo=first["id"]))
    assert (await stored(world, answer)).in_reply_to_id is None
    parent = await ingest.take(world.ctx, first)
    linked = await stored(world, answer)
    assert linked.in_reply_to_id == parent
    assert linked.conversation_id == (await stored(world, parent)).conversation_id
    (counted,) = await world.rows("select replies_count from post_stats where post_id = $1", parent)
    assert counted["replies_count"] == 1


async def test_a_thread_without_end_is_followed_so_far(world: World) -> None:
    server = world.internet.server("beta.example")
    bob = server.person("bob")
    base = bob.note(serve=False)
    for number in range(100):
        address = f"https://beta.example/deep/{number}"
        server.serve(address, base | {"id": address, "inReplyTo": f"https://beta.example/deep/{number + 1}"})
    await ingest.fetched(world.ctx, "https://beta.example/deep/0")
    await world.settle()
    assert len(await world.rows("select id from posts")) == 21


async def test_posts_that_answer_each_other_are_written(world: World) -> None:
    server = world.internet.server("beta.example")
    base = server.person("bob").note(serve=False)
    for one, other in (("a", "b"), ("b", "a")):
        address = f"https://beta.example/{one}"
        server.serve(address, base | {"id": address, "inReplyTo": f"https://beta.example/{other}"})
    assert await ingest.fetched(world.ctx, "https://beta.example/a") is not None
    await world.settle()
    assert len(await world.rows("select id from posts")) == 2


async def test_people_whom_it_names_are_looked_up_now_or_later(world: World) -> None:
    bob, cid, dan = bob_of(world), bob_of(world, "gamma.example", "cid"), bob_of(world, "delta.example", "dan")
    dan.server.serve(dan.uri, b"", status=503)
    tags = [{"type": "Mention", "href": one.uri, "name": f"@{one.handle}"} for one in (cid, dan)]
    post = await ingest.take(world.ctx, bob.note(tag=tags))
    assert len(await world.rows("select * from mentions where post_id = $1", post)) == 1
    dan.server.serve(dan.uri, dan.document)
    world.ctx.http.troubles.note(dan.uri, "")
    world.ctx.http.troubles = type(world.ctx.http.troubles)(seconds=1, most=10)
    await world.settle()
    assert len(await world.rows("select * from mentions where post_id = $1", post)) == 2


async def test_a_poll_is_kept_with_its_tallies_and_counted_anew(world: World) -> None:
    bob = bob_of(world)
    options = [
        {"type": "Note", "name": name, "replies": {"type": "Collection", "totalItems": count}}
        for name, count in (("Tea", 3), ("Coffee", 1))
    ]
    asked = bob.note(type="Question", oneOf=options, endTime="2026-03-02T12:00:00Z", votersCount=4)
    post = await ingest.take(world.ctx, asked)
    (poll,) = await world.rows("select * from polls")
    assert (poll["options"], poll["tallies"], poll["voters_count"]) == (["Tea", "Coffee"], [3, 1], 4)
    assert poll["expires_at"] == datetime(2026, 3, 2, 12, tzinfo=UTC)
    options[0]["replies"] = {"type": "Collection", "totalItems": 9}
    assert not await ingest.revise(world.ctx, asked | {"oneOf": options, "votersCount": 10}, post)
    (poll,) = await world.rows("select * from polls")
    assert (poll["tallies"], poll["voters_count"]) == ([9, 1], 10)
    assert not await world.facts("PostRevised")


async def test_a_poll_may_never_end_or_be_over(world: World) -> None:
    bob = bob_of(world)
    options = [{"type": "Note", "name": "Tea"}, {"type": "Note", "name": "Coffee"}]
    await ingest.take(world.ctx, bob.note(type="Question", anyOf=options))
    await ingest.take(world.ctx, bob.note(type="Question", oneOf=options, closed="2026-02-01T00:00:00Z"))
    await world.settle()
    polls = await world.rows("select multiple, expires_at, closed_at is not null as closed from polls order by id")
    assert [(one["multiple"], one["expires_at"] is None, one["closed"]) for one in polls] == [
        (True, True, False),
        (False, False, True),
    ]


async def test_an_edit_is_kept_and_an_older_one_is_not(world: World) -> None:
    bob = bob_of(world)
    note = bob.note("<p>one</p>")
    post = await ingest.take(world.ctx, note)
    world.clock.advance(timedelta(hours=1))
    second = note | {"content": "<p>two</p>", "updated": "2026-03-01T12:30:00Z"}
    third = note | {"content": "<p>three</p>", "updated": "2026-03-01T12:40:00Z"}
    assert await ingest.revise(world.ctx, third, post)
    assert not await ingest.revise(world.ctx, second, post)
    assert not await ingest.revise(world.ctx, third, post)
    assert not await ingest.revise(world.ctx, note | {"content": "<p>no time</p>"}, post)
    found = await stored(world, post)
    assert (found.text, found.edited_at) == ("three", datetime(2026, 3, 1, 12, 40, tzinfo=UTC))
    assert len(await world.rows("select * from post_edits")) == 2


async def test_nobody_writes_for_somebody_else(world: World) -> None:
    bob, eve = bob_of(world), bob_of(world, "evil.example", "eve")
    ann = await person(world, "ann")
    with pytest.raises(Unreadable):
        await ingest.take(world.ctx, eve.note(attributedTo=bob.uri))
    with pytest.raises(Unreadable):
        await ingest.take(world.ctx, eve.note(attributedTo=actors.actor_uri(world.ctx.config, ann)))
    note = bob.note()
    post = await ingest.take(world.ctx, note)
    other = world.internet.server("beta.example").person("mallory")
    with pytest.raises(Unreadable, match="somebody else"):
        await ingest.revise(world.ctx, note | {"attributedTo": other.uri, "updated": "2026-03-01T12:00:00Z"}, post)


async def test_who_is_suspended_writes_nothing(world: World) -> None:
    bob = bob_of(world)
    account = await fetching.actor(world.ctx, bob.uri)
    assert account is not None
    async with world.ctx.db.transaction() as tx:
        await accounts.suspend(tx, account, tx.now)
    with pytest.raises(Refused):
        await ingest.take(world.ctx, bob.note())


async def test_what_cannot_be_had_is_not_there_and_what_may_come_later_says_so(world: World) -> None:
    bob = bob_of(world)
    assert await ingest.fetched(world.ctx, "https://beta.example/nothing") is None
    bob.server.serve("/busy", b"", status=503)
    with pytest.raises(Unreachable):
        await ingest.fetched(world.ctx, "https://beta.example/busy")
    assert await ingest.fetched(world.ctx, uri_of(world, AccountId(5), PostId(6))) is None


async def test_a_quote_waits_until_its_author_agrees(world: World) -> None:
    bob, cid = bob_of(world), bob_of(world, "gamma.example", "cid")
    quoted = cid.note("<p>wise words</p>")
    await ingest.take(world.ctx, bob.note(quoteUrl=quoted["id"]))
    await world.settle()
    stamp = "https://gamma.example/stamps/1"
    signed = bob.note(quote=quoted["id"], quoteAuthorization=stamp)
    consent = {
        "id": stamp,
        "type": "QuoteAuthorization",
        "attributedTo": cid.uri,
        "interactingObject": signed["id"],
        "interactionTarget": quoted["id"],
    }
    cid.server.serve(stamp, consent)
    await ingest.take(world.ctx, signed)
    stolen = bob.note(quote=quoted["id"], quoteAuthorization=stamp)
    await ingest.take(world.ctx, stolen)
    forged = bob.server.serve("/stamp", consent | {"id": "https://beta.example/stamp"})
    await ingest.take(world.ctx, bob.note(quote=quoted["id"], quoteAuthorization=forged))
    await ingest.take(world.ctx, cid.note(quote=quoted["id"]))
    states = await world.rows("select state from quotes order by id")
    assert [one["state"] for one in states] == [0, 1, 0, 0, 1]
