"""Create: what people of other servers write becomes posts here, once, as it is meant, for whom it is meant."""

import zlib
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from marula.faces.activitypub.inbox import IntakeWorker
from tests.faces.activitypub.inbox.sending import Sending, uri
from tests.faces.activitypub.ingest.following import follow, home
from tests.faces.api.caller import Crowd
from tests.peer import PUBLIC, Somebody
from tests.world import World


async def test_who_follows_the_author_reads_it_as_it_is_meant(world: World, crowd: Crowd, sending: Sending) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    author = await follow(sending, ann, bob)
    said = bob.note(
        "<p>Green <b>tea</b><script>x</script></p>",
        serve=False,
        summary="Drinks",
        contentMap={"de": "<p>Green <b>tea</b><script>x</script></p>"},
        tag={"type": "Hashtag", "name": "#Tea", "href": "https://beta.example/tags/tea"},
        url="https://beta.example/@bob/1",
    )
    assert await sending.tell(bob, bob.activity("Create", said)) == ("accepted", None)
    (shown,) = await home(ann)
    assert (shown["account"]["id"], shown["content"], shown["spoiler_text"]) == (
        author,
        "<p>Green <b>tea</b></p>",
        "Drinks",
    )
    assert (shown["uri"], shown["url"], shown["visibility"]) == (said["id"], "https://beta.example/@bob/1", "public")
    assert (shown["language"], shown["sensitive"], [tag["name"] for tag in shown["tags"]]) == ("de", True, ["tea"])
    assert shown["created_at"] == "2026-03-01T11:59:00.000Z"
    (kept,) = await world.rows("select document from post_documents")
    assert msgspec.json.decode(zlib.decompress(kept["document"])) == said


async def test_what_concerns_nobody_here_is_not_kept(world: World, crowd: Crowd, sending: Sending) -> None:
    await crowd.join("ann")
    bob = world.internet.server("beta.example").person("bob")
    assert await sending.tell(bob, bob.activity("Create", bob.note())) == ("ignored", "it concerns nobody here")
    assert await world.rows("select from posts") == []


async def test_the_same_post_through_several_doors_is_one(world: World, crowd: Crowd, sending: Sending) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    said = bob.note()
    await sending.tell(bob, bob.activity("Create", said), bob.activity("Create", said["id"]))
    await ann.get("/api/v2/search", params={"q": said["id"], "resolve": "true"})
    assert len(await home(ann)) == 1
    assert len(await world.rows("select from posts")) == 1


async def test_who_is_named_is_told(world: World, crowd: Crowd, sending: Sending) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    mention = {"type": "Mention", "href": uri(ann), "name": "@ann@marula.example"}
    said = bob.note(cc=[uri(ann)], tag=[mention])
    assert await sending.tell(bob, bob.activity("Create", said)) == ("accepted", None)
    (told,) = await ann.get("/api/v1/notifications")
    assert (told["type"], told["status"]["visibility"]) == ("mention", "public")
    assert [one["id"] for one in told["status"]["mentions"]] == [str(ann.account)]


async def test_who_is_only_addressed_may_read_it_and_is_not_told(world: World, crowd: Crowd, sending: Sending) -> None:
    ann, cat = await crowd.join("ann"), await crowd.join("cat")
    bob = world.internet.server("beta.example").person("bob")
    assert await sending.tell(bob, bob.activity("Create", bob.note(to=[uri(ann)], cc=[]))) == ("accepted", None)
    (row,) = await world.rows("select id from posts")
    assert (await ann.get(f"/api/v1/statuses/{row['id']}"))["mentions"] == []
    await cat.get(f"/api/v1/statuses/{row['id']}", expect=404)
    assert await ann.get("/api/v1/notifications") == []


@pytest.mark.parametrize(
    ("to", "cc", "visibility"),
    [
        (["as:Public"], [], "public"),
        ("{followers}", "Public", "unlisted"),
        ("{followers}", [], "private"),
        ([], ["{followers}"], "private"),
    ],
)
async def test_it_reaches_as_far_as_it_says(
    world: World, crowd: Crowd, sending: Sending, to: Any, cc: Any, visibility: str
) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)

    def meant(value: Any) -> Any:
        if isinstance(value, list):
            return [meant(one) for one in value]
        return value.replace("{followers}", f"{bob.uri}/followers")

    assert await sending.tell(bob, bob.activity("Create", bob.note(to=meant(to), cc=meant(cc)))) == ("accepted", None)
    assert [one["visibility"] for one in await home(ann)] == [visibility]


async def test_unknown_people_whom_it_names_are_found_when_their_server_answers(
    world: World, crowd: Crowd, sending: Sending
) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    eve = world.internet.server("gamma.example").person("eve")
    said = bob.note(tag=[{"type": "Mention", "href": eve.uri, "name": "@eve@gamma.example"}])
    assert await sending.tell(bob, bob.activity("Create", said)) == ("accepted", None)
    (shown,) = await home(ann)
    assert [one["acct"] for one in shown["mentions"]] == ["eve@gamma.example"]


async def test_an_answer_that_comes_before_what_it_answers_is_joined_to_it(
    world: World, crowd: Crowd, sending: Sending
) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    first, second, third = bob.note("<p>1</p>", serve=False), bob.note("<p>2</p>", serve=False), bob.note("<p>3</p>")
    second["inReplyTo"], third["inReplyTo"] = first["id"], second["id"]
    await sending.tell(*(bob, bob.activity("Create", third), bob.activity("Create", second)))
    await sending.tell(bob, bob.activity("Create", first))
    rows = {row["uri"]: row for row in await world.rows("select * from posts")}
    assert rows[third["id"]]["in_reply_to_id"] == rows[second["id"]]["id"]
    assert rows[second["id"]]["in_reply_to_id"] == rows[first["id"]]["id"]
    assert len({row["conversation_id"] for row in rows.values()}) == 1
    thread = await ann.get(f"/api/v1/statuses/{rows[first['id']]['id']}/context")
    assert [one["content"] for one in thread["descendants"]] == ["<p>2</p>", "<p>3</p>"]
    counts = await world.rows("select replies_count from post_stats join posts on id = post_id order by uri")
    assert [row["replies_count"] for row in counts] == [1, 1, 0]


async def test_what_it_answers_is_fetched_up_to_the_beginning(world: World, crowd: Crowd, sending: Sending) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    eve = world.internet.server("gamma.example").person("eve")
    first = eve.note("<p>1</p>", published="2020-01-01T00:00:00Z")
    second = eve.note("<p>2</p>", inReplyTo=first["id"], published="2020-01-02T00:00:00Z")
    said = bob.note("<p>3</p>", inReplyTo=second["id"])
    await sending.tell(bob, bob.activity("Create", said))
    (shown,) = await world.rows("select id from posts where uri = $1", said["id"])
    thread = await ann.get(f"/api/v1/statuses/{shown['id']}/context")
    assert [one["content"] for one in thread["ancestors"]] == ["<p>1</p>", "<p>2</p>"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"attributedTo": "https://beta.example/users/mallory"}, "the post is by somebody else than who sends it"),
        ({"id": "https://gamma.example/1"}, "its object is of another server"),
        ({"id": None}, "its object has no id"),
        ({"type": "Wonder"}, "Wonder is no post"),
    ],
)
async def test_nobody_writes_in_the_name_of_others(
    world: World, crowd: Crowd, sending: Sending, change: dict[str, Any], why: str
) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    said = bob.note(serve=False) | change
    assert (await sending.tell(bob, bob.activity("Create", said)))[1] == why
    assert await world.rows("select from posts") == []


async def test_what_was_taken_back_before_it_came_is_not_written(world: World, crowd: Crowd, sending: Sending) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    said = bob.note()
    told = await sending.tell(bob, bob.activity("Delete", said["id"]), bob.activity("Create", said))
    assert told == ("ignored", "it was taken back before it came")
    assert await world.rows("select from posts") == []


async def test_votes_are_counted_and_are_no_posts(world: World, crowd: Crowd, sending: Sending) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    poll = {"options": ["tea", "coffee", "milk"], "expires_in": 3600, "multiple": True}
    asked = await ann.write("Which?", poll=poll)
    await world.settle()

    def vote(name: str) -> dict[str, Any]:
        return {"id": f"{bob.uri}#{name}", "type": "Note", "attributedTo": bob.uri, "inReplyTo": asked["uri"],
                "name": name, "to": uri(ann)}  # fmt: skip

    await sending.tell(bob, bob.activity("Create", vote("tea")), bob.activity("Create", vote("tea")))
    assert await sending.tell(bob, bob.activity("Create", [vote("coffee"), vote("milk")])) == ("accepted", None)
    shown = (await ann.get(f"/api/v1/statuses/{asked['id']}"))["poll"]
    assert [one["votes_count"] for one in shown["options"]] == [1, 1, 1]
    assert (shown["votes_count"], shown["voters_count"]) == (3, 1)
    assert len(await world.rows("select from posts")) == 1


async def test_of_a_choice_of_one_only_the_first_counts(world: World, crowd: Crowd, sending: Sending) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    asked = await ann.write("Which?", poll={"options": ["tea", "coffee"], "expires_in": 3600})
    said = {"type": "Note", "attributedTo": bob.uri, "inReplyTo": asked["uri"], "to": uri(ann)}
    votes = [bob.activity("Create", said | {"id": f"{bob.uri}#{name}", "name": name}) for name in ("tea", "coffee")]
    assert await sending.tell(bob, *votes) == ("ignored", "its votes do not count")
    shown = (await ann.get(f"/api/v1/statuses/{asked['id']}"))["poll"]
    assert [one["votes_count"] for one in shown["options"]] == [1, 0]


async def test_a_question_is_shown_with_its_counts(world: World, crowd: Crowd, sending: Sending) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    options = [{"type": "Note", "name": name, "replies": {"totalItems": n}} for name, n in (("tea", 2), ("milk", 3))]
    said = bob.note(type="Question", oneOf=options, endTime="2026-03-02T12:00:00Z", votersCount=5)
    await sending.tell(bob, bob.activity("Create", said))
    (shown,) = await home(ann)
    poll = shown["poll"]
    assert [(one["title"], one["votes_count"]) for one in poll["options"]] == [("tea", 2), ("milk", 3)]
    assert (poll["expired"], poll["voters_count"], poll["multiple"]) == (False, 5, False)


async def test_an_old_post_that_was_only_fetched_is_no_news(world: World, crowd: Crowd, sending: Sending) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    old = bob.note(published="2020-01-01T00:00:00Z", to=[PUBLIC])
    found = await ann.get("/api/v2/search", params={"q": old["id"], "resolve": "true"})
    assert [one["uri"] for one in found["statuses"]] == [old["id"]]
    await world.settle()
    assert await home(ann) == []


@pytest.fixture
def slow(world: World) -> Somebody:
    """Somebody whose server gives nothing for now."""
    return world.internet.server("gamma.example").person("eve")


async def test_nobody_waits_for_what_it_answers(world: World, crowd: Crowd, sending: Sending, slow: Somebody) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    first = slow.note("<p>1</p>")
    await sending.post(bob, bob.activity("Create", bob.note("<p>2</p>", inReplyTo=first["id"])))
    await IntakeWorker(world.ctx).run_due()
    assert (await sending.outcomes())[-1] == ("accepted", None)
    assert [one.url for one in world.internet.requests if slow.server.host in one.url] == []
    await world.settle()
    assert len(await world.rows("select from posts where in_reply_to_id is not null")) == 1


async def test_nobody_waits_for_what_it_quotes_or_for_whom_it_names(
    world: World, crowd: Crowd, sending: Sending, slow: Somebody
) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    quoted = slow.note("<p>1</p>")
    slow.server.serve(quoted["id"], b"", status=503)
    mention = {"type": "Mention", "href": slow.uri, "name": "@eve@gamma.example"}
    said = bob.note("<p>2</p>", quoteUrl=quoted["id"], tag=[mention])
    await sending.post(bob, bob.activity("Create", said))
    await IntakeWorker(world.ctx).run_due()
    assert [one.url for one in world.internet.requests if slow.server.host in one.url] == []
    await world.settle()
    (shown,) = await home(ann)
    assert ([one["acct"] for one in shown["mentions"]], shown["quote"]) == (["eve@gamma.example"], None)
    slow.server.serve(quoted["id"], quoted)
    world.ctx.http.troubles = type(world.ctx.http.troubles)(seconds=1, most=10)
    world.clock.advance(timedelta(minutes=3))
    await world.settle()
    (shown,) = await home(ann)
    assert shown["quote"]["state"] == "pending"
    assert len(await world.rows("select from quotes")) == 1


async def test_an_answer_is_in_the_feed_as_soon_as_it_is_known_whom_it_answers(
    world: World, crowd: Crowd, sending: Sending, slow: Somebody
) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    cat = await crowd.join("cat")
    for who, whom in ((ann, bob), (ann, slow), (cat, bob)):
        await follow(sending, who, whom)
    first = slow.note("<p>1</p>")
    slow.server.serve(first["id"], b"", status=503)
    said = bob.note("<p>2</p>", inReplyTo=first["id"])
    assert await sending.tell(bob, bob.activity("Create", said)) == ("accepted", None)
    assert [one["uri"] for one in await home(ann)] == []
    await sending.tell(slow, slow.activity("Create", first))
    assert {one["uri"] for one in await home(ann)} == {first["id"], said["id"]}
    assert await home(cat) == []


async def test_who_watches_the_author_hears_of_a_thread_with_themselves_that_comes_backwards(
    world: World, crowd: Crowd, sending: Sending
) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    account = await follow(sending, ann, bob)
    await ann.post(f"/api/v1/accounts/{account}/follow", json={"notify": True})
    first = bob.note("<p>1</p>")
    said = bob.note("<p>2</p>", inReplyTo=first["id"])
    await sending.tell(bob, bob.activity("Create", said))
    told = await ann.get("/api/v1/notifications")
    assert {(one["type"], one["status"]["uri"]) for one in told} == {("status", first["id"]), ("status", said["id"])}


async def test_an_old_answer_whose_parent_comes_late_is_no_news(
    world: World, crowd: Crowd, sending: Sending, slow: Somebody
) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    for whom in (bob, slow):
        await follow(sending, ann, whom)
    first = slow.note("<p>1</p>")
    slow.server.serve(first["id"], b"", status=404)
    old = bob.note("<p>2</p>", inReplyTo=first["id"], published="2020-01-01T00:00:00Z")
    await ann.get("/api/v2/search", params={"q": old["id"], "resolve": "true"})
    await sending.tell(slow, slow.activity("Create", first))
    assert [one["uri"] for one in await home(ann)] == [first["id"]]
    assert len(await world.rows("select from posts where in_reply_to_id is not null")) == 1


async def test_what_it_answers_is_asked_for_again_when_its_server_did_not_answer(
    world: World, crowd: Crowd, sending: Sending
) -> None:
    ann, bob = await crowd.join("ann"), world.internet.server("beta.example").person("bob")
    await follow(sending, ann, bob)
    eve = world.internet.server("gamma.example").person("eve")
    first = eve.note("<p>1</p>")
    eve.server.serve(first["id"], b"", status=503)
    said = bob.note("<p>2</p>", inReplyTo=first["id"])
    assert await sending.tell(bob, bob.activity("Create", said)) == ("accepted", None)
    eve.server.serve(first["id"], first)
    world.ctx.http.troubles = type(world.ctx.http.troubles)(seconds=1, most=10)
    world.clock.advance(timedelta(minutes=3))
    await world.settle()
    (answer,) = await world.rows("select id, in_reply_to_id, answers_uri from posts where uri = $1", said["id"])
    (parent,) = await world.rows("select id from posts where uri = $1", first["id"])
    assert (answer["in_reply_to_id"], answer["answers_uri"]) == (parent["id"], None)
