"""From a request to its handler and back: the one way through which every API call goes."""

import zlib
from datetime import timedelta
from typing import Any

import msgspec

from marula.base.kernel.errors import TooMany
from marula.base.observe import logs
from marula.domain import apps
from marula.domain.context import Context
from marula.faces.api import access, errors
from marula.faces.api.call import Call
from marula.faces.api.route import Route
from marula.faces.http import params
from marula.faces.http.limits import Count, Limit, Limiter
from marula.faces.http.request import Receive, Request, Scope, Send
from marula.faces.http.uploads import Takes
from marula.views import Rendered

log = logs.logger("api")
encoder = msgspec.json.Encoder()

PER_TOKEN = Limit("token", 300, timedelta(minutes=5))
PER_USER = Limit("user", 1500, timedelta(minutes=5))
PER_ADDRESS = Limit("address", 300, timedelta(minutes=5))

PRIVATE = (b"cache-control", b"private, no-store")
JSON = b"application/json; charset=utf-8"


class Endpoints:
    """The routes of one path, as an ASGI application."""

    def __init__(self, ctx: Context, limiter: Limiter, by_method: dict[str, Route]) -> None:
        self._ctx = ctx
        self._limiter = limiter
        self._by_method = by_method

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        route = self._by_method.get("GET" if method == "HEAD" else method)
        if route is None and method == "PATCH":
            route = self._by_method.get("PUT")  # clients send either. Spec: GOTCHAS, Requests
        if route is None:
            await _send(send, 404, {"error": "Not Found"}, [])
            return
        scope["route"] = route.path
        request = Request(scope, receive)
        call = Call(self._ctx, request, route.known)
        try:
            body = await self._answer(call, route, scope["path_params"])
            if call.bearer is None and route.cache is not None:
                await _send_cacheable(send, call, body, route)
            else:
                await _send(send, call.status, body, _kept_private(_dated(call, route)), route.sends.encode())
        except errors.EXPECTED as error:
            status, answer = errors.answer(error, detailed=route.detailed, nested=route.nested)
            await _send(send, status, answer, _kept_private([*call.headers, *_retry(error)]))
        except Exception as error:
            log.error("a handler failed", route=route.path, error=error)
            await _send(send, 500, {"error": "We're sorry, but something went wrong on our end."}, [PRIVATE])
        finally:
            request.end()

    async def _answer(self, call: Call, route: Route, path: dict[str, str]) -> Any:
        if route.uploads and access.token_text(call.request, params.nest([*call.request.query_pairs()])) is not None:
            await self._admit(call, route)  # before the files come
            call.params = await params.read(call.request, Takes(self._ctx.config.incoming_dir, route.uploads))
        else:
            call.params = await params.read(call.request)
            await self._admit(call, route)
        await self._note_use(call)
        arguments = [make(call, path, call.params) for _, make in route.arguments]
        return await route.run(call, *arguments)

    async def _admit(self, call: Call, route: Route) -> None:
        """Know who calls, and count it. Raises Unauthorised, TooMany."""
        given = call.params or params.nest([*call.request.query_pairs()])
        call.bearer = await access.bearer_of(self._ctx, route, call.request, given)
        if (count := self._count(call, route)) is not None:
            call.headers += count.headers()

    async def _note_use(self, call: Call) -> None:
        if call.bearer is not None and call.bearer.unnoted(self._ctx.clock.now()):
            async with self._ctx.db.transaction("relaxed") as tx:
                await apps.mark_used(tx, call.bearer)

    def _count(self, call: Call, route: Route) -> Count | None:
        """Count this request in every limit that applies; the narrowest is shown."""
        now = self._ctx.clock.now()
        bearer = call.bearer
        if bearer is None or bearer.user_id is None:
            key = call.request.network
            count = self._limiter.take(PER_ADDRESS, key, now)
        else:
            key = str(bearer.user_id)
            self._limiter.take(PER_USER, key, now)
            count = self._limiter.take(PER_TOKEN, str(bearer.token_id), now)
        if route.limit is not None:
            count = self._limiter.take(route.limit, key, now)
        return count


def _dated(call: Call, route: Route) -> list[tuple[bytes, bytes]]:
    """The headers of an answer; of an old endpoint with the time since when clients should call another."""
    if route.deprecated is None:
        return call.headers
    return [*call.headers, (b"deprecation", b"@%d" % route.deprecated.timestamp())]  # spec: rfc9745 2


def _kept_private(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """These headers; no cache keeps the answer, unless they speak of caches already."""
    return headers if any(name == b"cache-control" for name, _ in headers) else [*headers, PRIVATE]


def _retry(error: Exception) -> list[tuple[bytes, bytes]]:
    if isinstance(error, TooMany):
        return Count(0, 0, error.until).headers()[1:]
    return []


async def _send_cacheable(send: Send, call: Call, body: Any, route: Route) -> None:
    """Send what is the same for everybody, with a validator: whoever has it already is only told so.

    Spec: RFC 9110, 8.8.3 and 13.1.2; GOTCHAS, Instance, oauth, streaming (caching)
    """
    data = _bytes(body)
    etag = b'W/"%x-%x"' % (len(data), zlib.crc32(data))
    assert route.cache is not None
    headers = [
        *_dated(call, route),
        (b"cache-control", route.cache.encode()),
        (b"vary", b"Authorization, Origin"),
        (b"etag", etag),
    ]
    known = (call.request.header(b"if-none-match") or "").encode("latin-1")
    if call.status == 200 and etag in [one.strip() for one in known.split(b",")]:
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await _send(send, call.status, Rendered(data), headers, route.sends.encode())


def _bytes(body: Any) -> bytes:
    return body.data if isinstance(body, Rendered) else b"" if body is None else encoder.encode(body)


async def _send(send: Send, status: int, body: Any, headers: list[tuple[bytes, bytes]], kind: bytes = JSON) -> None:
    data = _bytes(body)
    start = {
        "type": "http.response.start",
        "status": status,
        "headers": [(b"content-type", kind), (b"content-length", b"%d" % len(data)), *headers],
    }
    await send(start)
    await send({"type": "http.response.body", "body": data})
