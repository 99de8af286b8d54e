"""Joining, signing in and out, and what forged forms come to."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from marula.domain import users
from tests.domain.users.people import PASSWORD
from tests.faces.pages.browser import HOME, SESSION, Browser, allow_sign_up, browsing, form_token, member, words
from tests.world import World, make_world

ANN = {"username": "ann", "email": "ann@mail.example", "password": PASSWORD, "agreement": "true"}


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    async with browsing(world) as made:
        yield made


@pytest.fixture
async def mailing(database: str, tmp_path: Path) -> AsyncIterator[World]:
    """A server that has a mail server."""
    async with make_world(database, tmp_path, SMTP_SERVER="mail.example") as made:
        await allow_sign_up(made, "open")
        yield made


async def count_users(world: World) -> int:
    return len(await world.rows("select id from users"))


async def test_where_sign_up_is_open_one_is_in_at_once(world: World, browser: Browser) -> None:
    await allow_sign_up(world, "open")
    done = await browser.fill("/sign-up", **ANN)
    assert (done.status_code, done.headers["location"]) == (302, "/home")
    assert browser.signed_in
    assert "ann" in (await browser.get("/plain")).text
    assert len(await world.facts("UserRegistered")) == 1


async def test_the_session_cookie_is_for_this_server_alone(world: World, browser: Browser) -> None:
    await allow_sign_up(world, "open")
    done = await browser.fill("/sign-up", **ANN)
    cookie = done.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/"))


async def test_where_people_are_approved_one_waits(world: World, browser: Browser) -> None:
    await allow_sign_up(world, "approved")
    done = await browser.fill("/sign-up", **ANN, reason="I like trees")
    assert done.status_code == 200
    assert "ann@mail.example" in done.text
    assert not browser.signed_in
    refused = await browser.sign_in("ann")
    assert refused.status_code == 422
    assert "have not looked at your sign-up yet" in refused.text
    assert not browser.signed_in


async def test_where_sign_up_is_closed_nobody_joins(world: World, browser: Browser) -> None:
    await allow_sign_up(world, "none")
    assert (await browser.get("/sign-up")).status_code == 403
    token = form_token(await browser.get("/sign-in"))
    assert (await browser.post("/sign-up", ANN | {"form_token": token})).status_code == 403
    assert await count_users(world) == 0


async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_written(world: World, browser: Browser) -> None:
    await allow_sign_up(world, "open")
    wrong = await browser.fill("/sign-up", username="an n", email="nowhere", password="secret7")
    assert wrong.status_code == 422
    for field in ("username", "email", "password", "agreement"):
        assert f'id="{field}-wrong"' in wrong.text
    assert 'value="nowhere"' in wrong.text
    assert "secret7" not in wrong.text
    assert await count_users(world) == 0
    assert await world.facts("UserRegistered") == []


async def test_who_agreed_need_not_agree_again(world: World, browser: Browser) -> None:
    await allow_sign_up(world, "open")
    assert " checked" in (await browser.fill("/sign-up", **(ANN | {"password": "short"}))).text
    assert " checked" not in (await browser.fill("/sign-up", **(ANN | {"agreement": ""}))).text


async def test_a_taken_name_is_told_beside_the_name(world: World, browser: Browser) -> None:
    await allow_sign_up(world, "open")
    await member(world, "ann")
    wrong = await browser.fill("/sign-up", **(ANN | {"username": "ANN", "email": "other@mail.example"}))
    assert wrong.status_code == 422
    assert 'id="username-wrong"' in wrong.text
    assert 'id="email-wrong"' not in wrong.text
    assert await count_users(world) == 1


@pytest.mark.parametrize("login", ["ann", "ANN", " ann ", "ann@mail.example", "Ann@Mail.example"])
async def test_one_signs_in_with_username_or_address(world: World, browser: Browser, login: str) -> None:
    await member(world)
    done = await browser.sign_in(login)
    assert (done.status_code, done.headers["location"]) == (302, "/home")
    assert (await browser.get("/plain")).status_code == 200


@pytest.mark.parametrize(("login", "password"), [("ann", "wrong password"), ("nobody", PASSWORD), ("", ""), ("@", "x")])
async def test_a_wrong_password_and_a_wrong_name_get_the_same_answer(
    world: World, browser: Browser, login: str, password: str
) -> None:
    await member(world)
    refused = await browser.sign_in(login, password)
    assert refused.status_code == 422
    assert "The e-mail address, username or password is not right." in refused.text
    assert not browser.signed_in
    assert await world.rows("select id from sessions") == []


async def test_who_guesses_passwords_must_wait(database: str, tmp_path: Path) -> None:
    async with make_world(database, tmp_path, MARULA_RATE_LIMITS="on") as world, browsing(world) as browser:
        for _ in range(25):
            assert (await browser.sign_in("nobody", "wrong")).status_code == 422
        refused = await browser.sign_in("nobody", "wrong")
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "300")
        world.clock.advance(timedelta(minutes=5))
        assert (await browser.sign_in("nobody", "wrong")).status_code == 429
        assert (await browser.sign_in("somebody", "wrong")).status_code == 422
        world.clock.advance(timedelta(hours=1))
        assert (await browser.sign_in("nobody", "wrong")).status_code == 422


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/outbox", "/outbox"),
        ("/oauth/authorize?client_id=a%26b", "/oauth/authorize?client_id=a%26b"),
        ("//evil.example", "/home"),
        ("https://evil.example", "/home"),
        ("/\\evil.example", "/home"),
        ("/\t/evil.example", "/home"),
        ("/a\r\nset-cookie: b=c", "/home"),
        ("javascript:alert(1)", "/home"),
        ("evil.example", "/home"),
    ],
)
async def test_after_signing_in_one_goes_on_within_this_server_only(
    world: World, browser: Browser, wanted: str, reached: str
) -> None:
    await member(world)
    shown = await browser.client.get("/sign-in", params={"next": wanted})
    token = form_token(shown)
    fields = {"login": "ann", "password": PASSWORD, "form_token": token}
    done = await browser.client.post("/sign-in", params={"next": wanted}, data=fields)
    assert (done.status_code, done.headers["location"]) == (302, reached)


async def test_visitors_are_sent_to_sign_in_and_back(world: World, browser: Browser) -> None:
    await member(world)
    sent = await browser.get("/outbox?a=b%26c")
    assert sent.status_code == 302
    assert sent.headers["location"] == "/sign-in?next=%2Foutbox%3Fa%3Db%2526c"
    assert (await browser.sign_in("ann", path=sent.headers["location"])).headers["location"] == "/outbox?a=b%26c"


async def test_signing_out_ends_the_session_itself(world: World, browser: Browser) -> None:
    await member(world)
    await browser.sign_in("ann")
    kept = browser.client.cookies.get(SESSION)
    done = await browser.fill("/sign-out")
    assert (done.status_code, done.headers["location"]) == (302, "/")
    assert not browser.signed_in
    assert await world.rows("select id from sessions") == []
    browser.client.cookies.set(SESSION, kept or "", domain="marula.example")
    assert (await browser.get("/plain")).status_code == 302


@pytest.mark.parametrize("token", ["", "0" * 64])
async def test_a_form_with_a_missing_or_wrong_token_changes_nothing(world: World, browser: Browser, token: str) -> None:
    await allow_sign_up(world, "open")
    await browser.get("/sign-up")
    fields = ANN | ({"form_token": token} if token else {})
    assert (await browser.post("/sign-up", fields)).status_code == 422
    assert await count_users(world) == 0


async def test_the_form_of_another_browser_changes_nothing(world: World, browser: Browser) -> None:
    await allow_sign_up(world, "open")
    async with browsing(world) as other:
        shown = await other.get("/sign-up")
    token = form_token(shown)
    assert (await browser.post("/sign-up", ANN | {"form_token": token})).status_code == 422
    await browser.get("/sign-up")
    assert (await browser.post("/sign-up", ANN | {"form_token": token})).status_code == 422
    assert await count_users(world) == 0


async def test_a_form_sent_from_another_site_changes_nothing(world: World, browser: Browser) -> None:
    await member(world)
    await browser.sign_in("ann")
    token = form_token(await browser.get("/plain"))
    fields = {"form_token": token, "text": "hello", "visibility": "public"}
    foreign = await browser.post("/plain", fields, origin="https://evil.example")
    assert foreign.status_code == 422
    assert await world.rows("select id from posts") == []
    assert (await browser.post("/plain", fields, origin=HOME)).status_code == 302
    assert len(await world.rows("select id from posts")) == 1


async def test_what_is_wrong_with_a_post_is_said_and_its_text_kept(world: World, browser: Browser) -> None:
    await member(world)
    await browser.sign_in("ann")
    text = "long " * 101
    wrong = await browser.fill("/plain", text=text, visibility="public")
    assert wrong.status_code == 422
    assert text.strip() in words(wrong)
    assert await world.rows("select id from posts") == []


async def test_the_link_of_the_first_owner_works_once(world: World, browser: Browser) -> None:
    await allow_sign_up(world, "none")
    link = f"/setup?token={users.setup_token(world.ctx)}"
    done = await browser.fill(link, username="boss", email="boss@mail.example", password=PASSWORD)
    assert (done.status_code, done.headers["location"]) == (302, "/home")
    (row,) = await world.rows("select role_id from users")
    assert row["role_id"] == users.OWNER_ID
    assert (await browser.get("/outbox")).status_code == 200
    async with browsing(world) as other:
        assert (await other.get(link)).status_code == 403
        shown = await other.get("/sign-in")
        token = form_token(shown)
        again = await other.post(link, ANN | {"form_token": token})
    assert again.status_code == 403
    assert await count_users(world) == 1


async def test_without_the_right_token_nobody_becomes_owner(world: World, browser: Browser) -> None:
    token = users.setup_token(world.ctx)
    assert (await browser.get("/setup")).status_code == 403
    assert (await browser.get(f"/setup?token={token}x")).status_code == 403
    world.clock.advance(timedelta(days=7, seconds=1))
    assert (await browser.get(f"/setup?token={token}")).status_code == 403


async def test_where_mail_goes_out_one_confirms_first(mailing: World) -> None:
    async with browsing(mailing) as browser:
        done = await browser.fill("/sign-up", **ANN)
        assert done.status_code == 200
        await mailing.settle()
        link = mailing.mail.sent[0].body.partition(HOME)[2].split()[0]
        refused = await browser.sign_in("ann")
        assert refused.status_code == 422
        assert "Confirm your e-mail address first" in refused.text
        await mailing.settle()
        assert len(mailing.mail.sent) == 2
        assert "Your account is ready" in words(await browser.get(link))
        assert (await browser.sign_in("ann")).status_code == 302


async def test_an_old_or_forged_link_confirms_nothing(mailing: World) -> None:
    async with browsing(mailing) as browser:
        await browser.fill("/sign-up", **ANN)
        await mailing.settle()
        link = mailing.mail.sent[0].body.partition(HOME)[2].split()[0]
        assert "no longer works" in words(await browser.get(f"{link}x"))
        assert "no longer works" in words(await browser.get("/auth/confirm"))
        mailing.clock.advance(timedelta(days=2, seconds=1))
        assert "no longer works" in words(await browser.get(link))
        assert await mailing.rows("select id from users where confirmed_at is not null") == []
