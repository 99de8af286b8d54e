"""The types of the web app: made from the description of the API, and sound."""

import re
from typing import Any

import msgspec
import pytest

from web import api_types
from web.node import WEB, node, packages

STRINGS = WEB / "src" / "strings"
VALUE = re.compile(r"\{\w+\}")
COMPOSED = re.compile(r"(audience|explore|filter|keys|look|notice|policy|posting|quotable|quote|report|search)\.")
"""Words whose names the app puts together of a kind and a value; the compiler checks those it can."""


def test_the_types_of_the_web_app_come_from_the_description() -> None:
    api_types.write()
    assert '"/api/v1/statuses": {' in api_types.TYPES.read_text()
    node("node_modules/svelte-check/bin/svelte-check", "--tsconfig", "./tsconfig.json", "--fail-on-warnings")
    node("node_modules/typescript/bin/tsc", "-p", "tsconfig.sw.json")


def test_what_the_app_works_out_by_itself_is_right() -> None:
    packages()
    node("node_modules/vitest/vitest.mjs", "run")


def test_every_word_of_the_app_is_in_the_catalogue_and_used() -> None:
    known = set(msgspec.json.decode((STRINGS / "en.json").read_bytes(), type=dict[str, Any]))
    sources = "\n".join(
        path.read_text()
        for path in (WEB / "src").rglob("*")
        if path.suffix in (".ts", ".svelte") and path.name != "schema.ts"
    )
    unused = {word for word in known if f'"{word}"' not in sources and not COMPOSED.match(word)}
    assert unused == set()


def forms(language: str) -> set[str]:
    """The plural forms that a language has, for whole numbers below a thousand."""
    asked = f"new Set([...Array(1000).keys()].map((n) => new Intl.PluralRules('{language}').select(n)))"
    return set(node("-e", f"console.log([...{asked}].join(' '))").split())


@pytest.mark.parametrize("language", sorted(path.stem for path in STRINGS.glob("*.json") if path.stem != "en"))
def test_every_catalogue_has_every_word_with_its_values_and_forms(language: str) -> None:
    english, other = (msgspec.json.decode((STRINGS / f"{one}.json").read_bytes()) for one in ("en", language))
    assert list(other) == list(english)
    wanted = forms(language)
    for word, text in english.items():
        said = other[word]
        assert isinstance(said, dict) == isinstance(text, dict), word
        texts = list(said.values()) if isinstance(said, dict) else [said]
        assert all(texts), word
        if isinstance(said, dict):
            assert wanted <= set(said), word
        assert {value for one in texts for value in VALUE.findall(one)} <= set(VALUE.findall(str(text))), word
        if not isinstance(said, dict):
            assert set(VALUE.findall(said)) == set(VALUE.findall(text)), word
