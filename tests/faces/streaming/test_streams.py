"""What is heard over the streams, by whom, and what never is."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from marula.domain import announcements, apps, users
from marula.faces.streaming import Streaming, socket
from marula.faces.streaming.streams import Stream
from tests.contract.shape import check
from tests.faces.api.caller import Crowd, crowd_in
from tests.faces.streaming.ears import Ear, Ears, ears_in
from tests.world import World


@pytest.fixture
async def crowd(world: World) -> AsyncIterator[Crowd]:
    async with crowd_in(world) as made:
        yield made


@pytest.fixture
async def ears(world: World) -> AsyncIterator[Ears]:
    async with ears_in(world) as made:
        yield made


async def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds, for two seconds."""
    for _ in range(400):
        if holds():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it never held")


def updates(ear: Ear, event: str = "update") -> list[tuple[str, str]]:
    """Stream and id of the posts that came."""
    return [(stream, payload["id"]) for stream, name, payload in ear.heard if name == event]


async def test_a_post_comes_to_those_in_whose_home_it_is(crowd: Crowd, ears: Ears) -> None:
    ann, ben, eve = await crowd.join("ann"), await crowd.join("ben"), await crowd.join("eve")
    await crowd.follow(ben, ann)
    heard = {caller: await ears.socket(caller.token, "user") for caller in (ann, ben, eve)}
    post = await ann.write("hello")
    await ears.settle()
    assert updates(heard[ann]) == updates(heard[ben]) == [("user", post["id"])]
    assert updates(heard[eve]) == []
    (status,) = [payload for _, _, payload in heard[ben].heard]
    assert check("Status", status) == []
    assert status == await ben.get(f"/api/v1/statuses/{post['id']}")


async def test_a_public_post_is_heard_in_the_public_streams_and_by_its_hashtags(crowd: Crowd, ears: Ears) -> None:
    ann, eve = await crowd.join("ann"), await crowd.join("eve")
    public = await ears.socket(eve.token, "public", "public:local", "public:remote")
    tagged = await ears.socket(eve.token, "hashtag", "hashtag:local", tag="Plum")
    post = await ann.write("#plum")
    other, reply = await ann.write("no tag"), await eve.write("@ann yes", in_reply_to_id=post["id"])
    await ann.write("quiet", visibility="unlisted")
    await ears.settle()
    assert updates(public) == [(name, one["id"]) for one in (post, other) for name in ("public", "public:local")]
    assert sorted(updates(tagged)) == [("hashtag:local:plum", post["id"]), ("hashtag:plum", post["id"])]
    assert reply["id"] not in str(public.heard)


@pytest.mark.parametrize("visibility", ["private", "direct"])
async def test_what_is_not_public_comes_to_nobody_else(crowd: Crowd, ears: Ears, visibility: str) -> None:
    ann, ben, eve = await crowd.join("ann"), await crowd.join("ben"), await crowd.join("eve")
    await crowd.follow(ben, ann)
    everything = ("user", "user:notification", "public", "public:local", "direct")
    stranger, friend = await ears.socket(eve.token, *everything), await ears.socket(ben.token, *everything)
    tagged = await ears.socket(eve.token, "hashtag", tag="plum")
    post = await ann.write("@ben #plum", visibility=visibility)
    await ears.settle()
    await ann.call("PUT", f"/api/v1/statuses/{post['id']}", json={"status": "@ben #plum again"})
    await ears.settle()
    await ann.call("DELETE", f"/api/v1/statuses/{post['id']}")
    await ears.settle()
    assert stranger.heard == tagged.heard == []
    assert ("user", post["id"]) in updates(friend)


async def test_blocks_and_mutes_hold_in_every_stream(crowd: Crowd, ears: Ears) -> None:
    ann = await crowd.join("ann")
    listeners: list[Ear] = []
    for name, what, who in (("ben", "block", "viewer"), ("cleo", "mute", "viewer"), ("dora", "block", "author")):
        other = await crowd.join(name)
        await crowd.follow(other, ann)
        if who == "viewer":
            await other.post(f"/api/v1/accounts/{ann.account}/{what}")
        else:
            await ann.post(f"/api/v1/accounts/{other.account}/{what}")
        listeners.append(await ears.socket(other.token, "user", "public", "public:local"))
    await ann.write("hello")
    await ears.settle()
    assert [ear.heard for ear in listeners] == [[], [], []]


async def test_edits_and_deletions_come_to_those_who_have_the_post(crowd: Crowd, ears: Ears) -> None:
    ann, ben, eve = await crowd.join("ann"), await crowd.join("ben"), await crowd.join("eve")
    await crowd.follow(ben, ann)
    post = await ann.write("hello", visibility="private")
    await ears.settle()
    friend, stranger = await ears.socket(ben.token, "user"), await ears.socket(eve.token, "user", "public")
    await ann.call("PUT", f"/api/v1/statuses/{post['id']}", json={"status": "goodbye"})
    await ears.settle()
    await ann.call("DELETE", f"/api/v1/statuses/{post['id']}")
    await ears.settle()
    assert [(event, payload if event == "delete" else payload["content"]) for _, event, payload in friend.heard] == [
        ("status.update", "<p>goodbye</p>"),
        ("delete", post["id"]),
    ]
    assert stranger.heard == []


async def test_a_list_hears_edits_and_deletions_of_what_is_in_it(crowd: Crowd, ears: Ears) -> None:
    ann, ben, eve = await crowd.join("ann"), await crowd.join("ben"), await crowd.join("eve")
    await crowd.follow(ben, ann)
    await crowd.follow(ben, eve)
    made = await ben.post("/api/v1/lists", {"title": "friends"})
    await ben.call("POST", f"/api/v1/lists/{made['id']}/accounts", json={"account_ids": [str(ann.account)]})
    ear = await ears.socket(ben.token, "list", list=made["id"])
    await ears.settle()
    post, other = await ann.write("hello"), await eve.write("not on the list")
    await ears.settle()
    for one in (post, other):
        await (ann if one is post else eve).call("PUT", f"/api/v1/statuses/{one['id']}", json={"status": "again"})
    await ears.settle()
    assert updates(ear, "status.update") == [(f"list:{made['id']}", post["id"])]
    await ann.call("DELETE", f"/api/v1/statuses/{post['id']}")
    await ears.settle()
    assert [(event, payload) for _, event, payload in ear.heard if event == "delete"] == [("delete", post["id"])]


async def test_a_deletion_comes_to_those_who_follow_a_hashtag_of_the_post(crowd: Crowd, ears: Ears) -> None:
    zed, ben, eve = await crowd.join("zed"), await crowd.join("ben"), await crowd.join("eve")
    await ben.post("/api/v1/tags/plum/follow")
    fan, other = await ears.socket(ben.token, "user"), await ears.socket(eve.token, "user")
    post = await zed.write("#plum")
    await ears.settle()
    await zed.call("DELETE", f"/api/v1/statuses/{post['id']}")
    await ears.settle()
    assert [event for _, event, _ in fan.heard] == ["update", "delete"]
    assert other.heard == []


async def test_with_a_post_its_boosts_are_deleted_everywhere(
    crowd: Crowd, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marula.domain.posts.actions.BOOSTS_TOLD", 1)
    zed, ann, cleo = await crowd.join("zed"), await crowd.join("ann"), await crowd.join("cleo")
    ben, eve = await crowd.join("ben"), await crowd.join("eve")
    await crowd.follow(ben, ann)
    post = await zed.write("hello")
    heard = {caller: await ears.socket(caller.token, "user") for caller in (ann, ben, cleo, eve)}
    boosts = {caller: await caller.post(f"/api/v1/statuses/{post['id']}/reblog") for caller in (ann, cleo)}
    await ears.settle()
    assert updates(heard[ben]) == [("user", boosts[ann]["id"])]
    await zed.call("DELETE", f"/api/v1/statuses/{post['id']}")
    await ears.settle()
    gone = {who: [told for _, event, told in ear.heard if event == "delete"] for who, ear in heard.items()}
    assert gone == {ann: [boosts[ann]["id"]], ben: [boosts[ann]["id"]], cleo: [boosts[cleo]["id"]], eve: []}


async def test_notifications_come_once_and_only_with_their_scope(crowd: Crowd, ears: Ears) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    async with crowd.world.ctx.db.transaction() as tx:
        user = await users.by_account(tx, ann.account) if ann.account else None
        assert user is not None
        narrow = await apps.personal_token(tx, user.id, app_name="narrow", scopes="read:statuses")
    whole, poor = await ears.socket(ann.token, "user", "user:notification"), await ears.socket(narrow.token, "user")
    post = await ann.write("hello")
    await ben.post(f"/api/v1/statuses/{post['id']}/favourite")
    await ears.settle()
    told = [(stream, payload) for stream, event, payload in whole.heard if event == "notification"]
    assert sorted(stream for stream, _ in told) == ["user", "user:notification"]
    assert check("Notification", told[0][1]) == []
    assert (told[0][1]["type"], told[0][1]["status"]["id"]) == ("favourite", post["id"])
    assert [event for _, event, _ in poor.heard] == ["update"]
    refused = await ears.socket(narrow.token, "user:notification")
    assert refused.errors == [(401, "Access token does not have the required scopes")]


async def test_a_list_streams_what_its_members_write(crowd: Crowd, ears: Ears) -> None:
    ann, ben, eve = await crowd.join("ann"), await crowd.join("ben"), await crowd.join("eve")
    await crowd.follow(ben, ann)
    made = await ben.post("/api/v1/lists", {"title": "friends"})
    await ben.call("POST", f"/api/v1/lists/{made['id']}/accounts", json={"account_ids": [str(ann.account)]})
    await ears.settle()
    own = await ears.socket(ben.token, "list", list=made["id"])
    foreign = await ears.socket(eve.token, "list", list=made["id"])
    await ears.settle()
    post = await ann.write("hello")
    await ears.settle()
    assert updates(own) == [(f"list:{made['id']}", post["id"])]
    assert (foreign.heard, foreign.errors) == ([], [(401, "Not authorized to stream this list")])


async def test_direct_threads_come_to_those_who_take_part(crowd: Crowd, ears: Ears) -> None:
    ann, ben, eve = await crowd.join("ann"), await crowd.join("ben"), await crowd.join("eve")
    listeners = {caller: await ears.socket(caller.token, "direct") for caller in (ann, ben, eve)}
    post = await ann.write("@ben between us", visibility="direct")
    await ears.settle()
    (stream, event, payload) = listeners[ben].heard[0]
    assert (stream, event, payload["last_status"]["id"]) == ("direct", "conversation", post["id"])
    assert check("Conversation", payload) == []
    assert listeners[eve].heard == []


async def test_several_streams_share_a_socket_and_one_can_be_left(crowd: Crowd, ears: Ears) -> None:
    ann = await crowd.join("ann")
    ear = await ears.socket(ann.token, "user", "public")
    await ann.write("one")
    await ears.settle()
    ear.say(type="unsubscribe", stream="public")
    await ears.quiet()
    await ann.write("two")
    await ears.settle()
    assert [stream for stream, _ in updates(ear)] == ["user", "public", "user"] or [
        stream for stream, _ in updates(ear)
    ] == ["public", "user", "user"]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"stream": "nothing"}, (400, "Unknown stream type")),
        ({"stream": "hashtag"}, (400, "Missing tag name parameter")),
        ({"stream": "list"}, (400, "Missing list name parameter")),
        ({"stream": "list", "list": "x"}, (400, "Missing list name parameter")),
        ({"stream": "list", "list": "7"}, (401, "Not authorized to stream this list")),
    ],
)
async def test_what_cannot_be_streamed_is_refused_in_words(
    crowd: Crowd, ears: Ears, said: dict[str, str], error: tuple[int, str]
) -> None:
    ann = await crowd.join("ann")
    ear = await ears.socket(ann.token)
    ear.say(type="subscribe", **said)
    ear.say(type="subscribe", stream=["user"])
    ear.say(type="dance")
    await ears.quiet()
    assert ear.errors[0] == error
    assert ear.closed is None


async def test_nonsense_is_ignored(crowd: Crowd, ears: Ears) -> None:
    ann = await crowd.join("ann")
    ear = await ears.socket(ann.token, "user")
    for text in ("", "[]", "3", "x" * 10_000, "{"):
        ear.said.put_nowait({"type": "websocket.receive", "text": text})
    ear.said.put_nowait({"type": "websocket.receive", "bytes": b"\x00"})
    await ann.write("hello")
    await ears.settle()
    assert len(updates(ear)) == 1


async def test_the_token_comes_in_three_ways(crowd: Crowd, ears: Ears) -> None:
    ann = await crowd.join("ann")
    token: Any = ann.token
    by_query = await ears.socket(None, query={"access_token": token, "stream": "user"})
    by_protocol = await ears.socket(None, "user", subprotocols=[token])
    await ann.write("hello")
    await ears.settle()
    assert len(updates(by_query)) == len(updates(by_protocol)) == 1
    accepted = next(one for one in by_protocol.got if one["type"] == "websocket.accept")
    assert accepted["subprotocol"] == token


async def test_without_a_good_token_nobody_listens(crowd: Crowd, ears: Ears) -> None:
    await crowd.join("ann")
    missing, wrong = await ears.socket(None), await ears.socket("wrong")
    assert (missing.status, wrong.status) == (401, 401)
    assert b"Missing access token" in missing.got[-1]["body"]
    assert b"Invalid access token" in wrong.got[-1]["body"]
    assert (await ears.events("wrong", "/api/v1/streaming/user")).status == 401


async def test_a_revoked_token_ends_its_streams_at_once(crowd: Crowd, ears: Ears) -> None:
    ann = await crowd.join("ann")
    socket, events = await ears.socket(ann.token, "user"), await ears.events(ann.token, "/api/v1/streaming/user")
    async with crowd.world.ctx.db.transaction() as tx:
        await apps.withdraw(tx, ann.token or "")
    await ears.settle()
    assert socket.closed == 1000
    assert events.got[-1] == {"type": "http.response.body", "body": b""}
    assert ears.streaming.hub.outlets == set()


async def test_a_token_that_is_revoked_while_its_socket_is_accepted_hears_nothing(
    crowd: Crowd, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await crowd.join("ann")
    send = Ear.send

    async def revoking(ear: Ear, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.accept":
            async with crowd.world.ctx.db.transaction() as tx:
                await apps.withdraw(tx, ann.token or "")
            await asyncio.sleep(0.1)
        await send(ear, message)

    monkeypatch.setattr(Ear, "send", revoking)
    ear = await ears.socket(ann.token, "user")
    await eventually(lambda: ear.closed == 1000 and not ears.streaming.hub.outlets)
    assert ear.heard == []


async def test_a_token_that_is_revoked_while_it_is_judged_is_refused(
    crowd: Crowd, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await crowd.join("ann")
    caller = apps.caller
    judged: list[bool] = []

    async def slowly(ctx: Any, token: str) -> Any:
        bearer = await caller(ctx, token)
        judged.append(bearer is not None and bearer.valid(ctx.clock.now()))
        if len(judged) == 1:
            async with crowd.world.ctx.db.transaction() as tx:
                await apps.withdraw(tx, token)
            await asyncio.sleep(0.1)
        return bearer

    monkeypatch.setattr(apps, "caller", slowly)
    ear = await ears.socket(ann.token, "user")
    await eventually(lambda: ear.status == 401)
    assert judged == [True, False]
    assert ears.streaming.hub.outlets == set()


async def test_a_revocation_does_not_wait_for_what_is_still_to_be_told(
    crowd: Crowd, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    ear = await ears.socket(ann.token, "public:local")
    busy = asyncio.Event()

    async def hold(payload: str) -> None:
        busy.set()
        await asyncio.sleep(3600)

    monkeypatch.setitem(ears.streaming.telling._happenings, "PostPublished", hold)  # pyright: ignore[reportPrivateUsage]
    await ben.write("hello")
    await asyncio.wait_for(busy.wait(), 5)
    async with crowd.world.ctx.db.transaction() as tx:
        await apps.withdraw(tx, ann.token or "")
    await eventually(lambda: ear.closed == 1000)


async def test_a_slow_reader_is_cut_off_and_slows_nobody(
    crowd: Crowd, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marula.faces.streaming.outlet.MOST_WAITING", 2)
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    await crowd.follow(ben, ann)
    slow, quick = await ears.socket(ben.token, "user"), await ears.socket(ben.token, "user")
    slow.stuck = True
    for count in range(6):
        await ann.write(f"post {count}")
        await ears.settle()
    assert len(updates(quick)) == 6
    assert len(ears.streaming.hub.of_account(ben.account)) == 2  # pyright: ignore[reportArgumentType]
    assert [outlet.closed for outlet in ears.streaming.hub.of_account(ben.account)].count(True) == 1  # pyright: ignore[reportArgumentType]


async def test_who_reads_nothing_at_all_is_let_go(crowd: Crowd, ears: Ears, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marula.faces.streaming.socket.SLOW", 0.01)
    ann = await crowd.join("ann")
    ear = await ears.socket(ann.token, "user")
    ear.stuck = True
    await ann.write("hello")
    await ears.settle()
    await asyncio.sleep(0.1)
    assert ears.streaming.hub.outlets == set()


async def test_a_message_is_written_once_for_all_who_see_the_same(
    crowd: Crowd, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[str, str]] = []

    def write(stream: Stream, event: str, data: bytes | None) -> bytes:
        written.append((stream.name, event))
        return socket.write(stream, event, data)

    ann = await crowd.join("ann")
    listeners: list[Ear] = []
    for name in ("ben", "cleo", "dora"):
        other = await crowd.join(name)
        await crowd.follow(other, ann)
        listeners.append(await ears.socket(other.token, "user", "public:local"))
    for outlet in ears.streaming.hub.outlets:
        monkeypatch.setattr(outlet, "write", write)
    post = await ann.write("hello")
    await ears.settle()
    assert [sorted(updates(ear)) for ear in listeners] == [[("public:local", post["id"]), ("user", post["id"])]] * 3
    assert sorted(written) == [("public:local", "update"), ("user", "update")]


async def test_lost_messages_send_everybody_away_to_come_back(crowd: Crowd, ears: Ears) -> None:
    ann = await crowd.join("ann")
    ear = await ears.socket(ann.token, "user")
    ears.streaming.hub.send_away()
    await ears.quiet()
    assert ear.closed == 1012


async def test_a_process_that_ends_sends_everybody_away(world: World, crowd: Crowd) -> None:
    ann, stopping = await crowd.join("ann"), asyncio.Event()
    ears = Ears(world, Streaming(world.ctx, stopping))
    socket, events = await ears.socket(ann.token, "user"), await ears.events(ann.token, "/api/v1/streaming/user")
    stopping.set()
    await eventually(lambda: socket.closed == 1012 and events.got[-1] == {"type": "http.response.body", "body": b""})
    late = await ears.socket(ann.token, "user")
    await eventually(lambda: late.closed == 1012)
    await ears.end()


async def test_events_are_text_with_a_comment_first(crowd: Crowd, ears: Ears) -> None:
    ann = await crowd.join("ann")
    ear = await ears.events(ann.token, "/api/v1/streaming/public/local")
    tagged = await ears.events(ann.token, "/api/v1/streaming/hashtag", tag="plum")
    bare = await ears.events(ann.token, "/api/v1/streaming/hashtag")
    post = await ann.write("#plum\nand bread")
    await ears.settle()
    assert ear.text.startswith(":)\n")
    assert ear.text.count("event: update\ndata: {") == tagged.text.count("event: update\ndata: {") == 1
    assert ear.text.endswith("}\n\n")
    assert f'"id":"{post["id"]}"' in ear.text
    assert (bare.status, "Missing tag name parameter" in bare.text) == (400, True)


async def test_a_quiet_stream_shows_that_it_lives(crowd: Crowd, ears: Ears, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marula.faces.streaming.server_sent.THUMP", 0.01)
    ann = await crowd.join("ann")
    ear = await ears.events(ann.token, "/api/v1/streaming/user")
    await ears.quiet()
    assert ":thump\n" in ear.text


async def test_announcements_come_to_everybody(world: World, crowd: Crowd, ears: Ears) -> None:
    ann = await crowd.join("ann")
    ear = await ears.socket(ann.token, "user")
    async with world.ctx.db.transaction() as tx:
        made = await announcements.create(tx, announcements.Draft(text="We move tonight"))
        await announcements.publish(tx, made)
    await ears.settle()
    await ann.call("PUT", f"/api/v1/announcements/{made}/reactions/🎉")
    await ears.settle()
    heard = {event: payload for _, event, payload in ear.heard}
    assert list(heard) == ["announcement", "announcement.reaction"]
    assert check("Announcement", heard["announcement"]) == []
    assert heard["announcement.reaction"] == {"name": "🎉", "count": 1, "announcement_id": str(made)}


async def test_what_streams_send_is_what_a_fresh_look_shows(crowd: Crowd, ears: Ears) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    await crowd.follow(ben, ann)
    ear = await ears.socket(ben.token, "user")
    first = await ann.write("one")
    second = await ann.write("two")
    await ann.post(f"/api/v1/statuses/{first['id']}/reblog")
    await ears.settle()
    await ann.call("PUT", f"/api/v1/statuses/{second['id']}", json={"status": "two and a half"})
    await ears.settle()
    await ann.call("DELETE", f"/api/v1/statuses/{first['id']}")
    await ears.settle()
    held: dict[str, Any] = {}
    for _, event, payload in ear.heard:
        if event == "delete":
            held = {
                one: status for one, status in held.items() if payload not in (one, (status["reblog"] or {}).get("id"))
            }
        elif event in ("update", "status.update"):
            held[payload["id"]] = payload
    fresh = await ben.get("/api/v1/timelines/home")
    assert {one: status["content"] for one, status in held.items()} == {one["id"]: one["content"] for one in fresh}


async def test_health_needs_no_token(ears: Ears) -> None:
    assert (await ears.events(None, "/api/v1/streaming/health")).text == "OK"


async def test_programs_hear_when_what_was_held_back_is_merged(crowd: Crowd, ears: Ears) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    await ann.call("PATCH", "/api/v2/notifications/policy", json={"for_not_following": "filter"})
    heard = {name: await ears.socket(ann.token, name) for name in ("user", "user:notification", "public:local")}
    await ben.write("@ann hello", visibility="unlisted")
    await ears.settle()
    assert [ear.heard for ear in heard.values()] == [[], [], []]
    [request] = await ann.get("/api/v1/notifications/requests")
    await ann.post(f"/api/v1/notifications/requests/{request['id']}/accept")
    await ears.settle()
    assert [[event for _, event, _ in ear.heard] for ear in heard.values()] == [
        ["notifications_merged"],
        ["notifications_merged"],
        [],
    ]
