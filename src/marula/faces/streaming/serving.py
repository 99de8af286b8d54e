"""The streams of one process, put together."""

import asyncio

from marula.domain.context import Context
from marula.faces.http.request import Receive, Scope, Send
from marula.faces.streaming.health import health
from marula.faces.streaming.hub import Hub
from marula.faces.streaming.server_sent import ServerSent
from marula.faces.streaming.socket import Socket
from marula.faces.streaming.streams import BASE, PATHS
from marula.faces.streaming.telling import Telling


class Streaming:
    """Serves WebSockets at BASE and server-sent events below it."""

    def __init__(self, ctx: Context, stopping: asyncio.Event | None = None) -> None:
        """`stopping`: set when the process is to end; then all are sent away."""
        self._stopping = stopping
        self._leaving: asyncio.Task[None] | None = None
        self.hub = Hub(self._begin)
        self.telling = Telling(ctx, self.hub)
        self._socket = Socket(ctx, self.hub)
        events = {path: ServerSent(ctx, self.hub, name) for path, name in PATHS.items()}
        self.paths = {**events, f"{BASE}/health": health}

    def _begin(self) -> None:
        self.telling.begin()
        if self._stopping is not None and (self._leaving is None or self._leaving.done()):
            self._leaving = asyncio.create_task(self._leave(self._stopping))

    async def _leave(self, stopping: asyncio.Event) -> None:
        await stopping.wait()
        self.hub.send_away()

    async def socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a WebSocket; any path but that of the streams is refused."""
        if scope["path"].rstrip("/") != BASE:
            await receive()
            await send({"type": "websocket.close", "code": 4404})
            return
        await self._socket(scope, receive, send)
