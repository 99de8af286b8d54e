"""A new password by mail, for whoever forgot theirs."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from marula.base.db import Database
from marula.base.kernel.errors import Invalid, Refused
from marula.domain import apps, users
from marula.domain.users import EmailChange, User
from tests.domain.users.people import PASSWORD, SOME_HASH, person
from tests.world import START, HeldClock, World

NEW = "a longer horse"


async def forgetful(world: World) -> User:
    return await person(world, password_hash=await users.draft_password(PASSWORD))


async def ask(world: World, email: str) -> None:
    async with world.ctx.db.transaction() as tx:
        await users.ask_reset(tx, email)
    await world.settle()


def token_in(world: World) -> str:
    return world.mail.sent[-1].body.partition("?token=")[2].split()[0]


async def reset(world: World, token: str, password: str = NEW) -> User:
    hashed = await users.draft_password(password)
    async with world.ctx.db.transaction() as tx:
        return await apps.reset_password(tx, users.read_reset(world.ctx, token), hashed)


async def test_the_link_in_the_letter_gives_a_new_password(world: World) -> None:
    await forgetful(world)
    await ask(world, " ANN@mail.example ")
    (mail,) = world.mail.sent
    assert mail.recipient == "ann@mail.example"
    assert "https://marula.example/password/new?token=" in mail.body
    await reset(world, token_in(world))
    assert (await users.sign_in(world.ctx, "ann", NEW)).username == "ann"
    with pytest.raises(Refused):
        await users.sign_in(world.ctx, "ann", PASSWORD)
    assert len(await world.facts("PasswordChanged")) == 1


async def test_an_unknown_address_leaves_the_same_work_and_gets_no_letter(world: World) -> None:
    await forgetful(world)
    async with world.ctx.db.transaction() as tx:
        for address in ("ann@mail.example", "nobody@mail.example"):
            await users.ask_reset(tx, address)
    waiting = await world.rows("select lane, run_at, priority from jobs where name = 'users.resetting.send_reset'")
    assert len(waiting) == 2
    assert len({tuple(row) for row in waiting}) == 1
    await world.settle()
    assert [mail.recipient for mail in world.mail.sent] == ["ann@mail.example"]


async def test_what_can_be_no_address_is_refused(world: World) -> None:
    for wrong in ("", "ann", "ann@", "x" * 400 + "@mail.example"):
        with pytest.raises(Invalid):
            await ask(world, wrong)
    assert not await world.rows("select from jobs")


async def test_everything_that_came_in_with_the_old_password_ends(world: World) -> None:
    ann, ben = await forgetful(world), await person(world, "ben")
    async with world.ctx.db.transaction() as tx:
        session = await users.open_session(tx, ann.id, user_agent="", ip=None)
        tokens = [(await apps.personal_token(tx, who.id, app_name="Probe", scopes="read")).token for who in (ann, ben)]
        await tx.run(
            "insert into grants (digest, app_id, user_id, redirect_uri, scopes, expires_at)"
            " select 'code', id, $1, 'https://app.example', '{read}', $2 from apps limit 1",
            ann.id,
            tx.now + timedelta(minutes=10),
        )
    await ask(world, ann.email)
    await reset(world, token_in(world))
    async with world.ctx.db.reading() as db:
        assert await users.find_session(db, world.clock, session) is None
    bearers = [await apps.caller(world.ctx, token) for token in tokens]
    assert [bearer is not None and bearer.revoked_at is not None for bearer in bearers] == [True, False]
    assert not await world.rows("select from grants")
    assert len(await world.facts("TokensRevoked")) == 1


async def test_a_link_is_good_once(world: World) -> None:
    ann = await forgetful(world)
    await ask(world, ann.email)
    await reset(world, token_in(world))
    with pytest.raises(Invalid, match="no longer valid"):
        await reset(world, token_in(world), "yet another horse")
    assert (await users.sign_in(world.ctx, "ann", NEW)).id == ann.id


async def test_a_link_is_good_for_six_hours(world: World) -> None:
    ann = await forgetful(world)
    await ask(world, ann.email)
    world.clock.advance(timedelta(hours=5, minutes=59))
    users.read_reset(world.ctx, token_in(world))
    world.clock.advance(timedelta(minutes=1))
    with pytest.raises(Invalid, match="no longer valid"):
        await reset(world, token_in(world))


async def test_another_password_or_address_ends_the_link(world: World) -> None:
    ann = await forgetful(world)
    await ask(world, ann.email)
    async with world.ctx.db.transaction() as tx:
        await users.change_password(tx, ann.id, SOME_HASH)
    with pytest.raises(Invalid, match="no longer valid"):
        await reset(world, token_in(world))
    world.clock.advance(timedelta(minutes=1))
    await ask(world, ann.email)
    async with world.ctx.db.transaction() as tx:
        await users.change_email(tx, ann, EmailChange("new@mail.example", confirm=False))
    with pytest.raises(Invalid, match="no longer valid"):
        await reset(world, token_in(world))


async def test_other_links_and_forged_ones_give_no_password(world: World) -> None:
    ann = await forgetful(world)
    confirmation = users.confirmation_token(world.ctx, ann.id, ann.email)
    await ask(world, ann.email)
    for token in ("", "x.y", confirmation, users.setup_token(world.ctx), token_in(world) + "x"):
        with pytest.raises(Invalid, match="no longer valid"):
            users.read_reset(world.ctx, token)
    with pytest.raises(Invalid):
        users.read_confirmation(world.ctx, token_in(world))


async def test_whoever_is_gone_has_no_link(world: World) -> None:
    ann = await forgetful(world)
    await ask(world, ann.email)
    async with world.ctx.db.transaction() as tx:
        await users.delete(tx, ann.account_id)
    with pytest.raises(Invalid, match="no longer valid"):
        await reset(world, token_in(world))


async def test_the_letter_is_in_the_language_of_whoever_gets_it(world: World) -> None:
    await person(world, locale="de")
    await ask(world, "ann@mail.example")
    (mail,) = world.mail.sent
    assert mail.subject == "Neues Passwort für Marula wählen"


@pytest.fixture
async def db(database: str) -> AsyncIterator[Database]:
    """A database that two transactions use at once; it is left without people."""
    made = await Database.connect(database, HeldClock(START), size=4)
    try:
        yield made
    finally:
        async with made.transaction() as tx:
            for table in ("accounts", "jobs", "facts"):
                await tx.run(f"delete from {table}")
        await made.close()


async def test_of_two_who_use_a_link_at_once_one_can(db: Database) -> None:
    new = users.Newcomer(
        username="ann", email="ann@mail.example", password_hash=SOME_HASH, confirmed=True, approved=True
    )
    async with db.transaction() as tx:
        ann = await users.register(tx, new)
    proof = users.Reset(ann.id, ann.email, users.password_mark(SOME_HASH))

    async def use(password_hash: str) -> None:
        async with db.transaction() as tx:
            await apps.reset_password(tx, proof, password_hash)
            await asyncio.sleep(0.05)

    outcomes = await asyncio.gather(use("one"), use("other"), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Invalid", "NoneType"]
