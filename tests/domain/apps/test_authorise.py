"""From a person's consent to a token, and back."""

from datetime import datetime, timedelta

import msgspec
import pytest

from marula.base.crypto.tokens import digest
from marula.domain import apps, users
from marula.domain.apps import App, Asked, Bearer, Issued, OAuthError
from marula.domain.users import Permission
from tests.domain.apps.programs import BACK, program
from tests.domain.users.people import person
from tests.world import World

# the pair of RFC 7636, appendix B
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def asking(**changes: object) -> Asked:
    values = {"response_type": "code", "redirect_uri": BACK, "scope": "read"}
    return msgspec.convert(values | changes, type=Asked)


async def consent(world: World, app: App, user: users.User, **changes: object) -> str:
    async with world.ctx.db.transaction() as tx:
        return await apps.authorise(tx, user.id, apps.check_asked(app, asking(**changes)))


async def exchange(world: World, app: App, code: str, *, uri: str = BACK, verifier: str | None = None) -> Issued:
    async with world.ctx.db.transaction() as tx:
        return await apps.exchange(tx, app, code, redirect_uri=uri, verifier=verifier)


async def holder(world: World, token: str) -> Bearer | None:
    async with world.ctx.db.reading() as db:
        return await apps.token_holder(db, digest(token))


async def test_a_code_becomes_a_token_of_the_person(world: World) -> None:
    ann, made = await person(world), await program(world)
    token = await exchange(world, made.app, await consent(world, made.app, ann, scope="read write:statuses"))
    assert token.scopes == ("read", "write:statuses")
    assert token.token not in str(await world.rows("select * from tokens"))
    bearer = await holder(world, token.token)
    assert bearer is not None
    assert (bearer.user_id, bearer.account_id, bearer.app_id) == (ann.id, ann.account_id, made.app.id)
    assert (bearer.scopes, bearer.standing, bearer.revoked_at) == (("read", "write:statuses"), "ok", None)
    assert bearer.permissions == Permission.INVITE_USERS
    assert len(await world.facts("AppAuthorised")) == 1


async def test_a_code_is_good_once(world: World) -> None:
    ann, made = await person(world), await program(world)
    code = await consent(world, made.app, ann)
    await exchange(world, made.app, code)
    with pytest.raises(OAuthError) as refusal:
        await exchange(world, made.app, code)
    assert refusal.value.code == "invalid_grant"


async def test_a_code_is_good_for_ten_minutes_and_then_removed(world: World) -> None:
    ann, made = await person(world), await program(world)
    code = await consent(world, made.app, ann)
    world.clock.advance(timedelta(minutes=10))
    with pytest.raises(OAuthError, match="expired"):
        await exchange(world, made.app, code)
    await apps.reactions.forget_grants(world.ctx)
    assert await world.rows("select from grants") == []


async def test_a_code_is_good_for_its_program_and_address_only(world: World) -> None:
    ann, made, other = await person(world), await program(world), await program(world)
    code = await consent(world, made.app, ann)
    for app, uri in ((other.app, BACK), (made.app, apps.OUT_OF_BAND)):
        with pytest.raises(OAuthError) as refusal:
            await exchange(world, app, code, uri=uri)
        assert refusal.value.code == "invalid_grant"
    assert (await exchange(world, made.app, code)).scopes == ("read",)


async def test_a_challenge_wants_its_verifier(world: World) -> None:
    ann, made = await person(world), await program(world)
    code = await consent(world, made.app, ann, code_challenge=CHALLENGE, code_challenge_method="S256")
    for verifier in (None, "", "x" * 43):
        with pytest.raises(OAuthError) as refusal:
            await exchange(world, made.app, code, verifier=verifier)
        assert refusal.value.code == "invalid_grant"
    assert (await exchange(world, made.app, code, verifier=VERIFIER)).scopes == ("read",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"redirect_uri": "https://evil.example"}, "invalid_redirect_uri"),
        ({"redirect_uri": f"{BACK}/more"}, "invalid_redirect_uri"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "admin:read"}, "invalid_scope"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"code_challenge": CHALLENGE}, "invalid_request"),
        ({"code_challenge": CHALLENGE, "code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "short", "code_challenge_method": "S256"}, "invalid_request"),
    ],
)
async def test_a_program_asks_properly(world: World, changes: dict[str, object], code: str) -> None:
    made = await program(world)
    with pytest.raises(OAuthError) as refusal:
        apps.check_asked(made.app, asking(**changes))
    assert refusal.value.code == code


async def test_an_unknown_program_cannot_ask() -> None:
    with pytest.raises(OAuthError) as refusal:
        apps.check_asked(None, asking())
    assert refusal.value.code == "invalid_client"


async def test_a_program_has_a_token_of_its_own(world: World) -> None:
    made = await program(world)
    async with world.ctx.db.transaction() as tx:
        token = await apps.client_credentials(tx, made.app, None)
        with pytest.raises(OAuthError):
            await apps.client_credentials(tx, made.app, "push")
    bearer = await holder(world, token.token)
    assert bearer is not None
    assert (bearer.user_id, bearer.account_id, bearer.permissions, bearer.scopes) == (None, None, 0, ("read",))


async def test_a_token_is_revoked_by_its_own_program_only(world: World) -> None:
    ann, made, other = await person(world), await program(world), await program(world)
    async with world.ctx.db.transaction() as tx:
        token = await apps.issue(tx, made.app.id, ann.id, ["read"])
        with pytest.raises(OAuthError) as refusal:
            await apps.revoke(tx, other.app, token.token)
        assert refusal.value.code == "unauthorized_client"
        await apps.revoke(tx, made.app, token.token)
        await apps.revoke(tx, made.app, token.token)
        await apps.revoke(tx, made.app, "unknown")
    bearer = await holder(world, token.token)
    assert bearer is not None
    assert bearer.revoked_at == world.clock.now()
    assert len(await world.facts("TokensRevoked")) == 1


async def test_a_person_sees_and_ends_what_programs_may_do(world: World) -> None:
    ann, made, other = await person(world), await program(world), await program(world)
    async with world.ctx.db.transaction() as tx:
        await apps.issue(tx, made.app.id, ann.id, ["read"])
        await apps.issue(tx, made.app.id, ann.id, ["write"])
        await apps.issue(tx, other.app.id, ann.id, ["read"])
        shown = await apps.permitted(tx, ann.id)
        assert {(one.app.id, one.scopes) for one in shown} == {
            (made.app.id, ("read", "write")),
            (other.app.id, ("read",)),
        }
        assert await apps.withdraw_all(tx, ann.id, app=made.app.id)
        assert [one.app.id for one in await apps.permitted(tx, ann.id)] == [other.app.id]
        assert await apps.withdraw_all(tx, ann.id)
        assert not await apps.withdraw_all(tx, ann.id)


async def test_a_token_for_a_bot_is_made_without_a_browser(world: World) -> None:
    ann = await person(world, role_id=users.OWNER_ID)
    async with world.ctx.db.transaction() as tx:
        token = await apps.personal_token(tx, ann.id, app_name="Clock", scopes="write:statuses push")
    bearer = await holder(world, token.token)
    assert bearer is not None
    assert (bearer.app_name, bearer.scopes) == ("Clock", ("write:statuses", "push"))
    assert bearer.permissions == users.permissions.EVERYTHING
    async with world.ctx.db.transaction() as tx:
        assert await apps.withdraw(tx, token.token)
        assert not await apps.withdraw(tx, token.token)


async def test_an_unknown_token_has_no_holder(world: World) -> None:
    assert await holder(world, "unknown") is None


async def test_use_is_noted_daily_and_presence_hourly(world: World) -> None:
    ann, made = await person(world), await program(world)
    async with world.ctx.db.transaction() as tx:
        token = await apps.issue(tx, made.app.id, ann.id, ["read"])
    used: set[datetime] = set()
    active: set[datetime] = set()
    for _ in range(26):
        bearer = await holder(world, token.token)
        assert bearer is not None
        assert bearer.unnoted(world.clock.now())
        async with world.ctx.db.transaction("relaxed") as tx:
            await apps.mark_used(tx, bearer)
        bearer = await holder(world, token.token)
        assert bearer is not None
        assert not bearer.unnoted(world.clock.now())
        assert bearer.last_used_at is not None
        assert bearer.last_active_at is not None
        used.add(bearer.last_used_at)
        active.add(bearer.last_active_at)
        world.clock.advance(timedelta(minutes=61))
    assert (len(used), len(active)) == (2, 26)
