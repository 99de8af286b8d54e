"""The outermost layer: whose address counts, the request's id, CORS, the log line, the metrics."""

import ipaddress
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache, partial
from secrets import token_hex
from time import perf_counter
from typing import Any, TypeAlias

from marula.base.observe import logs, metrics
from marula.faces.http.request import Receive, Scope, Send

App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

log = logs.logger("http")

OPEN_PATHS = ("/api/", "/oauth/token", "/oauth/revoke", "/oauth/userinfo", "/.well-known/", "/nodeinfo", "/ap/")
"""Where pages of any origin may call. Everything else is for our own pages only."""

EXPOSED = b"Link, Mastodon-Async-Refresh, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id"
HEADERS = ((b"x-content-type-options", b"nosniff"),)
OPEN_HEADERS = (*HEADERS, (b"access-control-allow-origin", b"*"), (b"access-control-expose-headers", EXPOSED))
METHODS = b"POST, PUT, DELETE, GET, PATCH, OPTIONS"


class Outermost:
    """Wraps the whole application.

    Spec: Fetch standard, CORS; limits.json, cors.exposed_headers. `X-Forwarded-*` count only when the connection
    comes from one of `proxies`.
    """

    def __init__(self, app: App, proxies: Sequence[Network]) -> None:
        self._app = app
        self._seen = lru_cache(maxsize=1024)(partial(_see, proxies=proxies))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self._see_through_proxies(scope)
        request_id = scope["request_id"] = token_hex(16)
        is_open = scope["path"].startswith(OPEN_PATHS)
        if is_open and scope["method"] == "OPTIONS":
            headers = dict(scope["headers"])
            if b"access-control-request-method" in headers:
                await _preflight(send, headers)
                return
        extra = [(b"x-request-id", request_id.encode()), *(OPEN_HEADERS if is_open else HEADERS)]
        started = perf_counter()
        status = 0

        async def sending(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *extra]
            elif scope["method"] == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        with logs.bound(request=request_id):
            try:
                await self._app(scope, receive, sending)
            finally:
                spent = perf_counter() - started
                metrics.answered(scope["method"], scope.get("route", "page"), status, spent)
                if log.detailed:
                    milliseconds = round(spent * 1000, 1)
                    log.debug("answered", method=scope["method"], path=scope["path"], status=status, ms=milliseconds)

    def _see_through_proxies(self, scope: Scope) -> None:
        """Replace the address by the one that the nearest trusted proxies report; from the right, past the trusted.

        A repeated header counts as one list. Spec: rfc9110 5.3
        """
        client = scope.get("client")
        if client is None:
            return
        address, trusted = self._seen(client[0])
        if address is None:
            return
        scope["client"] = (address, client[1])
        if not trusted:
            return
        reported = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
        for text in reversed(reported.decode("latin-1").split(",")):
            address, trusted = self._seen(text.strip())
            if address is None:
                break
            scope["client"] = (address, 0)
            if not trusted:
                break
        for name, value in scope["headers"]:
            if name == b"x-forwarded-proto" and value in (b"http", b"https"):
                scope["scheme"] = value.decode()


def _see(text: str, proxies: Sequence[Network]) -> tuple[str | None, bool]:
    """The address that is written so, and whether it is that of a proxy; one of IPv4 inside IPv6 is itself.

    Spec: rfc4291 2.5.5.2
    """
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None, False
    address = getattr(address, "ipv4_mapped", None) or address
    return str(address), any(address in network for network in proxies)


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
