"""DeepL.

Spec: DeepL API documentation, "Retrieve supported languages" and "Translate text"
"""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from marula.base.kernel.errors import Unreachable
from marula.base.net import Http
from marula.domain.translation.calling import LIMITS, read
from marula.domain.translation.rules import code
from marula.domain.translation.types import UNKNOWN, Pair, Pairs, Translated

ADDRESSES = {"free": "https://api-free.deepl.com", "pro": "https://api.deepl.com"}
UNLISTED = ("en", "pt")
"""Targets that are taken but not listed, because their variants are."""


class _Offer(msgspec.Struct):
    language: str


class _Piece(msgspec.Struct):
    text: str
    detected_source_language: str = UNKNOWN


class _Done(msgspec.Struct):
    translations: list[_Piece]


_offers = msgspec.json.Decoder(list[_Offer])
_done = msgspec.json.Decoder(_Done)


class DeepL:
    """The service of DeepL, for an account of theirs."""

    provider: ClassVar[str] = "DeepL.com"

    def __init__(self, http: Http, address: str, key: str) -> None:
        self._http = http
        self.address = address
        self._headers = {"Authorization": f"DeepL-Auth-Key {key}", "Accept": "application/json"}

    async def pairs(self) -> Pairs:
        """What it can do: everything into everything else."""
        sources = [UNKNOWN, *await self._listed("source")]
        targets = sorted({*UNLISTED, *await self._listed("target")})
        return {source: [target for target in targets if target != source] for source in sources}

    async def translated(self, texts: Sequence[str], pair: Pair) -> Translated:
        """These pieces of HTML in another language."""
        asked = {"text": list(texts), "target_lang": pair.target.upper(), "tag_handling": "html"}
        if pair.source != UNKNOWN:
            asked["source_lang"] = pair.source.upper()
        answer = await self._http.post(
            f"{self.address}/v2/translate",
            msgspec.json.encode(asked),
            headers=self._headers | {"Content-Type": "application/json"},
            limits=LIMITS,
        )
        done = read(_done, answer).translations
        if len(done) != len(texts):
            raise Unreachable
        return Translated(
            texts=tuple(piece.text for piece in done),
            source=code(done[0].detected_source_language),
            target=pair.target,
            provider=self.provider,
        )

    async def _listed(self, kind: str) -> list[str]:
        url = f"{self.address}/v2/languages?type={kind}"
        answer = await self._http.get(url, headers=self._headers, limits=LIMITS)
        return [code(one.language) for one in read(_offers, answer)]
