"""The outermost layer: whose address counts, the request's id, CORS, the log line, the metrics."""

import ipaddress
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

from marula.base.observe import logs, metrics
from marula.faces.http.request import Receive, Scope, Send

App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

log = logs.logger("http")

OPEN_PATHS = ("/api/", "/oauth/token", "/oauth/revoke", "/oauth/userinfo", "/.well-known/", "/nodeinfo")
"""Where pages of any origin may call. Everything else is for our own pages only."""

EXPOSED = b"Link, Mastodon-Async-Refresh, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id"
METHODS = b"POST, PUT, DELETE, GET, PATCH, OPTIONS"


class Outermost:
    """Wraps the whole application.

    Spec: Fetch standard, CORS; limits.json, cors.exposed_headers. `X-Forwarded-*` count only when the connection
    comes from one of `proxies`.
    """

    def __init__(self, app: App, proxies: Sequence[Network]) -> None:
        self._app = app
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        self._see_through_proxies(scope)
        request_id = uuid.uuid4().hex
        scope["request_id"] = request_id
        is_open = scope["path"].startswith(OPEN_PATHS)
        if is_open and scope["method"] == "OPTIONS" and b"access-control-request-method" in headers:
            await _preflight(send, headers)
            return
        extra = [(b"x-request-id", request_id.encode()), (b"x-content-type-options", b"nosniff")]
        if is_open:
            extra += [(b"access-control-allow-origin", b"*"), (b"access-control-expose-headers", EXPOSED)]
        started = time.perf_counter()
        status = 0

        async def sending(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *extra]
            if scope["method"] == "HEAD" and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        with logs.bound(request=request_id):
            try:
                await self._app(scope, receive, sending)
            finally:
                spent = time.perf_counter() - started
                route = scope.get("route", "page")
                metrics.requests.labels(scope["method"], route, str(status)).inc()
                metrics.request_seconds.labels(route).observe(spent)
                log.debug(
                    "answered", method=scope["method"], path=scope["path"], status=status, ms=round(spent * 1000, 1)
                )

    def _see_through_proxies(self, scope: Scope) -> None:
        """Replace the address by the one that the nearest trusted proxies report; from the right, past the trusted.

        A repeated header counts as one list. Spec: rfc9110 5.3
        """
        client = scope.get("client")
        if client is None:
            return
        nearest = _address(client[0])
        if nearest is None:
            return
        scope["client"] = (str(nearest), client[1])
        if not self._trusted(nearest):
            return
        reported = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
        for text in reversed(reported.decode("latin-1").split(",")):
            address = _address(text.strip())
            if address is None:
                break
            scope["client"] = (str(address), 0)
            if not self._trusted(address):
                break
        for name, value in scope["headers"]:
            if name == b"x-forwarded-proto" and value in (b"http", b"https"):
                scope["scheme"] = value.decode()

    def _trusted(self, address: Address) -> bool:
        return any(address in network for network in self._proxies)


def _address(text: str) -> Address | None:
    """The address that is written so; one of IPv4 inside IPv6 is itself. Spec: rfc4291 2.5.5.2"""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


async def _preflight(send: Send, headers: dict[bytes, bytes]) -> None:
    wanted = headers.get(b"access-control-request-headers", b"authorization, content-type")
    answer = [
        (b"access-control-allow-origin", b"*"),
        (b"access-control-allow-methods", METHODS),
        (b"access-control-allow-headers", wanted),
        (b"access-control-max-age", b"86400"),
        (b"content-length", b"0"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": answer})
    await send({"type": "http.response.body", "body": b""})
