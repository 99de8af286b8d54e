"""What is turned away at the door is counted for the operator, and nobody can fill the book."""

from datetime import timedelta
from typing import Any

import pytest

from marula.domain import intake
from marula.domain.intake import Refused
from marula.domain.intake.store import refusals
from tests.faces.activitypub.inbox.sending import Sending
from tests.peer import Somebody
from tests.world import World

SAYS = 'keyId="https://{0}/actor#main-key",algorithm="rsa-sha256",headers="(request-target) host date",signature="{1}"'


async def knock(sending: Sending, host: str, signature: str = "AAAA", **headers: str) -> int:
    """Somebody who claims to be of a host, and cannot prove it."""
    said = {
        "content-type": "application/activity+json",
        "date": "Mon, 01 Jan 2001 00:00:00 GMT",
        "signature": SAYS.format(host, signature),
    }
    body = b'{"type":"Like","actor":"https://x.example/a","object":"https://marula.example/b"}'
    answer = await sending.crowd.client.post("/inbox", content=body, headers=said | headers)
    return answer.status_code


async def book(world: World) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await world.rows("select host, status, number from refusals order by host, why")]


async def test_a_refusal_is_written_down_with_who_claimed_to_send_it(world: World, sending: Sending) -> None:
    assert await knock(sending, "Beta.example:443") == 401
    (row,) = await world.rows("select * from refusals")
    assert (row["host"], row["status"], row["number"]) == ("beta.example", 401, 1)
    assert row["why"].startswith("The signature does not count")


async def test_the_same_is_counted_and_written_once_in_a_while(world: World, sending: Sending) -> None:
    for _ in range(4):
        await knock(sending, "beta.example")
    assert await book(world) == [("beta.example", 401, 1)]
    world.clock.advance(timedelta(seconds=5))
    await knock(sending, "gamma.example")
    assert await book(world) == [("beta.example", 401, 4), ("gamma.example", 401, 1)]
    (row,) = await world.rows("select first_at, last_at from refusals where host = 'gamma.example'")
    assert row["first_at"] == row["last_at"] == world.clock.now()


async def test_who_says_nothing_of_themselves_is_nobody(world: World, sending: Sending) -> None:
    answer = await sending.crowd.client.post("/inbox", content=b"{}", headers={"content-type": "text/plain"})
    assert answer.status_code in (400, 415)
    ((host, _, number),) = await book(world)
    assert (host, number) == ("", 1)


async def test_what_is_taken_is_in_no_book(world: World, sending: Sending, bob: Somebody) -> None:
    await sending.post(bob, bob.activity("Like", "https://marula.example/nothing"))
    assert await book(world) == []


async def test_invented_hosts_do_not_fill_the_book_and_known_ones_stay_named(
    world: World, sending: Sending, bob: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sending.post(bob, bob.activity("Like", "https://marula.example/nothing"))
    monkeypatch.setattr(refusals, "MOST", 3)
    for number in range(8):
        await knock(sending, f"h{number}.example")
        world.clock.advance(timedelta(seconds=5))
    await knock(sending, "beta.example")
    hosts = {host for host, _, _ in await book(world)}
    assert hosts == {"h0.example", "h1.example", "h2.example", "", "beta.example"}
    assert sum(number for _, _, number in await book(world)) == 9


async def test_between_two_writes_only_so_many_are_told_apart(world: World, sending: Sending) -> None:
    await knock(sending, "first.example")
    for number in range(230):
        await knock(sending, f"h{number}.example")
    world.clock.advance(timedelta(seconds=5))
    await knock(sending, "last.example")
    found = await book(world)
    assert len(found) == 202
    assert sum(number for _, _, number in found) == 232


async def test_what_was_turned_away_long_ago_is_forgotten(world: World, sending: Sending) -> None:
    await knock(sending, "beta.example")
    world.clock.advance(timedelta(days=29))
    await intake.reactions.forget(world.ctx)
    assert len(await book(world)) == 1
    world.clock.advance(timedelta(days=2))
    await intake.reactions.forget(world.ctx)
    assert await book(world) == []


async def test_the_latest_stand_first(world: World) -> None:
    now = world.clock.now()

    def refused(why: str, minutes: int) -> Refused:
        at = now + timedelta(minutes=minutes)
        return Refused(host="beta.example", status=401, why=why, number=2, first_at=at, last_at=at)

    async with world.ctx.db.transaction() as tx:
        await intake.note_refusals(tx, [refused("one", 1), refused("two", 2)])
        await intake.note_refusals(tx, [refused("one", 3)])
    async with world.ctx.db.reading() as db:
        found = await intake.refusals_of(db, "beta.example", 5)
    assert [(one.why, one.number) for one in found] == [("one", 4), ("two", 2)]
