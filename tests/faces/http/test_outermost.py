"""The outermost layer: CORS, addresses behind proxies, request ids, HEAD."""

import ipaddress
from typing import Any

import httpx
import pytest

from marula.faces.http.outermost import EXPOSED, Outermost
from marula.faces.http.request import Receive, Request, Scope, Send
from marula.main.web import make_app
from tests.world import World

PROXIES = [ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("fd00::/8")]
PROXY = "10.0.0.1"
PREFLIGHT = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}


async def mirror(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers with the address and the scheme it sees."""
    seen = f"{Request(scope, receive).address} {scope['scheme']}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-own", b"1")]})
    await send({"type": "http.response.body", "body": seen[:3], "more_body": True})
    await send({"type": "http.response.body", "body": seen[3:]})


async def ask(
    method: str = "GET", path: str = "/api/v1/x", *, client: str = PROXY, headers: dict[str, str] | None = None
) -> httpx.Response:
    """What a client at this address is answered."""
    app: Any = Outermost(mirror, PROXIES)
    transport = httpx.ASGITransport(app, client=(client, 5))
    async with httpx.AsyncClient(transport=transport, base_url="http://marula.example") as caller:
        return await caller.request(method, path, headers=headers)


async def seen(client: str, **headers: str) -> str:
    """The address and the scheme that the application sees."""
    return (await ask(client=client, headers={name.replace("_", "-"): value for name, value in headers.items()})).text


@pytest.mark.parametrize("path", ["/api/v1/x", "/oauth/token", "/.well-known/webfinger", "/nodeinfo/2.0"])
async def test_programs_in_browsers_may_ask_whether_they_may_call_the_api(path: str) -> None:
    answer = await ask("OPTIONS", path, headers=PREFLIGHT | {"Access-Control-Request-Headers": "authorization, x-a"})
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-headers"] == "authorization, x-a"
    assert set(answer.headers["access-control-allow-methods"].split(", ")) >= {"POST", "PUT", "DELETE", "GET", "PATCH"}
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/@anna", "/auth/sign_in", "/oauth/authorize", "/apiary"])
async def test_pages_are_for_our_own_origin_only(path: str) -> None:
    for answer in (await ask("OPTIONS", path, headers=PREFLIGHT), await ask(path=path, headers=PREFLIGHT)):
        assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_answers_of_the_api_expose_their_headers_to_programs_in_browsers() -> None:
    answer = await ask()
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-expose-headers"] == EXPOSED.decode()
    assert {"Link", "X-RateLimit-Remaining"} <= set(EXPOSED.decode().split(", "))
    assert answer.headers["x-own"] == "1"


async def test_options_without_a_question_reaches_the_application() -> None:
    assert (await ask("OPTIONS")).headers["x-own"] == "1"


async def test_every_answer_has_a_request_id_of_its_own() -> None:
    first, second = (await ask(headers={"X-Request-Id": "chosen"})).headers, (await ask(path="/")).headers
    assert len({first["x-request-id"], second["x-request-id"], "chosen"}) == 3
    assert first["x-content-type-options"] == second["x-content-type-options"] == "nosniff"


async def test_an_address_is_believed_from_a_trusted_proxy_only() -> None:
    assert await seen(PROXY, x_forwarded_for="192.0.2.7") == "192.0.2.7 http"
    assert await seen("fd00::1", x_forwarded_for="2001:db8::1") == "2001:db8::1 http"
    assert await seen("203.0.113.9", x_forwarded_for="192.0.2.7", x_forwarded_proto="https") == "203.0.113.9 http"


async def test_a_scheme_is_believed_from_a_trusted_proxy_only() -> None:
    assert await seen(PROXY, x_forwarded_proto="https") == f"{PROXY} https"
    assert await seen(PROXY, x_forwarded_proto="gopher") == f"{PROXY} http"


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("198.51.100.1, 192.0.2.7", "192.0.2.7"),
        ("198.51.100.1, 192.0.2.7, 10.0.0.2", "192.0.2.7"),
        ("10.9.9.9, 192.0.2.7 ,10.0.0.2", "192.0.2.7"),
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("192.0.2.7, nonsense, 10.0.0.2", "10.0.0.2"),
        ("nonsense", PROXY),
        ("", PROXY),
    ],
)
async def test_the_last_address_that_is_no_trusted_proxy_counts(forwarded: str, address: str) -> None:
    assert await seen(PROXY, x_forwarded_for=forwarded) == f"{address} http"


async def test_addresses_are_read_over_several_headers_from_the_last_one() -> None:
    app: Any = Outermost(mirror, PROXIES)
    headers = [("X-Forwarded-For", "198.51.100.1, 192.0.2.7"), ("X-Forwarded-For", "10.0.0.2")]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(PROXY, 5)), base_url="http://m") as caller:
        assert (await caller.get("/", headers=headers)).text == "192.0.2.7 http"


async def test_an_ipv4_address_written_as_ipv6_is_the_same_address() -> None:
    assert await seen(f"::ffff:{PROXY}", x_forwarded_for="::ffff:192.0.2.7") == "192.0.2.7 http"
    assert await seen("::ffff:203.0.113.9", x_forwarded_for="192.0.2.7") == "203.0.113.9 http"


async def test_the_answer_to_head_has_no_body() -> None:
    answer = await ask("HEAD")
    assert answer.content == b""
    assert answer.headers["x-own"] == "1"


async def test_the_application_stands_inside_this_layer(world: World) -> None:
    app: Any = make_app(world.ctx)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://marula.example") as caller:
        got, head = await caller.get("/api/v2/instance"), await caller.head("/api/v2/instance")
    assert (got.status_code, head.status_code, head.content) == (200, 200, b"")
    assert got.headers["access-control-allow-origin"] == "*"
    assert got.headers["x-request-id"] != head.headers["x-request-id"]
