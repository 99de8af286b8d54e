"""Deliveries, from what is owed to the inboxes of other servers."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from marula.base.crypto.keys import public_key
from marula.base.crypto.signatures import Message, claims
from marula.base.kernel.errors import Unreachable
from marula.base.kernel.ids import AccountId
from marula.base.net import Answer
from marula.domain import actors, boundaries, deliveries, servers
from marula.domain.deliveries import HOLDS_UP, TRIES, Parcel
from marula.faces.activitypub.delivery import Courier
from marula.faces.activitypub.delivery.answers import LONGEST_WAIT, judged
from marula.faces.activitypub.delivery.hosts import Hosts
from marula.main.web import make_app
from tests.domain.users.people import person
from tests.peer import Sent, Serve, Server
from tests.world import World

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
async def ann(world: World) -> AccountId:
    """A local person."""
    return (await person(world, "ann")).account_id


@pytest.fixture
def beta(world: World) -> Server:
    """Another server."""
    return world.internet.server("beta.example")


async def owe(
    world: World, sender: AccountId, number: int, *inboxes: str, kind: str = "Create", subject: str | None = None
) -> str:
    """Owe an activity to inboxes; gives its id."""
    uri = f"https://marula.example/activities/{number}"
    body = b'{"id":"%s","type":"%s"}' % (uri.encode(), kind.encode())
    async with world.ctx.db.transaction() as tx:
        await deliveries.owe(tx, Parcel(sender=sender, uri=uri, kind=kind, body=body, subject=subject), inboxes)
    return uri


def saying(*statuses: int, headers: dict[str, str] | None = None) -> Serve:
    """An inbox that gives one answer after the other, the last one for ever."""
    left = list(statuses)

    def serve(sent: Sent) -> Answer:
        status = left.pop(0) if len(left) > 1 else left[0]
        return Answer(status=status, headers=headers or {}, body=b"", url=sent.url)

    return serve


def silent(sent: Sent) -> Answer:
    raise Unreachable("beta.example does not answer in time")


async def ledger(world: World) -> list[tuple[str, str | None]]:
    """The state of everything owed, and why, in order."""
    return [(row["state"], row["why"]) for row in await world.rows("select state, why from deliveries order by id")]


async def wait(world: World) -> timedelta:
    """How long the only line rests."""
    [row] = await world.rows("select due_at from delivery_lines")
    return row["due_at"] - world.clock.now()


def numbers(server: Server) -> list[int]:
    return [int(one["id"].rpartition("/")[2]) for one in server.received()]


async def test_what_is_owed_arrives_signed_by_its_sender(world: World, ann: AccountId, beta: Server) -> None:
    await owe(world, ann, 1, beta.inbox)
    await world.deliver()
    assert numbers(beta) == [1]
    [sent] = world.internet.requests
    assert sent.headers["content-type"] == "application/activity+json"
    [claim] = claims(Message(method="POST", url=sent.url, headers=sent.headers, body=sent.body), world.clock.now())
    key = public_key((await actors.own_key(world.ctx, ann)).public)
    assert key is not None
    assert claim.proven_by(key)
    [row] = await world.rows("select state, status, tried_at, attempts from deliveries")
    assert dict(row) == {"state": "delivered", "status": 202, "tried_at": world.clock.now(), "attempts": 1}


async def test_what_was_delivered_is_not_sent_again(world: World, ann: AccountId, beta: Server) -> None:
    for _ in range(2):
        await owe(world, ann, 1, beta.inbox)
        await world.deliver()
    assert numbers(beta) == [1]


async def test_what_one_person_says_arrives_in_order(world: World, ann: AccountId, beta: Server) -> None:
    for number in range(1, 46):
        await owe(world, ann, number, beta.inbox)
    await world.deliver()
    assert numbers(beta) == list(range(1, 46))


async def test_nothing_overtakes_what_is_to_be_tried_again(world: World, ann: AccountId, beta: Server) -> None:
    beta.on("POST", "/inbox", saying(500, 202))
    await owe(world, ann, 1, beta.inbox)
    await owe(world, ann, 2, beta.inbox, kind="Delete")
    await world.deliver()
    assert numbers(beta) == [1]
    assert [state for state, _ in await ledger(world)] == ["waiting", "waiting"]
    world.clock.advance(timedelta(seconds=30))
    await world.deliver()
    assert numbers(beta) == [1, 1, 2]
    assert [state for state, _ in await ledger(world)] == ["delivered", "delivered"]


async def test_what_is_given_up_holds_nothing_up(world: World, ann: AccountId, beta: Server) -> None:
    beta.on("POST", "/inbox", saying(404, 202))
    await owe(world, ann, 1, beta.inbox)
    await owe(world, ann, 2, beta.inbox)
    await world.deliver()
    assert await ledger(world) == [("given_up", "the server has no inbox there (404)"), ("delivered", None)]


async def test_one_server_does_not_wait_for_another(world: World, ann: AccountId, beta: Server) -> None:
    gamma = world.internet.server("gamma.example")
    beta.on("POST", "/inbox", silent)
    await owe(world, ann, 1, beta.inbox, gamma.inbox)
    await world.deliver()
    assert await ledger(world) == [("waiting", "beta.example does not answer in time"), ("delivered", None)]


async def test_several_inboxes_of_a_server_get_the_same_side_by_side(
    world: World, ann: AccountId, beta: Server
) -> None:
    inboxes = [f"https://beta.example/users/u{number}/inbox" for number in range(12)]
    await owe(world, ann, 1, *inboxes)
    await owe(world, ann, 2, inboxes[0])
    await world.deliver()
    assert numbers(beta) == [1] * 12 + [2]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 413, 418, 422, 451, 501])
async def test_a_refusal_is_final(world: World, ann: AccountId, beta: Server, status: int) -> None:
    beta.on("POST", "/inbox", saying(status))
    await owe(world, ann, 1, beta.inbox)
    await world.deliver()
    [(state, why)] = await ledger(world)
    assert state == "given_up"
    assert why is not None
    assert why.endswith(f"({status})")


@pytest.mark.parametrize("status", [302, 401, 408, 429, 500, 502, 503, 504, 520])
async def test_what_may_pass_is_tried_again_after_a_pause(
    world: World, ann: AccountId, beta: Server, status: int
) -> None:
    beta.on("POST", "/inbox", saying(status))
    await owe(world, ann, 1, beta.inbox)
    await world.deliver()
    assert [state for state, _ in await ledger(world)] == ["waiting"]
    assert timedelta(seconds=16) <= await wait(world) <= timedelta(seconds=17)


async def test_pauses_do_not_grow_while_something_arrives(world: World, ann: AccountId, beta: Server) -> None:
    beta.on("POST", "/inbox", saying(*(202, 503) * 6, 202))
    for number in range(7):
        await owe(world, ann, number, beta.inbox)
    for _ in range(6):
        await world.deliver()
        assert await wait(world) <= timedelta(seconds=17)
        world.clock.advance(await wait(world))
    await world.deliver()
    assert [state for state, _ in await ledger(world)] == ["delivered"] * 7


async def test_after_many_tries_a_delivery_is_given_up(world: World, ann: AccountId, beta: Server) -> None:
    beta.on("POST", "/inbox", saying(500))
    await owe(world, ann, 1, beta.inbox)
    begin = world.clock.now()
    for _ in range(TRIES):
        await world.deliver()
        if (await ledger(world))[0][0] == "waiting":
            world.clock.advance(await wait(world))
    assert numbers(beta) == [1] * TRIES
    assert timedelta(days=2) < world.clock.now() - begin < timedelta(days=3)
    assert await ledger(world) == [("given_up", f"tried {TRIES} times; the server failed inside (500)")]


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_says_when_is_asked_again_then(
    world: World, ann: AccountId, beta: Server, status: int
) -> None:
    beta.on("POST", "/inbox", saying(status, headers={"retry-after": "600"}))
    await owe(world, ann, 1, beta.inbox)
    await world.deliver()
    assert await wait(world) == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("0", timedelta()),
        ("120", timedelta(minutes=2)),
        (" 120 ", timedelta(minutes=2)),
        ("999999999999", LONGEST_WAIT),
        (format_datetime(NOW + timedelta(minutes=3), usegmt=True), timedelta(minutes=3)),
        (format_datetime(NOW - timedelta(days=3), usegmt=True), timedelta()),
        ("Tue, 01 Mar 2050 12:00:00 -0000", LONGEST_WAIT),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("١٢", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_bounded(text: str, wait: timedelta | None) -> None:
    answer = Answer(status=429, headers={"retry-after": text}, body=b"", url="https://beta.example/inbox")
    assert judged(answer, NOW).wait == wait


async def test_a_server_that_fails_often_has_a_rest(world: World, beta: Server) -> None:
    beta.on("POST", "/inbox", silent)
    for number in range(14):
        sender = (await person(world, f"p{number}")).account_id
        await owe(world, sender, number, beta.inbox)
    await world.deliver()
    assert len(world.internet.requests) == 12  # four at a time, until ten have failed
    world.clock.advance(timedelta(seconds=61))
    await world.deliver()
    assert len(world.internet.requests) > 14


async def test_when_a_server_is_back_what_waits_for_it_leaves_at_once(
    world: World, ann: AccountId, beta: Server
) -> None:
    ben = (await person(world, "ben")).account_id
    beta.on("POST", "/inbox", silent)
    await owe(world, ann, 1, beta.inbox)
    courier = Courier(world.ctx)
    for _ in range(7):
        await courier.run_due()
        world.clock.advance(await wait(world))
    await courier.run_due()
    assert await wait(world) > timedelta(hours=1)
    beta.on("POST", "/inbox", saying(202))
    await owe(world, ben, 2, beta.inbox)
    await courier.run_due()
    assert numbers(beta)[-2:] == [2, 1]
    assert [state for state, _ in await ledger(world)] == ["delivered", "delivered"]


async def test_a_server_that_comes_and_goes_does_not_use_up_the_tries(
    world: World, ann: AccountId, beta: Server
) -> None:
    hosts = Hosts()
    now = world.clock.now()
    for minute in range(12):
        hosts.failed(beta.host, now, None)
        back = hosts.took(beta.host, now + timedelta(minutes=minute))
        assert back == (minute in (0, 10))


async def test_this_server_itself_is_never_sent_anything(world: World, ann: AccountId) -> None:
    await owe(world, ann, 1, "https://marula.example/inbox")
    await world.deliver()
    assert await ledger(world) == [("given_up", "the inbox is on this server")]
    assert world.internet.requests == []


async def test_nothing_is_sent_to_private_addresses(world: World, ann: AccountId) -> None:
    await owe(world, ann, 1, "https://localhost/inbox")
    await world.deliver()
    assert await ledger(world) == [("waiting", "localhost 127.0.0.1 is an address that must not be called")]


@pytest.mark.parametrize(
    ("inbox", "why"),
    [
        ("https://127.0.0.1/inbox", "127.0.0.1 is an address that must not be called"),
        ("https://[::ffff:169.254.169.254]/inbox", "::ffff:169.254.169.254 is an address that must not be called"),
        ("http://gamma.example/inbox", "gamma.example can only be called with https"),
    ],
)
async def test_what_may_never_be_called_is_given_up_at_once(world: World, ann: AccountId, inbox: str, why: str) -> None:
    await owe(world, ann, 1, inbox)
    await world.deliver()
    assert await ledger(world) == [("given_up", why)]


async def test_a_server_that_took_something_is_well(world: World, ann: AccountId, beta: Server) -> None:
    await owe(world, ann, 1, beta.inbox)
    await world.deliver()
    async with world.ctx.db.reading() as db:
        health = await servers.one(db, beta.host)
    assert health is not None
    assert health.last_reached_at == world.clock.now()


async def test_a_server_that_fails_for_seven_days_gets_nothing_more(world: World, ann: AccountId, beta: Server) -> None:
    beta.on("POST", "/inbox", silent)
    for day in range(servers.DAYS):
        await owe(world, ann, day, beta.inbox)
        await owe(world, ann, 100 + day, beta.inbox)
        world.clock.advance(timedelta(days=1))
        await world.deliver()
    async with world.ctx.db.reading() as db:
        health = await servers.one(db, beta.host)
    assert health is not None
    assert health.unavailable_since == world.clock.now()
    assert health.last_error == "beta.example does not answer in time"
    states = [state for state, _ in await ledger(world)]
    assert "waiting" not in states
    assert "delivered" not in states
    assert states[-1] == "dropped"


async def test_a_probe_that_succeeds_revives_the_server(world: World, ann: AccountId, beta: Server) -> None:
    for _ in range(servers.DAYS):
        async with world.ctx.db.transaction() as tx:
            await servers.failed(tx, {beta.host: "why"})
        world.clock.advance(timedelta(days=1))
    await owe(world, ann, 1, beta.inbox)
    await world.deliver()
    await owe(world, ann, 2, beta.inbox)
    await world.deliver()
    assert numbers(beta) == [1, 2]


async def test_a_busy_server_is_not_called_unwell(world: World, ann: AccountId, beta: Server) -> None:
    beta.on("POST", "/inbox", saying(429))
    await owe(world, ann, 1, beta.inbox)
    await world.deliver()
    async with world.ctx.db.reading() as db:
        assert await servers.one(db, beta.host) is None


async def test_what_fails_here_does_not_speak_against_the_server(world: World, beta: Server) -> None:
    await owe(world, AccountId(12345), 1, beta.inbox)
    await world.deliver()
    assert await ledger(world) == [("waiting", "this server failed, see its log")]
    async with world.ctx.db.reading() as db:
        assert await servers.one(db, beta.host) is None


async def test_what_breaks_a_line_here_is_logged_and_tried_again(
    world: World, ann: AccountId, beta: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a mistake")

    await owe(world, ann, 1, beta.inbox)
    with monkeypatch.context() as patch:
        patch.setattr("marula.faces.activitypub.delivery.carrying._tried", broken)
        await world.deliver()
    assert "a line of deliveries failed" in caplog.text
    world.clock.advance(await wait(world))
    await world.deliver()
    assert await ledger(world) == [("delivered", None)]


async def test_nothing_goes_to_a_server_that_is_suspended_here(world: World, ann: AccountId, beta: Server) -> None:
    await owe(world, ann, 1, beta.inbox)
    async with world.ctx.db.transaction() as tx:
        await boundaries.block(tx, boundaries.BlockDraft(domain="beta.example", severity="suspend"))
    await world.deliver()
    assert await ledger(world) == [("dropped", "the server is suspended here")]
    assert world.internet.requests == []


async def test_metrics_tell_what_waits_and_how_tries_ended(world: World, ann: AccountId, beta: Server) -> None:
    gamma = world.internet.server("gamma.example")
    beta.on("POST", "/inbox", saying(500))
    await owe(world, ann, 1, beta.inbox, gamma.inbox)
    await world.deliver()
    transport = httpx.ASGITransport(app=make_app(world.ctx))
    async with httpx.AsyncClient(transport=transport, base_url="https://marula.example") as client:
        told = (await client.get("/metrics")).text
    assert "marula_deliveries_waiting 1.0" in told
    assert 'marula_deliveries_hosts{state="failing"} 1.0' in told
    assert 'marula_deliveries_tried_total{outcome="delivered"} 1.0' in told
    assert 'marula_deliveries_tried_total{outcome="error"} 1.0' in told


def choking(*numbers: int) -> Serve:
    """An inbox that fails at some documents and takes the others."""

    def serve(sent: Sent) -> Answer:
        number = int(sent.document["id"].rpartition("/")[2])
        return Answer(status=500 if number in numbers else 202, headers={}, body=b"", url=sent.url)

    return serve


async def test_a_document_that_a_server_cannot_take_holds_the_others_up_for_some_tries_only(
    world: World, ann: AccountId, beta: Server
) -> None:
    beta.on("POST", "/inbox", choking(1))
    for number, subject in ((1, "one"), (2, "two"), (3, "one"), (4, "four")):
        await owe(world, ann, number, beta.inbox, subject=subject)
    for tries in range(1, HOLDS_UP):
        await world.deliver()
        assert numbers(beta) == [1] * tries
        world.clock.advance(await wait(world))
    await world.deliver()
    assert numbers(beta) == [1] * HOLDS_UP + [2, 4]
    assert [state for state, _ in await ledger(world)] == ["waiting", "delivered", "waiting", "delivered"]
    await owe(world, ann, 5, beta.inbox, subject="five")
    await world.deliver()
    assert numbers(beta) == [1] * HOLDS_UP + [2, 4, 5]
    beta.on("POST", "/inbox", choking())
    world.clock.advance(await wait(world))
    await world.deliver()
    assert numbers(beta)[HOLDS_UP:] == [2, 4, 5, 1, 3]


async def test_a_document_that_stepped_aside_is_given_up_in_the_end(world: World, ann: AccountId, beta: Server) -> None:
    beta.on("POST", "/inbox", choking(1))
    await owe(world, ann, 1, beta.inbox, subject="one")
    await owe(world, ann, 2, beta.inbox, subject="one")
    for _ in range(TRIES):
        await world.deliver()
        if (await ledger(world))[0][0] == "waiting":
            world.clock.advance(await wait(world))
    assert numbers(beta) == [1] * TRIES + [2]
    assert [state for state, _ in await ledger(world)] == ["given_up", "delivered"]


async def test_many_that_stepped_aside_hold_nothing_up_for_ever(world: World, ann: AccountId, beta: Server) -> None:
    stubborn = range(1, 31)
    beta.on("POST", "/inbox", choking(*stubborn))
    for number in stubborn:
        await owe(world, ann, number, beta.inbox, subject=f"subject {number}")
    await owe(world, ann, 99, beta.inbox, subject="new")
    rounds = 0
    while 99 not in numbers(beta):
        rounds += 1
        assert rounds < 100
        await world.deliver()
        if 99 not in numbers(beta):
            world.clock.advance(await wait(world))
    assert max(Counter(numbers(beta)).values()) <= TRIES
