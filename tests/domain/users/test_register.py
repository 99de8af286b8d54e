"""Who may join, and what happens then."""

import pytest

from marula.base.kernel.errors import Forbidden, Invalid
from marula.domain import accounts, site, users
from marula.domain.users import Newcomer, SignUp, User
from tests.domain.users.people import PASSWORD, SOME_HASH, asked, person, reloaded
from tests.world import World


async def sign_up(world: World, request: SignUp) -> User:
    async with world.ctx.db.reading() as db:
        newcomer = await users.draft_sign_up(world.ctx, db, request)
    async with world.ctx.db.transaction() as tx:
        return await users.register(tx, newcomer)


async def registrations(world: World, mode: str, **more: object) -> None:
    async with world.ctx.db.transaction() as tx:
        await users.ensure_roles(tx)
        for key, value in {"registrations": mode, **more}.items():
            await site.change(tx, key, value)
    world.ctx.memory.forget(site.SETTINGS.name)


async def test_on_an_open_server_somebody_joins_at_once(world: World) -> None:
    await registrations(world, "open")
    ann = await sign_up(world, asked("Ann", locale="sr-Latn", ip="192.0.2.1", reason=" Trees "))
    assert users.standing(ann) == "ok"
    assert (ann.username, ann.locale, ann.reason) == ("Ann", "sr-Latn", "Trees")
    assert len(await world.facts("AccountCreated")) == len(await world.facts("UserRegistered")) == 1
    async with world.ctx.db.reading() as db:
        found = await users.by_account(db, ann.account_id)
        account = await accounts.by_id(db, ann.account_id)
    assert found == ann
    assert account is not None
    assert account.local


async def test_a_password_is_kept_as_an_argon2_hash_only(world: World) -> None:
    await registrations(world, "open")
    ann = await sign_up(world, asked())
    (row,) = await world.rows("select password_hash from users where id = $1", ann.id)
    assert row["password_hash"].startswith("$argon2id$")
    assert PASSWORD not in repr(ann)


async def test_where_approval_is_asked_for_a_sign_up_waits(world: World) -> None:
    await registrations(world, "approved")
    assert users.standing(await sign_up(world, asked())) == "pending"


async def test_on_a_closed_server_nobody_joins(world: World) -> None:
    await registrations(world, "none")
    with pytest.raises(Forbidden, match=r"^Forbidden$"):
        await sign_up(world, asked())
    assert await world.facts("UserRegistered") == []


@pytest.mark.parametrize(
    ("changes", "field", "code", "sentence"),
    [
        ({"username": ""}, "username", "ERR_BLANK", "Username can't be blank"),
        (
            {"username": "a b"},
            "username",
            "ERR_INVALID",
            "Username must contain only letters, numbers and underscores",
        ),
        ({"username": "a" * 31}, "username", "ERR_TOO_LONG", "Username is too long (maximum is 30 characters)"),
        ({"username": "4dm1n"}, "username", "ERR_RESERVED", "Username is reserved"),
        ({"email": " "}, "email", "ERR_BLANK", "Email can't be blank"),
        ({"email": "ann"}, "email", "ERR_INVALID", "Email is invalid"),
        ({"email": "ann@-x.example"}, "email", "ERR_INVALID", "Email is invalid"),
        ({"email": "a b@c.example"}, "email", "ERR_INVALID", "Email is invalid"),
        ({"password": ""}, "password", "ERR_BLANK", "Password can't be blank"),
        ({"password": "1234567"}, "password", "ERR_TOO_SHORT", "Password is too short (minimum is 8 characters)"),
        ({"password": "x" * 73}, "password", "ERR_TOO_LONG", "Password is too long (maximum is 72 characters)"),
        ({"agreement": False}, "agreement", "ERR_ACCEPTED", "Agreement must be accepted"),
        ({"reason": "x" * 421}, "reason", "ERR_TOO_LONG", "Reason is too long (maximum is 420 characters)"),
    ],
)
async def test_what_is_wrong_is_named(
    world: World, changes: dict[str, object], field: str, code: str, sentence: str
) -> None:
    await registrations(world, "open")
    with pytest.raises(Invalid) as refusal:
        await sign_up(world, asked("ann", **changes))
    (problem,) = refusal.value.problems
    assert (problem.field, problem.code, problem.sentence) == (field, code, sentence)


async def test_all_that_is_wrong_is_named_at_once(world: World) -> None:
    await registrations(world, "approved", reason_required=True)
    await person(world, "ann")
    with pytest.raises(Invalid) as refusal:
        await sign_up(world, SignUp(username="ANN", email="ANN@mail.example", password="short"))
    assert [(problem.field, problem.code) for problem in refusal.value.problems] == [
        ("username", "ERR_TAKEN"),
        ("email", "ERR_TAKEN"),
        ("password", "ERR_TOO_SHORT"),
        ("agreement", "ERR_ACCEPTED"),
        ("reason", "ERR_BLANK"),
    ]


async def test_of_two_who_take_an_address_at_once_one_is_refused(world: World) -> None:
    await person(world, "ann")
    with pytest.raises(Invalid) as refusal:
        await person(world, "bob", email="Ann@mail.example")
    assert refusal.value.problems[0].code == "ERR_TAKEN"
    assert await world.rows("select from accounts where username = 'bob'") == []


async def test_an_operator_may_give_a_reserved_name_and_a_role(world: World) -> None:
    await registrations(world, "none")
    async with world.ctx.db.transaction() as tx:
        newcomer = await users.draft_person(tx, asked("admin"), role="owner")
        admin = await users.register(tx, newcomer)
    assert (admin.role_id, users.standing(admin)) == (users.OWNER_ID, "ok")
    async with world.ctx.db.reading() as db:
        with pytest.raises(Invalid, match="Role cannot be King: there is no such role"):
            await users.draft_person(db, asked("bob"), role="King")


async def test_the_first_owner_is_made_once(world: World) -> None:
    newcomer = Newcomer(
        username="ann", email="ann@mail.example", password_hash=SOME_HASH, confirmed=False, approved=False
    )
    token = users.setup_token(world.ctx)
    assert users.setup_allowed(world.ctx, token)
    assert not users.setup_allowed(world.ctx, token[:-2])
    async with world.ctx.db.transaction() as tx:
        await users.ensure_roles(tx)
        assert not await users.owner_exists(tx)
        owner = await users.create_owner(tx, newcomer)
        assert await users.owner_exists(tx)
        with pytest.raises(Forbidden):
            await users.create_owner(tx, newcomer)
    assert (owner.role_id, users.standing(owner)) == (users.OWNER_ID, "ok")
    role = await users.role_of(world.ctx, owner)
    assert role.name == "Owner"
    assert await users.may(world.ctx, owner, users.permissions.Permission.MANAGE_WEBHOOKS)


async def test_roles_are_written_once_and_those_removed_stay_away(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        await users.ensure_roles(tx)
        await tx.run("delete from roles where name = 'Moderator'")
        await users.ensure_roles(tx)
    assert [role.name for role in (await users.all_roles(world.ctx)).values()] == ["", "Admin", "Owner"]


async def test_a_role_is_given_and_taken(world: World) -> None:
    ann = await person(world)
    async with world.ctx.db.transaction() as tx:
        await users.set_role(tx, ann, users.ADMIN_ID)
        await users.set_role(tx, ann, users.ADMIN_ID)
    assert (await reloaded(world, ann)).role_id == users.ADMIN_ID
    assert len(await world.facts("RoleChanged")) == 1
    admin = await reloaded(world, ann)
    async with world.ctx.db.transaction() as tx:
        await users.set_role(tx, admin, None)
    assert (await users.role_of(world.ctx, await reloaded(world, ann))).id == users.permissions.EVERYONE_ID


async def test_nothing_is_left_of_somebody_deleted(world: World) -> None:
    ann = await person(world)
    async with world.ctx.db.transaction() as tx:
        await users.open_session(tx, ann.id)
        await users.delete(tx, ann.account_id)
        await users.delete(tx, ann.account_id)
    assert await world.rows("select from users") == await world.rows("select from sessions") == []
    assert len(await world.facts("AccountDeleted")) == 1
