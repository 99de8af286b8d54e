"""LibreTranslate and DeepL of our own on this machine: they turn words into capitals and do as they are told else."""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

_TAG = re.compile(r"(<[^>]*>)")


def shouted(html: str) -> str:
    """HTML whose words are in capitals, but for what is marked as no words, as translators leave it."""
    parts = _TAG.split(html)
    kept: list[bool] = []
    for position, part in enumerate(parts):
        if part.startswith("</"):
            kept.pop()
        elif part.startswith("<"):
            if not part.startswith("<br"):
                kept.append('translate="no"' in part or any(kept))
        elif not any(kept):
            parts[position] = re.sub(r"&\w+;|\w+", lambda word: word[0] if word[0][0] == "&" else word[0].upper(), part)
    return "".join(parts)


class Service:
    """What both have in common: how it goes wrong, and what it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.status = 200
        self.body: str | None = None
        self.delay = 0.0
        self.rewrite: Callable[[str], str] = shouted
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.listings = 0

    async def answer(self, made: Any) -> web.Response:
        await asyncio.sleep(self.delay)
        if self.body is not None:
            return web.Response(status=self.status, text=self.body)
        return web.json_response(made, status=self.status)


class FakeLibreTranslate(Service):
    """Spec: LibreTranslate API documentation"""

    async def languages(self, _request: web.Request) -> web.Response:
        self.listings += 1
        codes = ["en", "de", "pt", "zh-Hans"]
        return await self.answer([{"code": one, "name": one, "targets": codes} for one in codes])

    async def translate(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self.asked.append(asked)
        self.keys.append(asked.get("api_key"))
        made: dict[str, Any] = {"translatedText": [self.rewrite(text) for text in asked["q"]]}
        if asked["source"] == "auto":
            made["detectedLanguage"] = [{"confidence": 90, "language": "en"} for _ in asked["q"]]
        return await self.answer(made)


class FakeDeepL(Service):
    """Spec: DeepL API documentation"""

    async def languages(self, request: web.Request) -> web.Response:
        self.listings += 1
        sources, targets = ["EN", "DE", "PT"], ["EN-GB", "EN-US", "DE", "PT-BR"]
        codes = sources if request.query["type"] == "source" else targets
        return await self.answer([{"language": one, "name": one} for one in codes])

    async def translate(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self.asked.append(asked)
        self.keys.append(request.headers.get("authorization"))
        source = asked.get("source_lang", "EN")
        return await self.answer(
            {"translations": [{"detected_source_language": source, "text": self.rewrite(t)} for t in asked["text"]]}
        )


@asynccontextmanager
async def libre_translate() -> AsyncGenerator[FakeLibreTranslate, None]:
    """A LibreTranslate that is there until the block ends."""
    made = FakeLibreTranslate()
    async with _serving(made, "/languages", made.languages, "/translate", made.translate):
        yield made


@asynccontextmanager
async def deepl() -> AsyncGenerator[FakeDeepL, None]:
    """A DeepL that is there until the block ends."""
    made = FakeDeepL()
    async with _serving(made, "/v2/languages", made.languages, "/v2/translate", made.translate):
        yield made


@asynccontextmanager
async def _serving(made: Service, lists: str, listing: Any, does: str, doing: Any) -> AsyncGenerator[None, None]:
    app = web.Application()
    app.router.add_get(lists, listing)
    app.router.add_post(does, doing)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield
    finally:
        await runner.cleanup()
