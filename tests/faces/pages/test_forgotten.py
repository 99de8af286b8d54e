"""A new password by mail, and another e-mail address, as a person meets them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from marula.domain import users
from tests.domain.users.people import PASSWORD
from tests.faces.pages.browser import Browser, browsing, form_token, member, words
from tests.world import World, make_world

NEW = "a longer horse"


@pytest.fixture
async def mailing(database: str, tmp_path: Path) -> AsyncIterator[World]:
    """A server that has a mail server and counts requests."""
    async with make_world(database, tmp_path, SMTP_SERVER="mail.example", MARULA_RATE_LIMITS="on") as made:
        await member(made)
        yield made


@pytest.fixture
async def browser(mailing: World) -> AsyncIterator[Browser]:
    async with browsing(mailing) as made:
        yield made


async def link(world: World) -> str:
    await world.settle()
    return next(word for word in world.mail.sent[-1].body.split() if word.startswith("https://"))


async def test_whoever_forgot_their_password_is_back_in_three_pages(mailing: World, browser: Browser) -> None:
    assert 'href="/password"' in (await browser.get("/sign-in")).text
    sent = await browser.fill("/password", email="ann@mail.example")
    assert "Look into your mailbox" in words(sent)
    way = await link(mailing)
    assert "For @ann ." in words(await browser.get(way))
    done = await browser.post(
        "/password/new",
        {"form_token": form_token(await browser.get(way)), "token": way.partition("=")[2], "password": NEW},
    )
    assert "You have a new password" in words(done)
    assert not browser.signed_in
    assert (await browser.sign_in("ann")).status_code == 422
    assert (await browser.sign_in("ann", NEW)).status_code == 302
    again = await browser.get(way)
    assert again.status_code == 422
    assert "This link no longer works" in words(again)


async def test_the_answer_does_not_tell_whose_address_is_known(mailing: World, browser: Browser) -> None:
    known = await browser.fill("/password", email="ann@mail.example")
    unknown = await browser.fill("/password", email="eve@mail.example")
    assert known.status_code == unknown.status_code == 200
    assert words(known) == words(unknown).replace("eve@", "ann@")


async def test_a_bad_password_can_be_put_right_and_changes_nothing(mailing: World, browser: Browser) -> None:
    await browser.fill("/password", email="ann@mail.example")
    way = await link(mailing)
    token = way.partition("=")[2]
    for password in ("", "short", "x" * 73):
        fields = {"form_token": form_token(await browser.get(way)), "token": token, "password": password}
        refused = await browser.post("/password/new", fields)
        assert refused.status_code == 422
        assert token in refused.text
    assert (await users.sign_in(mailing.ctx, "ann", PASSWORD)).username == "ann"


@pytest.mark.parametrize("token", ["", "x", "x.y", "ÿ.ÿ"])
async def test_a_forged_link_shows_no_form(browser: Browser, token: str) -> None:
    shown = await browser.get(f"/password/new?token={token}")
    assert shown.status_code == 422
    assert 'name="password"' not in shown.text
    fields = {"form_token": form_token(await browser.get("/password")), "token": token, "password": NEW}
    assert (await browser.post("/password/new", fields)).status_code == 422


async def test_a_mailbox_gets_five_links_in_half_an_hour(mailing: World, browser: Browser) -> None:
    for email in ("ann@mail.example", "eve@mail.example"):
        asked = [(await browser.fill("/password", email=email)).status_code for _ in range(6)]
        assert asked == [200] * 5 + [429]
    await mailing.settle()
    assert len(mailing.mail.sent) <= 5


async def test_without_a_mail_server_the_letter_waits_for_those_who_run_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nowhere(mail: object) -> bool:
        return False

    monkeypatch.setattr(world.mail, "send", nowhere)
    await member(world)
    await member(world, "owner", role="Owner")
    async with browsing(world) as visitor, browsing(world) as owner:
        sent = await visitor.fill("/password", email="ann@mail.example")
        assert "No mail goes out from here" in words(sent)
        await world.settle()
        await owner.sign_in("owner")
        assert "/password/new?token=" in (await owner.get("/outbox")).text


async def test_another_address_counts_once_its_link_is_opened(mailing: World, browser: Browser) -> None:
    await browser.sign_in("ann")
    asked = await browser.fill("/settings/email", email="new@mail.example", current=PASSWORD)
    assert "A link was sent to new@mail.example" in words(asked)
    await mailing.settle()
    letter, notice = mailing.mail.sent
    assert (letter.recipient, notice.recipient) == ("new@mail.example", "ann@mail.example")
    assert "ann@mail.example" in words(await browser.get("/settings/email"))
    way = next(word for word in letter.body.split() if word.startswith("https://"))
    assert "Your address is confirmed" in words(await browser.get(way))
    shown = words(await browser.get("/settings/email"))
    assert "You sign in with new@mail.example" in shown
    assert "A link was sent" not in shown


@pytest.mark.parametrize(
    ("email", "current", "said"),
    [
        ("new@mail.example", "wrong", "not your present password"),
        ("ben@mail.example", "wrong", "not your present password"),
        ("BEN@mail.example", PASSWORD, "Has already been taken"),
        ("nowhere", PASSWORD, "Is invalid"),
        ("ann@mail.example", PASSWORD, "your address already"),
    ],
)
async def test_an_address_stays_without_the_password_or_a_free_one(
    mailing: World, browser: Browser, email: str, current: str, said: str
) -> None:
    await member(mailing, "ben")
    await browser.sign_in("ann")
    refused = await browser.fill("/settings/email", email=email, current=current)
    assert refused.status_code == 422
    assert said in words(refused)
    await mailing.settle()
    assert not mailing.mail.sent


async def test_nobody_tries_addresses_without_end(mailing: World, browser: Browser) -> None:
    await member(mailing, "ben")
    await browser.sign_in("ann")
    tries = [
        (await browser.fill("/settings/email", email="ben@mail.example", current=PASSWORD)).status_code
        for _ in range(6)
    ]
    assert tries == [422] * 5 + [429]


async def test_settings_lead_to_each_other_and_are_for_members(browser: Browser) -> None:
    for path in ("/settings/apps", "/settings/email", "/settings/password"):
        assert (await browser.get(path)).headers["location"].startswith("/sign-in")
    await browser.sign_in("ann")
    for path in ("/settings/apps", "/settings/email", "/settings/password"):
        assert f'<a href="{path}" aria-current="page">' in (await browser.get(path)).text
