"""Streams over a WebSocket: one connection, many streams.

Spec: RFC 6455; Mastodon documentation, methods/streaming (websocket)
"""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from marula.domain.context import Context
from marula.faces.http.request import Receive, Scope, Send
from marula.faces.streaming.admission import admit, subscribe
from marula.faces.streaming.hub import Hub
from marula.faces.streaming.outlet import TOO_SLOW, Outlet
from marula.faces.streaming.streams import Stream, Unwelcome, wanted

SLOW = 10.0
"""Seconds that one message may take to be taken."""

LONGEST = 4096
"""Characters of what a client may say at once."""

encode = msgspec.json.encode


def write(stream: Stream, event: str, data: bytes | None) -> bytes:
    """A message: what it says is a text inside the JSON."""
    message: dict[str, Any] = {"stream": stream.label, "event": event}
    if data is not None:
        message["payload"] = data.decode()
    return encode(message)


class Socket:
    """The WebSocket of the streams, as an ASGI application."""

    def __init__(self, ctx: Context, hub: Hub) -> None:
        self._ctx = ctx
        self._hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        token, protocol = _token(scope, query)
        try:
            outlet = await admit(self._ctx, self._hub, token, write)
        except Unwelcome as error:
            await _refuse(scope, send, error)
            return
        try:
            if "stream" in query:  # before the client knows that it is connected, and asks for what it missed
                await self._obey(outlet, {"type": "subscribe", **query})
            await send({"type": "websocket.accept", "subprotocol": protocol, "headers": []})
            await self._converse(outlet, receive, send)
        finally:
            self._hub.close(outlet)

    async def _converse(self, outlet: Outlet, receive: Receive, send: Send) -> None:
        sending = asyncio.create_task(self._send(outlet, send))
        try:
            await self._listen(outlet, receive, sending)
        finally:
            sending.cancel()

    async def _listen(self, outlet: Outlet, receive: Receive, sending: asyncio.Task[None]) -> None:
        """Obey what the client says until it goes, or is sent away."""
        while not sending.done():
            hearing = asyncio.ensure_future(receive())
            await asyncio.wait([hearing, sending], return_when=asyncio.FIRST_COMPLETED)
            if not hearing.done():
                hearing.cancel()
                return
            message = hearing.result()
            if message["type"] != "websocket.receive":
                return
            said = message.get("text") or ""
            try:
                asked = msgspec.json.decode(said[:LONGEST], type=dict[str, Any])
            except msgspec.DecodeError:
                continue
            await self._obey(outlet, asked)

    async def _obey(self, outlet: Outlet, asked: Mapping[str, Any]) -> None:
        kind = asked.get("type")
        if kind not in ("subscribe", "unsubscribe"):
            return
        try:
            stream = wanted(str(asked.get("stream", "")), asked)
            if kind == "subscribe":
                await subscribe(self._ctx, self._hub, outlet, stream)
            else:
                self._hub.remove(outlet, stream)
        except Unwelcome as error:
            outlet.offer(encode({"error": error.why, "status": error.status}))

    async def _send(self, outlet: Outlet, send: Send) -> None:
        while (message := await outlet.waiting.get()) is not None:
            try:
                async with asyncio.timeout(SLOW):
                    await send({"type": "websocket.send", "text": message.decode()})
            except TimeoutError:
                outlet.close(TOO_SLOW)
                break
            except (OSError, RuntimeError):
                return  # the client is gone
        with contextlib.suppress(TimeoutError):  # who reads nothing does not read that it is over
            async with asyncio.timeout(SLOW):
                await send({"type": "websocket.close", "code": outlet.code})


def _token(scope: Scope, query: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The token, and the subprotocol to answer with when it came as one: a browser insists on it."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    kind, _, value = headers.get(b"authorization", "").partition(" ")
    if kind.lower() == "bearer" and value:
        return value.strip(), None
    if query.get("access_token"):
        return query["access_token"], None
    offered = scope.get("subprotocols") or []
    return (offered[0], offered[0]) if offered else (None, None)


async def _refuse(scope: Scope, send: Send, error: Unwelcome) -> None:
    """Answer the request for a WebSocket with an error."""
    if "websocket.http.response" not in (scope.get("extensions") or {}):
        await send({"type": "websocket.close", "code": 4000 + error.status})
        return
    body = encode({"error": error.why})
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", b"%d" % len(body))]
    await send({"type": "websocket.http.response.start", "status": error.status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": body})
