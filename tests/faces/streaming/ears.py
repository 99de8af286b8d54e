"""Somebody who listens: a WebSocket or an event stream, in process."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

from marula.faces.http.outermost import App
from marula.faces.streaming import Streaming
from tests.world import World


class Ear:
    """What a client of a stream says and hears."""

    def __init__(self) -> None:
        self.said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.got: list[dict[str, Any]] = []
        self.stuck = False

    async def send(self, message: dict[str, Any]) -> None:
        if self.stuck:
            await asyncio.sleep(3600)
        self.got.append(dict(message))

    def say(self, **words: Any) -> None:
        """Say something over the WebSocket."""
        self.said.put_nowait({"type": "websocket.receive", "text": json.dumps(words)})

    @property
    def heard(self) -> list[tuple[str, str, Any]]:
        """Stream, event and payload of what came, in order; the payload as JSON where it is some."""
        texts = [json.loads(one["text"]) for one in self.got if one["type"] == "websocket.send"]
        return [(":".join(one["stream"]), one["event"], _payload(one)) for one in texts if "event" in one]

    @property
    def errors(self) -> list[tuple[int, str]]:
        """What was refused."""
        texts = [json.loads(one["text"]) for one in self.got if one["type"] == "websocket.send"]
        return [(one["status"], one["error"]) for one in texts if "error" in one]

    @property
    def closed(self) -> int | None:
        """The code with which the connection was closed."""
        return next((one.get("code") for one in self.got if one["type"] == "websocket.close"), None)

    @property
    def text(self) -> str:
        """The body of an event stream."""
        return b"".join(one.get("body", b"") for one in self.got).decode()

    @property
    def status(self) -> int | None:
        return next((one["status"] for one in self.got if one["type"].endswith("response.start")), None)


class Ears:
    """All who listen to one server."""

    def __init__(self, world: World, streaming: Streaming) -> None:
        self.world = world
        self.streaming = streaming
        self._running: list[asyncio.Task[None]] = []

    async def socket(self, token: str | None, *streams: str, **more: Any) -> Ear:
        """A WebSocket with these streams."""
        ear = Ear()
        headers = [] if token is None else [(b"authorization", f"Bearer {token}".encode())]
        query = more.pop("query", {})
        scope = {
            "type": "websocket",
            "path": "/api/v1/streaming/",
            "headers": more.pop("headers", headers),
            "query_string": urlencode(query).encode(),
            "subprotocols": more.pop("subprotocols", []),
            "extensions": {"websocket.http.response": {}},
        }
        ear.said.put_nowait({"type": "websocket.connect"})
        self._run(self.streaming.socket, scope, ear)
        for stream in streams:
            ear.say(type="subscribe", stream=stream, **more)
        await self.quiet()
        return ear

    async def events(self, token: str | None, path: str, **query: str) -> Ear:
        """An event stream."""
        ear = Ear()
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "headers": [] if token is None else [(b"authorization", f"Bearer {token}".encode())],
            "query_string": urlencode(query).encode(),
        }
        self._run(self.streaming.paths[path], scope, ear)
        await self.quiet()
        return ear

    async def settle(self) -> None:
        """Let everything that follows from what was done arrive."""
        await self.world.settle()
        await self.quiet()

    async def quiet(self) -> None:
        """Let tasks run until nothing moves."""
        for _ in range(3):
            await asyncio.wait_for(self.streaming.telling.settled(), 5)
            for _ in range(50):
                await asyncio.sleep(0)
            await asyncio.sleep(0.005)

    def _run(self, app: App, scope: dict[str, Any], ear: Ear) -> None:
        self._running.append(asyncio.ensure_future(app(scope, ear.said.get, ear.send)))  # pyright: ignore[reportArgumentType]

    async def end(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


@asynccontextmanager
async def ears_in(world: World) -> AsyncGenerator[Ears]:
    """Listeners to the streams of a world."""
    made = Ears(world, Streaming(world.ctx))
    try:
        yield made
    finally:
        await made.end()


def _payload(message: dict[str, Any]) -> Any:
    text = message.get("payload")
    if text is None:
        return None
    return json.loads(text) if text.startswith("{") else text
