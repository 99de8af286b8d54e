"""How DeepL and LibreTranslate are asked, and what is made of their answers."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest

from marula.base.kernel import config
from marula.base.kernel.errors import NotFound, Unreachable
from marula.base.net import Http, Limits
from marula.domain.translation import Pair, Translated, deepl, libre_translate
from marula.domain.translation.deepl import ADDRESSES, DeepL
from marula.domain.translation.libre_translate import LibreTranslate
from marula.domain.translation.reading import chosen
from tests import translators

HERE = "127.0.0.0/8"


@pytest.fixture
async def http() -> AsyncGenerator[Http, None]:
    """A client that may call this machine."""
    made = Http("tests", allowed=[HERE])
    yield made
    await made.close()


def settings(folder: Path, **environ: str) -> config.Config:
    return config.load({"LOCAL_DOMAIN": "marula.example", "MARULA_DATA_DIR": str(folder)} | environ, None)


async def test_deepl_lists_what_it_can(http: Http) -> None:
    async with translators.deepl() as service:
        pairs = await DeepL(http, service.url, "k").pairs()
    assert pairs["de"] == ["en", "en-GB", "en-US", "pt", "pt-BR"]
    assert "de" in pairs["und"]
    assert "pt-BR" not in pairs


async def test_deepl_is_asked_with_the_key_and_in_its_codes(http: Http) -> None:
    async with translators.deepl() as service:
        made = await DeepL(http, service.url, "k").translated(["<p>olá</p>", "sim"], Pair("pt", "en-GB"))
    assert service.keys == ["DeepL-Auth-Key k"]
    assert service.asked == [
        {"text": ["<p>olá</p>", "sim"], "target_lang": "EN-GB", "tag_handling": "html", "source_lang": "PT"}
    ]
    assert made == Translated(texts=("<p>OLÁ</p>", "SIM"), source="pt", target="en-GB", provider="DeepL.com")


async def test_deepl_guesses_what_nobody_said(http: Http) -> None:
    async with translators.deepl() as service:
        made = await DeepL(http, service.url, "k").translated(["hi"], Pair("und", "de"))
    assert "source_lang" not in service.asked[0]
    assert made.source == "en"


async def test_libre_translate_is_asked_in_its_codes(http: Http) -> None:
    async with translators.libre_translate() as service:
        translator = LibreTranslate(http, f"{service.url}/", "k")
        pairs = await translator.pairs()
        made = await translator.translated(["<p>hi</p>"], Pair("und", "zh-Hans"))
    assert pairs["en"] == ["de", "pt", "zh-Hans"]
    assert pairs["und"] == ["de", "en", "pt", "zh-Hans"]
    assert service.asked == [
        {"q": ["<p>hi</p>"], "source": "auto", "target": "zh-Hans", "format": "html", "api_key": "k"}
    ]
    assert made == Translated(texts=("<p>HI</p>",), source="en", target="zh-Hans", provider="LibreTranslate")


FAULTS = [
    (429, None),
    (456, None),
    (403, None),
    (500, None),
    (302, None),
    (200, "no JSON"),
    (200, "{}"),
    (200, '{"translations": [], "translatedText": []}'),
    (200, '{"translations": [{"text": 5}], "translatedText": "hi"}'),
]


@pytest.mark.parametrize(("status", "body"), FAULTS)
async def test_faults_of_deepl(http: Http, status: int, body: str | None) -> None:
    async with translators.deepl() as service:
        service.status, service.body = status, body
        with pytest.raises(Unreachable):
            await DeepL(http, service.url, "k").translated(["hi"], Pair("en", "de"))


@pytest.mark.parametrize(("status", "body"), FAULTS)
async def test_faults_of_libre_translate(http: Http, status: int, body: str | None) -> None:
    async with translators.libre_translate() as service:
        service.status, service.body = status, body
        with pytest.raises(Unreachable):
            await LibreTranslate(http, service.url, None).translated(["hi"], Pair("en", "de"))


async def test_who_is_too_slow_is_not_waited_for(http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    soon = Limits(time=timedelta(seconds=0.2))
    for module in (deepl, libre_translate):
        monkeypatch.setattr(module, "LIMITS", soon)
    async with translators.libre_translate() as libre, translators.deepl() as deep:
        libre.delay = deep.delay = 2
        for translator in (LibreTranslate(http, libre.url, None), DeepL(http, deep.url, "k")):
            with pytest.raises(Unreachable, match="in time"):
                await translator.translated(["hi"], Pair("en", "de"))


async def test_only_the_service_of_the_operator_may_be_on_this_machine() -> None:
    guarded = Http("tests")
    async with translators.libre_translate() as libre, translators.deepl() as deep:
        assert await LibreTranslate(guarded, libre.url, None).pairs()
        with pytest.raises(Unreachable):
            await DeepL(guarded, deep.url, "k").pairs()
        assert deep.listings == 0
    await guarded.close()


@pytest.mark.parametrize(("plan", "address"), ADDRESSES.items())
def test_the_settings_say_which(tmp_path: Path, http: Http, plan: str, address: str) -> None:
    libre = settings(tmp_path, LIBRE_TRANSLATE_ENDPOINT="http://127.0.0.1:5000")
    both = settings(tmp_path, LIBRE_TRANSLATE_ENDPOINT="http://x.example", DEEPL_API_KEY="k", DEEPL_PLAN=plan)
    assert isinstance(chosen(libre, http), LibreTranslate)
    deep = chosen(both, http)
    assert isinstance(deep, DeepL)
    assert deep.address == address
    with pytest.raises(NotFound):
        chosen(settings(tmp_path), http)
