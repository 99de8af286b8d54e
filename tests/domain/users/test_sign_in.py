"""Signing in, staying signed in, and changing how."""

from datetime import timedelta

import bcrypt
import pytest

from marula.base.kernel.errors import Invalid, Refused
from marula.domain import accounts, users
from marula.domain.users import PreferenceChanges, Preferences, User
from tests.domain.users.people import PASSWORD, person, reloaded
from tests.world import World


async def with_password(world: World, name: str = "ann") -> User:
    return await person(world, name, password_hash=await users.draft_password(PASSWORD))


@pytest.mark.parametrize("login", ["ann", "ANN", " ann@mail.example ", "Ann@Mail.example"])
async def test_somebody_signs_in_with_name_or_address(world: World, login: str) -> None:
    ann = await with_password(world)
    assert (await users.sign_in(world.ctx, login, PASSWORD)).id == ann.id


@pytest.mark.parametrize(("login", "password"), [("ann", "wrong"), ("bob", PASSWORD), ("", ""), ("ann", "")])
async def test_every_refusal_has_the_same_sentence(world: World, login: str, password: str) -> None:
    await with_password(world)
    with pytest.raises(Refused) as refusal:
        await users.sign_in(world.ctx, login, password)
    assert refusal.value.why == "The e-mail address, username or password is not right."


async def test_an_old_hash_is_replaced_at_the_first_sign_in(world: World) -> None:
    old = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
    ann = await person(world, password_hash=old)
    await users.sign_in(world.ctx, "ann", PASSWORD)
    (row,) = await world.rows("select password_hash from users where id = $1", ann.id)
    assert row["password_hash"].startswith("$argon2id$")
    assert (await users.sign_in(world.ctx, "ann", PASSWORD)).id == ann.id


async def test_a_session_is_found_by_its_token_for_a_year(world: World) -> None:
    ann = await person(world)
    async with world.ctx.db.transaction() as tx:
        token = await users.open_session(tx, ann.id, user_agent="Browser/1", ip="2001:db8::1")
    async with world.ctx.db.reading() as db:
        found = await users.find_session(db, world.clock, token)
        assert found is not None
        session, user = found
        assert (user, session.user_agent, session.ip) == (ann, "Browser/1", "2001:db8::1")
        assert await users.find_session(db, world.clock, "another") is None
        world.clock.advance(timedelta(days=365))
        assert await users.find_session(db, world.clock, token) is None
    assert token not in str(await world.rows("select * from sessions"))


async def test_the_eleventh_session_ends_the_one_unused_for_longest(world: World) -> None:
    ann = await person(world)
    tokens: list[str] = []
    for _ in range(11):
        world.clock.advance(timedelta(minutes=1))
        async with world.ctx.db.transaction() as tx:
            tokens.append(await users.open_session(tx, ann.id))
    async with world.ctx.db.reading() as db:
        assert len(await users.list_sessions(db, ann.id)) == 10
        assert await users.find_session(db, world.clock, tokens[0]) is None
        assert await users.find_session(db, world.clock, tokens[1]) is not None


async def test_the_use_of_a_session_is_noted_once_a_day(world: World) -> None:
    ann = await person(world)
    start = world.clock.now()
    async with world.ctx.db.transaction() as tx:
        await users.open_session(tx, ann.id)
    for hours, noted in ((23, 0), (2, 25)):
        world.clock.advance(timedelta(hours=hours))
        async with world.ctx.db.transaction() as tx:
            (session,) = await users.list_sessions(tx, ann.id)
            await users.touch_session(tx, session)
            (session,) = await users.list_sessions(tx, ann.id)
        assert session.last_used_at == start + timedelta(hours=noted)


async def test_a_session_can_be_closed_only_by_its_person(world: World) -> None:
    ann, bob = await person(world), await person(world, "bob")
    async with world.ctx.db.transaction() as tx:
        await users.open_session(tx, ann.id)
        (session,) = await users.list_sessions(tx, ann.id)
        await users.close_session(tx, bob.id, session.id)
        assert await users.list_sessions(tx, ann.id) == [session]
        await users.close_session(tx, ann.id, session.id)
        assert await users.list_sessions(tx, ann.id) == []


async def test_a_new_password_ends_the_other_sessions(world: World) -> None:
    ann = await with_password(world)
    async with world.ctx.db.transaction() as tx:
        await users.open_session(tx, ann.id)
        await users.open_session(tx, ann.id)
        keep = (await users.list_sessions(tx, ann.id))[0]
        await users.change_password(tx, ann.id, await users.draft_password("another password"), keep=keep.id)
        assert await users.list_sessions(tx, ann.id) == [keep]
    assert (await users.sign_in(world.ctx, "ann", "another password")).id == ann.id
    with pytest.raises(Refused):
        await users.sign_in(world.ctx, "ann", PASSWORD)
    assert len(await world.facts("PasswordChanged")) == 1


async def test_a_new_password_is_long_enough() -> None:
    with pytest.raises(Invalid):
        await users.draft_password("short")


async def test_somebody_disabled_is_signed_out_and_may_return(world: World) -> None:
    ann = await person(world)
    async with world.ctx.db.transaction() as tx:
        await users.open_session(tx, ann.id)
        await users.disable(tx, ann)
        await users.disable(tx, ann)
        assert await users.list_sessions(tx, ann.id) == []
    assert users.standing(await reloaded(world, ann)) == "disabled"
    async with world.ctx.db.transaction() as tx:
        await users.enable(tx, ann)
    assert users.standing(await reloaded(world, ann)) == "ok"
    assert len(await world.facts("UserDisabled")) == len(await world.facts("UserEnabled")) == 1


async def test_the_first_thing_that_keeps_somebody_from_acting_is_their_standing(world: World) -> None:
    assert users.standing(await person(world, "a1", confirmed=False, approved=False)) == "unconfirmed"
    assert users.standing(await person(world, "a2", approved=False)) == "pending"
    ann = await person(world, "a3")
    async with world.ctx.db.transaction() as tx:
        await tx.run("update accounts set suspended_at = $2 where id = $1", ann.account_id, tx.now)
    assert users.standing(await reloaded(world, ann)) == "suspended"


async def test_preferences_change_only_where_asked(world: World) -> None:
    ann = await person(world)
    assert ann.preferences == Preferences()
    async with world.ctx.db.transaction() as tx:
        await users.change_preferences(tx, ann.id, PreferenceChanges(default_privacy="unlisted", default_language="pt"))
        await users.change_preferences(tx, ann.id, PreferenceChanges(default_language=None, expand_media="hide_all"))
    wanted = Preferences(default_privacy="unlisted", expand_media="hide_all")
    assert (await reloaded(world, ann)).preferences == wanted


async def test_only_what_others_see_makes_another_version_of_the_account(world: World) -> None:
    ann = await person(world)
    for changes, version in ((PreferenceChanges(expand_spoilers=True), 1), (PreferenceChanges(noindex=True), 2)):
        async with world.ctx.db.transaction() as tx:
            await users.change_preferences(tx, ann.id, changes)
            account = await accounts.by_id(tx, ann.account_id)
        assert account is not None
        assert account.version == version
    assert (await reloaded(world, ann)).preferences == Preferences(expand_spoilers=True, noindex=True)


async def test_somebody_here_is_noted_once_an_hour(world: World) -> None:
    ann = await person(world)
    start = world.clock.now()
    for minutes, noted in ((0, 0), (59, 0), (2, 61)):
        world.clock.advance(timedelta(minutes=minutes))
        async with world.ctx.db.transaction() as tx:
            await users.mark_active(tx, ann.id)
        assert (await reloaded(world, ann)).last_active_at == start + timedelta(minutes=noted)
