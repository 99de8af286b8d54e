"""Streams as server-sent events: one stream for each connection.

Spec: HTML standard, 9.2 (server-sent events); Mastodon documentation, methods/streaming
"""

import asyncio
from urllib.parse import parse_qsl

import msgspec

from marula.domain.context import Context
from marula.faces.http.request import Receive, Scope, Send
from marula.faces.streaming.admission import admit, subscribe
from marula.faces.streaming.hub import Hub
from marula.faces.streaming.outlet import Outlet
from marula.faces.streaming.streams import Stream, Unwelcome, wanted

THUMP = 15.0
"""Seconds after which a quiet stream shows that it lives."""

SLOW = 10.0

HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"private, no-store"),
    (b"x-accel-buffering", b"no"),
]


def write(stream: Stream, event: str, data: bytes | None) -> bytes:
    """An event; JSON has no line breaks in it."""
    return b"event: %b\ndata: %b\n\n" % (event.encode(), data or b"undefined")


class ServerSent:
    """One path of the streams, as an ASGI application."""

    def __init__(self, ctx: Context, hub: Hub, name: str) -> None:
        self._ctx = ctx
        self._hub = hub
        self._name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = f"streaming {self._name}"
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        kind, _, value = headers.get(b"authorization", "").partition(" ")
        token = value.strip() if kind.lower() == "bearer" and value else query.get("access_token")
        try:
            if scope["method"] != "GET":
                raise Unwelcome(404, "Not Found")
            outlet = await admit(self._ctx, self._hub, token, write)
            try:
                await subscribe(self._ctx, self._hub, outlet, wanted(self._name, query))
                await self._serve(outlet, receive, send)
            finally:
                self._hub.close(outlet)
        except Unwelcome as error:
            await _refuse(send, error)

    async def _serve(self, outlet: Outlet, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": b":)\n", "more_body": True})
        leaving = asyncio.create_task(_gone(receive))
        try:
            while not leaving.done():
                message = await _next(outlet, leaving)
                if message is None:
                    break
                async with asyncio.timeout(SLOW):
                    await send({"type": "http.response.body", "body": message, "more_body": True})
        except (TimeoutError, OSError):
            return  # too slow, or gone
        finally:
            leaving.cancel()
        await send({"type": "http.response.body", "body": b""})


async def _next(outlet: Outlet, leaving: asyncio.Task[None]) -> bytes | None:
    """The next message, a sign of life when there is none for long, or None when it is over."""
    waiting = asyncio.ensure_future(outlet.waiting.get())
    await asyncio.wait([waiting, leaving], timeout=THUMP, return_when=asyncio.FIRST_COMPLETED)
    if waiting.done():
        return waiting.result()
    waiting.cancel()
    return None if leaving.done() else b":thump\n"


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send, error: Unwelcome) -> None:
    body = msgspec.json.encode({"error": error.why})
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
