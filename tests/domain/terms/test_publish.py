"""The terms of service: published, in force, withdrawn, and told."""

from datetime import date, timedelta

import pytest

from marula.base.kernel.errors import Invalid, NotFound, Refused
from marula.domain import terms
from marula.domain.users import reactions
from tests.domain.relationships.people import person
from tests.world import START, World

TODAY = START.date()
DAY = timedelta(days=1)


async def publish(world: World, effective_on: date, text: str = "Be kind", *, tell: bool = False) -> None:
    async with world.ctx.db.transaction() as tx:
        await terms.publish(tx, text, effective_on, tell=tell)


async def versions(world: World) -> list[terms.Terms]:
    async with world.ctx.db.reading() as db:
        return await terms.versions(db)


async def test_each_version_holds_until_the_next(world: World) -> None:
    await publish(world, TODAY + 30 * DAY, "Second")
    await publish(world, TODAY, "First")
    first, second = await versions(world)
    assert (first.text, first.succeeded_by) == ("First", second.effective_on)
    assert (second.text, second.succeeded_by) == ("Second", None)
    assert terms.rules.in_force([first, second], TODAY + 29 * DAY) == first
    assert terms.rules.in_force([first, second], TODAY + 30 * DAY) == second


def test_before_any_holds_the_first_to_come_is_shown() -> None:
    coming = terms.Terms(effective_on=TODAY + DAY, text="x", published_at=START)
    assert terms.rules.in_force([coming], TODAY) == coming
    assert terms.rules.in_force([], TODAY) is None


@pytest.mark.parametrize(
    ("text", "day", "sentence"),
    [
        (" ", TODAY, "Text can't be blank"),
        ("x" * 200_001, TODAY, "Text is too long (maximum is 200000 characters)"),
        ("x", TODAY - DAY, "Effective date must not be in the past"),
    ],
)
async def test_what_cannot_be_terms_is_refused(world: World, text: str, day: date, sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await publish(world, day, text)
    assert refusal.value.why == sentence


async def test_a_day_has_one_version(world: World) -> None:
    await publish(world, TODAY)
    with pytest.raises(Invalid, match="Effective date has already been taken"):
        await publish(world, TODAY)
    assert len(await world.facts("TermsPublished")) == 1


async def test_only_what_does_not_hold_yet_is_withdrawn(world: World) -> None:
    await publish(world, TODAY)
    await publish(world, TODAY + DAY)
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(Refused):
            await terms.withdraw(tx, TODAY)
        with pytest.raises(NotFound):
            await terms.withdraw(tx, TODAY + 2 * DAY)
        await terms.withdraw(tx, TODAY + DAY)
    assert [one.effective_on for one in await versions(world)] == [TODAY]
    assert len(await world.facts("TermsWithdrawn")) == 1


async def test_everybody_in_good_standing_is_told_once_by_mail(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactions, "TERMS_BATCH", 2)
    for name in ("ann", "bob", "cat", "dan"):
        await person(world, name)
    await world.rows("update users set disabled = true where email like 'dan@%'")
    before = len(world.mail.sent)
    await publish(world, TODAY + 30 * DAY, tell=True)
    await world.settle()
    told = world.mail.sent[before:]
    assert {mail.recipient for mail in told} == {f"{name}@mail.example" for name in ("ann", "bob", "cat")}
    assert "https://marula.example/terms-of-service/2026-03-31" in told[0].body
    assert len(await world.rows("select from mails where subject like 'The terms%'")) == 3


async def test_nobody_is_told_unless_asked(world: World) -> None:
    await person(world, "ann")
    before = len(world.mail.sent)
    await publish(world, TODAY)
    await world.settle()
    assert len(world.mail.sent) == before
