"""The streams of one process, put together."""

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

    def __init__(self, ctx: Context) -> None:
        self.hub = Hub(self._begin)
        self.telling = Telling(ctx, self.hub)
        self._socket = Socket(ctx, self.hub)
        events = {path: ServerSent(ctx, self.hub, name) for path, name in PATHS.items()}
        self.paths = {**events, f"{BASE}/health": health}

    def _begin(self) -> None:
        self.telling.begin()

    async def socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a WebSocket; any path but that of the streams is refused."""
        if scope["path"].rstrip("/") != BASE:
            await receive()
            await send({"type": "websocket.close", "code": 4404})
            return
        await self._socket(scope, receive, send)
