"""What programs call: to register, to get tokens, to give them back, to learn who one is and where everything is."""

import base64
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import httpx
import pytest

from marula.domain import apps
from marula.domain.apps import Issued, Registered
from marula.main.web import make_app
from tests.contract.reference import load, needs_reference
from tests.contract.shape import check
from tests.domain.apps.programs import BACK, program
from tests.domain.users.people import person
from tests.world import World

HOME = "https://marula.example"
NEW = {"client_name": "Probe", "redirect_uris": BACK}


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A program in front of the whole application."""
    transport = httpx.ASGITransport(make_app(world.ctx))
    async with httpx.AsyncClient(transport=transport, base_url=HOME) as made:
        yield made


def credentials(app: Registered) -> dict[str, str]:
    """What a program proves itself with, as fields of a form."""
    return {"client_id": app.app.client_id, "client_secret": app.client_secret}


def basic(name: str, secret: str) -> dict[str, str]:
    """The same, as a header."""
    return {"authorization": f"Basic {base64.b64encode(f'{name}:{secret}'.encode()).decode()}"}


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of an error that has exactly the two fields of RFC 6749."""
    assert set(answer.json()) == {"error", "error_description"}
    assert answer.json()["error_description"]
    return answer.status_code, answer.json()["error"]


async def given(world: World, app: Registered, scope: str = "read", name: str | None = "ann") -> Issued:
    """A token that a program has from somebody, or for itself."""
    user = None if name is None else await person(world, name)
    async with world.ctx.db.transaction() as tx:
        return await apps.issue(tx, app.app.id, None if user is None else user.id, scope.split())


async def status_of(client: httpx.AsyncClient, token: str) -> int:
    return (await client.get("/api/v1/apps/verify_credentials", headers=bearer(token))).status_code


async def test_a_program_registers_and_is_told_its_secret(client: httpx.AsyncClient) -> None:
    sent = NEW | {"scopes": "read write", "website": "https://app.example"}
    answer = await client.post("/api/v1/apps", data=sent)
    app = answer.json()
    assert answer.status_code == 200
    assert (app["name"], app["scopes"], app["redirect_uris"]) == ("Probe", ["read", "write"], [BACK])
    assert (app["redirect_uri"], app["website"]) == (BACK, "https://app.example")
    assert app["client_secret_expires_at"] == 0
    proof = {"client_id": app["client_id"], "client_secret": app["client_secret"]}
    token = (await client.post("/oauth/token", data={"grant_type": "client_credentials", **proof})).json()
    shown = await client.get("/api/v1/apps/verify_credentials", headers=bearer(token["access_token"]))
    assert shown.status_code == 200
    assert (shown.json()["id"], shown.json()["name"]) == (app["id"], "Probe")
    assert "client_secret" not in shown.text


async def test_a_program_may_send_its_addresses_in_each_of_three_ways(client: httpx.AsyncClient) -> None:
    both = [BACK, apps.OUT_OF_BAND]
    ways = (
        await client.post("/api/v1/apps", data={"client_name": "Probe", "redirect_uris": "\n".join(both)}),
        await client.post("/api/v1/apps", data={"client_name": "Probe", "redirect_uris[]": both}),
        await client.post("/api/v1/apps", json={"client_name": "Probe", "redirect_uris": both}),
    )
    assert [answer.json()["redirect_uris"] for answer in ways] == [both] * 3
    assert ways[0].json()["scopes"] == ["read"]


@pytest.mark.parametrize(
    "changes",
    [
        {"client_name": ""},
        {"redirect_uris": ""},
        {"redirect_uris": "no address"},
        {"redirect_uris": "javascript:alert(1)"},
        {"redirect_uris": f"{BACK}#here"},
        {"scopes": "everything"},
        {"website": "javascript:alert(1)"},
    ],
)
async def test_a_program_with_something_wrong_is_refused(
    world: World, client: httpx.AsyncClient, changes: dict[str, str]
) -> None:
    answer = await client.post("/api/v1/apps", data=NEW | changes)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("Validation failed: ")
    assert await world.rows("select 1 from apps") == []


async def test_a_program_gets_a_token_of_its_own(world: World, client: httpx.AsyncClient) -> None:
    app = await program(world)
    form = {"grant_type": "client_credentials", "scope": "read"} | credentials(app)
    answer = await client.post("/oauth/token", data=form)
    token = answer.json()
    assert answer.status_code == 200
    assert set(token) == {"access_token", "token_type", "scope", "created_at"}
    assert (token["token_type"], token["scope"]) == ("Bearer", "read")
    assert token["created_at"] == int(world.clock.now().timestamp())
    assert answer.headers.get_list("cache-control") == ["no-store"]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert (await client.get("/api/v1/timelines/home", headers=bearer(token["access_token"]))).status_code == 422


async def test_a_program_may_prove_itself_in_the_header(world: World, client: httpx.AsyncClient) -> None:
    app = await program(world)
    proof = basic(app.app.client_id, app.client_secret)
    answer = await client.post("/oauth/token", data={"grant_type": "client_credentials"}, headers=proof)
    assert answer.status_code == 200
    assert answer.json()["scope"] == "read"


async def test_a_program_may_ask_in_json(world: World, client: httpx.AsyncClient) -> None:
    form = {"grant_type": "client_credentials"} | credentials(await program(world))
    assert (await client.post("/oauth/token", json=form)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_secret": "guessed"}, (401, "invalid_client")),
        ({"client_id": "unknown"}, (401, "invalid_client")),
        ({"client_id": "", "client_secret": ""}, (401, "invalid_client")),
        ({"scope": "admin:read"}, (400, "invalid_scope")),
        ({"scope": "nonsense"}, (400, "invalid_scope")),
        ({"grant_type": "password"}, (400, "unsupported_grant_type")),
        ({"grant_type": ""}, (400, "invalid_request")),
        ({"grant_type": "authorization_code"}, (400, "invalid_request")),
        ({"grant_type": "authorization_code", "code": "made-up", "redirect_uri": BACK}, (400, "invalid_grant")),
    ],
)
async def test_a_token_is_refused_in_the_words_of_oauth(
    world: World, client: httpx.AsyncClient, changes: dict[str, str], error: tuple[int, str]
) -> None:
    form = {"grant_type": "client_credentials"} | credentials(await program(world)) | changes
    answer = await client.post("/oauth/token", data=form)
    assert refusal(answer) == error
    assert answer.headers.get_list("cache-control") == ["no-store"]
    assert await world.rows("select 1 from tokens") == []


@pytest.mark.parametrize("header", ["Basic", "Basic ???", "Basic /w==", "Basic bm9jb2xvbg=="])
async def test_a_broken_header_proves_nothing(client: httpx.AsyncClient, header: str) -> None:
    form = {"grant_type": "client_credentials"}
    answer = await client.post("/oauth/token", data=form, headers={"authorization": header})
    assert refusal(answer) == (401, "invalid_client")


async def test_who_fails_to_prove_itself_in_the_header_is_told_how_to(client: httpx.AsyncClient) -> None:
    form = {"grant_type": "client_credentials"}
    answer = await client.post("/oauth/token", data=form, headers=basic("unknown", "guessed"))
    assert refusal(answer) == (401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic ")


async def test_a_token_given_back_is_worth_nothing(world: World, client: httpx.AsyncClient) -> None:
    app = await program(world)
    token = (await given(world, app)).token
    assert await status_of(client, token) == 200
    for _ in range(2):
        answer = await client.post("/oauth/revoke", data={"token": token} | credentials(app))
        assert (answer.status_code, answer.json()) == (200, {})
    assert await status_of(client, token) == 401


@pytest.mark.parametrize("token", ["", "never-given"])
async def test_what_is_no_token_is_as_good_as_given_back(world: World, client: httpx.AsyncClient, token: str) -> None:
    answer = await client.post("/oauth/revoke", data={"token": token} | credentials(await program(world)))
    assert (answer.status_code, answer.json()) == (200, {})


async def test_the_token_of_another_program_cannot_be_given_back(world: World, client: httpx.AsyncClient) -> None:
    token = (await given(world, await program(world))).token
    answer = await client.post("/oauth/revoke", data={"token": token} | credentials(await program(world)))
    assert refusal(answer) == (403, "unauthorized_client")
    assert answer.json()["error_description"] == "You are not authorized to revoke this token"
    assert await status_of(client, token) == 200


async def test_a_stranger_gives_nothing_back(world: World, client: httpx.AsyncClient) -> None:
    token = (await given(world, await program(world))).token
    assert (await client.post("/oauth/revoke", data={"token": token})).status_code in (401, 403)
    assert await status_of(client, token) == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_program_that_only_needs_to_know_who_one_is_learns_that(
    world: World, client: httpx.AsyncClient, method: str
) -> None:
    token = (await given(world, await program(world, scopes="profile"), "profile")).token
    answer = await client.request(method, "/oauth/userinfo", headers=bearer(token))
    who = answer.json()
    assert answer.status_code == 200
    assert (who["iss"], who["preferred_username"]) == (f"{HOME}/", "ann")
    assert who["profile"] == f"{HOME}/@ann"


async def test_who_one_is_is_told_to_people_with_that_scope_only(world: World, client: httpx.AsyncClient) -> None:
    app = await program(world)
    assert (await client.get("/oauth/userinfo")).status_code == 401
    for scope, name, status in (("write", "ann", 403), ("read", None, 422)):
        token = (await given(world, app, scope, name)).token
        assert (await client.get("/oauth/userinfo", headers=bearer(token))).status_code == status


@pytest.mark.parametrize("headers", [{}, bearer("made-up"), basic("a", "b")])
async def test_only_a_token_tells_of_its_program(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await client.get("/api/v1/apps/verify_credentials", headers=headers)
    assert (answer.status_code, answer.json()) == (401, {"error": "The access token is invalid"})


async def test_the_description_of_the_server_is_true(client: httpx.AsyncClient) -> None:
    answer = await client.get("/.well-known/oauth-authorization-server")
    facts = answer.json()
    assert (answer.status_code, facts["issuer"]) == (200, f"{HOME}/")
    assert set(facts["scopes_supported"]) == set(apps.scopes.ALL)
    for name, address in facts.items():
        if name.endswith("_endpoint"):
            path = urlsplit(address).path
            statuses = {(await client.get(path)).status_code, (await client.post(path)).status_code}
            assert statuses != {404}, name


@needs_reference
async def test_answers_have_the_fields_that_clients_know(world: World, client: httpx.AsyncClient) -> None:
    app = await program(world)
    headers = bearer((await given(world, app, "profile")).token)
    answers = {
        "CredentialApplication": await client.post("/api/v1/apps", data=NEW),
        "Application": await client.get("/api/v1/apps/verify_credentials", headers=headers),
        "Token": await client.post("/oauth/token", data={"grant_type": "client_credentials"} | credentials(app)),
        "OAuthUserinfo": await client.get("/oauth/userinfo", headers=headers),
        "OAuthServerMetadata": await client.get("/.well-known/oauth-authorization-server"),
    }
    assert {name: check(name, answer.json()) for name, answer in answers.items()} == {name: [] for name in answers}


@needs_reference
async def test_every_scope_of_the_reference_can_be_asked_for(client: httpx.AsyncClient) -> None:
    scopes = load("permissions.json")["oauth"]["scopes"]
    every = {*scopes, *(one for inside in scopes.values() for one in inside)} | {"admin:read", "admin:write"}
    answer = await client.post("/api/v1/apps", data=NEW | {"scopes": " ".join(every)})
    assert answer.status_code == 200
    assert set(answer.json()["scopes"]) == every


async def test_a_program_learns_what_its_token_is_worth(world: World, client: httpx.AsyncClient) -> None:
    app = await program(world, scopes="read write")
    token = await given(world, app, "read write")
    answer = await client.post("/oauth/introspect", data={"token": token.token, **credentials(app)})
    assert answer.status_code == 200
    assert answer.json() == {
        "active": True,
        "scope": "read write",
        "client_id": app.app.client_id,
        "token_type": "Bearer",
        "iat": int(token.created_at.timestamp()),
    }


async def test_nothing_is_told_of_tokens_that_are_worthless_or_of_other_programs(
    world: World, client: httpx.AsyncClient
) -> None:
    app, other = await program(world), await program(world)
    token = await given(world, app)
    foreign = await client.post("/oauth/introspect", data={"token": token.token, **credentials(other)})
    unknown = await client.post("/oauth/introspect", data={"token": "none", **credentials(app)})
    await client.post("/oauth/revoke", data={"token": token.token, **credentials(app)})
    revoked = await client.post("/oauth/introspect", data={"token": token.token, **credentials(app)})
    assert [one.json() for one in (foreign, unknown, revoked)] == [{"active": False}] * 3


async def test_only_a_program_that_proves_itself_may_ask_about_tokens(world: World, client: httpx.AsyncClient) -> None:
    token = await given(world, await program(world))
    assert refusal(await client.post("/oauth/introspect", data={"token": token.token})) == (401, "invalid_client")


async def test_a_token_tells_its_holder_what_it_is_good_for(world: World, client: httpx.AsyncClient) -> None:
    app = await program(world)
    token = await given(world, app)
    told = (await client.get("/oauth/token/info", headers=bearer(token.token))).json()
    assert int(told.pop("resource_owner_id")) > 0
    assert told == {
        "scope": ["read"],
        "expires_in": None,
        "application": {"uid": app.app.client_id},
        "created_at": int(token.created_at.timestamp()),
    }
    own = await given(world, app, name=None)
    assert (await client.get("/oauth/token/info", headers=bearer(own.token))).json()["resource_owner_id"] is None
    assert (await client.get("/oauth/token/info")).status_code == 401
