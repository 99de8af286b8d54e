"""LibreTranslate, run by the operator or by others.

Spec: LibreTranslate API documentation, /languages and /translate
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec

from marula.base.kernel.errors import Unreachable
from marula.base.net import Answer, Http
from marula.domain.translation.calling import LIMITS, read
from marula.domain.translation.rules import code
from marula.domain.translation.types import UNKNOWN, Pair, Pairs, Translated

AUTOMATIC = "auto"


class _Offer(msgspec.Struct):
    code: str
    targets: list[str] = []


class _Guess(msgspec.Struct):
    language: str


class _Done(msgspec.Struct, rename="camel"):
    translated_text: list[str]
    detected_language: list[_Guess] | _Guess | None = None


_offers = msgspec.json.Decoder(list[_Offer])
_done = msgspec.json.Decoder(_Done)


class LibreTranslate:
    """A server of LibreTranslate. The operator chose its address, so it may be on this machine."""

    provider: ClassVar[str] = "LibreTranslate"

    def __init__(self, http: Http, address: str, key: str | None) -> None:
        self._http = http
        self._address = address.rstrip("/")
        self._key = key
        self._codes: Mapping[str, str] = {}

    async def pairs(self) -> Pairs:
        """What it can do; a language that nobody said can become any."""
        answer = await self._http.get(f"{self._address}/languages", limits=LIMITS, trusted=True)
        offers = read(_offers, answer)
        self._codes = {code(one.code): one.code for one in offers}
        everything = sorted({code(target) for one in offers for target in one.targets})
        known = {code(one.code): [code(target) for target in one.targets if target != one.code] for one in offers}
        return {UNKNOWN: everything} | known

    async def translated(self, texts: Sequence[str], pair: Pair) -> Translated:
        """These pieces of HTML in another language."""
        source = AUTOMATIC if pair.source == UNKNOWN else self._its(pair.source)
        asked: dict[str, Any] = {"q": list(texts), "source": source, "target": self._its(pair.target), "format": "html"}
        if self._key is not None:
            asked["api_key"] = self._key
        answer = await self._post("/translate", asked)
        done = read(_done, answer)
        if len(done.translated_text) != len(texts):
            raise Unreachable
        told = done.detected_language
        guess = (told[0] if told else None) if isinstance(told, list) else told
        return Translated(
            texts=tuple(done.translated_text),
            source=pair.source if guess is None else code(guess.language),
            target=pair.target,
            provider=self.provider,
        )

    def _its(self, language: str) -> str:
        """A code as this server writes it."""
        return self._codes.get(language, language)

    async def _post(self, path: str, asked: Mapping[str, Any]) -> Answer:
        return await self._http.post(
            self._address + path,
            msgspec.json.encode(asked),
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            limits=LIMITS,
            trusted=True,
        )
