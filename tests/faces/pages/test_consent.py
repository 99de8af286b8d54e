"""A program asks a person: allow, deny, requests that cannot be trusted, and what becomes of the code."""

import base64
import hashlib
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from marula.domain import apps
from marula.domain.apps import Registered
from tests.domain.apps.programs import BACK, program
from tests.domain.users.people import PASSWORD
from tests.faces.pages.browser import Browser, allow_sign_up, browsing, member, words
from tests.world import World

VERIFIER = "a-verifier-that-is-long-enough-to-be-taken-for-one"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    """The browser of somebody who is signed in."""
    await member(world)
    async with browsing(world) as made:
        await made.sign_in("ann")
        yield made


def request(app: Registered, **changes: str) -> str:
    """The address of the consent page."""
    wanted = {
        "response_type": "code",
        "client_id": app.app.client_id,
        "redirect_uri": BACK,
        "scope": "read write",
        "state": "a b&c",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    return f"/oauth/authorize?{urlencode({name: value for name, value in (wanted | changes).items() if value})}"


def answered(sent: httpx.Response) -> dict[str, str]:
    """What was sent back to the program."""
    assert sent.status_code == 302
    to = sent.headers["location"]
    assert to.startswith(BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(to).query).items()}


async def exchange(browser: Browser, app: Registered, code: str, **changes: str) -> httpx.Response:
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "client_id": app.app.client_id,
        "client_secret": app.client_secret,
        "code_verifier": VERIFIER,
    }
    return await browser.post("/oauth/token", {name: value for name, value in (fields | changes).items() if value})


async def me(browser: Browser, token: str) -> tuple[int, Any]:
    shown = await browser.get("/api/v1/accounts/verify_credentials", authorization=f"Bearer {token}")
    return shown.status_code, shown.json()


async def test_what_is_allowed_becomes_a_token_that_works(world: World, browser: Browser) -> None:
    app = await program(world)
    shown = words(await browser.get(request(app)))
    assert "Probe" in shown
    assert "app.example" in shown
    sent = answered(await browser.fill(request(app), decision="allow"))
    assert sent["state"] == "a b&c"
    given = await exchange(browser, app, sent["code"])
    assert given.status_code == 200
    assert "no-store" in given.headers["cache-control"]
    assert (given.json()["token_type"], given.json()["scope"]) == ("Bearer", "read write")
    status, body = await me(browser, given.json()["access_token"])
    assert (status, body["username"]) == (200, "ann")


async def test_looking_at_the_request_gives_nothing_away(world: World, browser: Browser) -> None:
    assert (await browser.get(request(await program(world)))).status_code == 200
    assert await world.rows("select 1 from grants") == []


async def test_a_code_works_once(world: World, browser: Browser) -> None:
    app = await program(world)
    code = answered(await browser.fill(request(app), decision="allow"))["code"]
    assert (await exchange(browser, app, code)).status_code == 200
    again = await exchange(browser, app, code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize("verifier", ["", "another-verifier-that-is-long-enough-to-be-one"])
async def test_a_code_is_worth_nothing_without_its_verifier(world: World, browser: Browser, verifier: str) -> None:
    app = await program(world)
    code = answered(await browser.fill(request(app), decision="allow"))["code"]
    refused = await exchange(browser, app, code, code_verifier=verifier)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")


async def test_a_code_is_worth_nothing_to_another_program(world: World, browser: Browser) -> None:
    app, other = await program(world), await program(world)
    code = answered(await browser.fill(request(app), decision="allow"))["code"]
    refused = await exchange(browser, other, code)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")


async def test_no_is_told_to_the_program(world: World, browser: Browser) -> None:
    sent = answered(await browser.fill(request(await program(world)), decision="deny"))
    assert (sent["error"], sent["state"]) == ("access_denied", "a b&c")
    assert "code" not in sent
    assert await world.rows("select 1 from grants") == []


async def test_whoever_neither_allows_nor_denies_has_not_allowed(world: World, browser: Browser) -> None:
    assert answered(await browser.fill(request(await program(world)), decision="Allow"))["error"] == "access_denied"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_id": "unknown"}, "invalid_client"),
        ({"client_id": ""}, "invalid_client"),
        ({"redirect_uri": "https://evil.example/back"}, "invalid_redirect_uri"),
        ({"redirect_uri": f"{BACK}/more"}, "invalid_redirect_uri"),
        ({"redirect_uri": ""}, "invalid_redirect_uri"),
    ],
)
async def test_a_request_that_cannot_be_trusted_is_shown_and_not_sent_on(
    world: World, browser: Browser, changes: dict[str, str], error: str
) -> None:
    shown = await browser.get(request(await program(world), **changes))
    assert shown.status_code == 400
    assert "location" not in shown.headers
    assert error in words(shown)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "admin:write"}, "invalid_scope"),
        ({"scope": "nonsense"}, "invalid_scope"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": ""}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
    ],
)
async def test_a_request_that_cannot_be_answered_is_told_to_the_program(
    world: World, browser: Browser, changes: dict[str, str], error: str
) -> None:
    sent = answered(await browser.get(request(await program(world), **changes)))
    assert (sent["error"], sent["state"]) == (error, "a b&c")


async def test_without_a_redirect_the_code_is_shown(world: World, browser: Browser) -> None:
    app = await program(world)
    path = request(app, redirect_uri=apps.OUT_OF_BAND)
    shown = await browser.fill(path, decision="allow")
    assert shown.status_code == 200
    code = shown.text.partition('class="copy"')[2].partition(">")[2].partition("<")[0]
    given = await exchange(browser, app, code, redirect_uri=apps.OUT_OF_BAND)
    assert given.status_code == 200
    assert (await browser.fill(path, decision="deny")).headers["location"] == "/home"


async def test_the_answer_goes_into_the_fragment_when_asked(world: World, browser: Browser) -> None:
    sent = await browser.fill(request(await program(world), response_mode="fragment"), decision="allow")
    assert sent.headers["location"].startswith(f"{BACK}#code=")


async def test_a_visitor_signs_in_first_and_is_then_asked(world: World, browser: Browser) -> None:
    path = request(await program(world))
    async with browsing(world) as other:
        sent = await other.get(path)
        assert urlsplit(sent.headers["location"]).path == "/sign-in"
        assert (await other.sign_in("ann", path=sent.headers["location"])).headers["location"] == path
        assert (await other.get(path)).status_code == 200


async def test_consent_cannot_be_forged(world: World, browser: Browser) -> None:
    path = request(await program(world))
    assert (await browser.post(path, {"decision": "allow"})).status_code == 422
    assert await world.rows("select 1 from grants") == []


async def test_a_newcomer_joins_and_lets_in_a_program_that_nobody_knew(world: World) -> None:
    await allow_sign_up(world, "open")
    async with browsing(world) as newcomer:
        known = (await newcomer.post("/api/v1/apps", {"client_name": "Fresh", "redirect_uris": BACK})).json()
        app = {"client_id": known["client_id"], "redirect_uri": BACK}
        path = f"/oauth/authorize?{urlencode(app | {'response_type': 'code'})}"
        fields = {"username": "zoe", "email": "zoe@mail.example", "password": PASSWORD, "agreement": "true"}
        await newcomer.fill("/sign-up", **fields)
        await newcomer.fill("/sign-out")
        asked = await newcomer.get(path)
        sent = await newcomer.sign_in("zoe", path=asked.headers["location"])
        code = answered(await newcomer.fill(sent.headers["location"], decision="allow"))["code"]
        form = app | {"grant_type": "authorization_code", "code": code, "client_secret": known["client_secret"]}
        token = (await newcomer.post("/oauth/token", form)).json()["access_token"]
        assert (await me(newcomer, token))[1]["username"] == "zoe"
        shown = await newcomer.get("/api/v1/apps/verify_credentials", authorization=f"Bearer {token}")
        assert shown.json()["name"] == "Fresh"
