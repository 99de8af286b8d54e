"""Calls to other servers: what may be called, how much may come back, and how long it may take."""

import asyncio
import gzip
import ipaddress
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp import web

from marula.base.kernel.errors import Unreachable
from marula.base.net import Http, Limits, forbidden

HERE = ("127.0.0.0/8", "::1/128")


class Peer:
    """A server on this machine; its answers are chosen by path."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(f"{request.method} {request.path_qs}")
        match request.path:
            case "/hop":
                left = int(request.query["left"])
                raise web.HTTPFound(f"/hop?left={left - 1}" if left else "/end")
            case "/away":
                raise web.HTTPFound("http://10.0.0.1/secret")
            case "/slow":
                await asyncio.sleep(5)
                return web.Response(text="late")
            case "/long":
                return web.Response(body=b"x" * 3000)
            case "/bomb":
                return web.Response(body=gzip.compress(b"0" * 5_000_000), headers={"content-encoding": "gzip"})
            case "/endless":
                stream = web.StreamResponse()
                await stream.prepare(request)
                for _ in range(100):
                    await stream.write(b"x" * 1000)
                return stream
            case "/echo":
                told = request.headers.get("x-told", "")
                return web.json_response(
                    {"told": told, "agent": request.headers["user-agent"], "body": await request.text()}
                )
            case _:
                return web.Response(text="hello", headers={"X-One": "1"}, content_type="text/plain")


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    made = Peer()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", made.answer)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port: int = runner.addresses[0][1]
    made.url = f"http://127.0.0.1:{port}"
    yield made
    await runner.cleanup()


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    made = Http("Test/1", allowed=HERE)
    yield made
    await made.close()


async def refused(call: Callable[[], Awaitable[object]]) -> str:
    """Why a call could not be made."""
    with pytest.raises(Unreachable) as caught:
        await call()
    return caught.value.why


async def test_an_answer_has_status_headers_and_body(peer: Peer, http: Http) -> None:
    answer = await http.get(f"{peer.url}/x")
    assert (answer.status, answer.body, answer.headers["x-one"]) == (200, b"hello", "1")
    assert (answer.media_type, answer.url) == ("text/plain", f"{peer.url}/x")


async def test_we_present_ourselves_and_send_what_is_asked(peer: Peer, http: Http) -> None:
    answer = await http.post(f"{peer.url}/echo", b"body", headers={"x-told": "yes"})
    assert answer.body == b'{"told": "yes", "agent": "Test/1", "body": "body"}'


async def test_nothing_here_is_called_unless_it_is_allowed(peer: Peer) -> None:
    strict = Http("Test/1")
    assert "https" in await refused(lambda: strict.get(peer.url))
    assert "must not be called" in await refused(lambda: strict.get(peer.url.replace("http:", "https:")))
    assert "must not be called" in await refused(lambda: strict.get("https://localhost:1/"))
    assert peer.asked == []
    await strict.close()


async def test_what_the_operator_chose_may_be_here(peer: Peer) -> None:
    strict = Http("Test/1")
    assert (await strict.get(peer.url, trusted=True)).status == 200
    await strict.close()


async def test_a_redirect_leads_to_nothing_that_is_forbidden(peer: Peer, http: Http) -> None:
    assert "must not be called" in await refused(lambda: http.get(f"{peer.url}/away"))


async def test_redirects_are_followed_a_few_times(peer: Peer, http: Http) -> None:
    answer = await http.get(f"{peer.url}/hop?left=2")
    assert (answer.body, answer.url) == (b"hello", f"{peer.url}/end")
    assert "too often" in await refused(lambda: http.get(f"{peer.url}/hop?left=9"))
    assert (await http.post(f"{peer.url}/hop?left=1", b"", headers={})).status == 302


async def test_headers_are_made_for_each_address(peer: Peer, http: Http) -> None:
    made: list[str] = []

    def sign(url: str) -> dict[str, str]:
        made.append(url)
        return {}

    await http.get(f"{peer.url}/hop?left=0", headers=sign)
    assert made == [f"{peer.url}/hop?left=0", f"{peer.url}/end"]


@pytest.mark.parametrize("path", ["/long", "/bomb", "/endless"])
async def test_an_answer_that_is_too_long_is_refused(peer: Peer, http: Http, path: str) -> None:
    assert "too much" in await refused(lambda: http.get(peer.url + path, limits=Limits(size=2000)))


async def test_an_answer_that_is_too_slow_is_refused(peer: Peer, http: Http) -> None:
    brief = Limits(time=timedelta(seconds=0.2))
    assert "in time" in await refused(lambda: http.get(f"{peer.url}/slow", limits=brief))


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/", "https://", "https://u:p@a.example/", "https://[", "", "https://a.example:0/", "file:///etc"],
)
async def test_what_is_no_address_is_not_called(http: Http, url: str) -> None:
    assert await refused(lambda: http.get(url))


async def test_a_server_that_is_not_there_is_named(http: Http) -> None:
    assert (await refused(lambda: http.get("http://127.0.0.1:9/"))).startswith("127.0.0.1 cannot be reached")
    assert "name is not known" in await refused(lambda: http.get("https://nowhere.invalid/"))


CLOSED = """
    0.0.0.1 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 192.0.0.1 192.168.1.1 198.18.0.1 224.0.0.1
    255.255.255.255 ::1 :: ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001::1
    2001:db8::1 fc00::1 fe80::1 fec0::1 ff02::1 3fff::1
"""


@pytest.mark.parametrize("address", CLOSED.split())
def test_addresses_that_are_not_of_the_open_net_are_forbidden(address: str) -> None:
    assert forbidden(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_addresses_of_the_open_net_may_be_called(address: str) -> None:
    assert not forbidden(ipaddress.ip_address(address))


def test_an_allowed_network_allows_no_other() -> None:
    allowed = [ipaddress.ip_network("10.1.0.0/16")]
    assert not forbidden(ipaddress.ip_address("10.1.2.3"), allowed)
    assert not forbidden(ipaddress.ip_address("::ffff:10.1.2.3"), allowed)
    assert forbidden(ipaddress.ip_address("10.2.0.1"), allowed)
