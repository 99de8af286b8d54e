"""The types of the web app: made from the description of the API, and sound."""

import re
from typing import Any

import msgspec

from web import api_types
from web.node import WEB, node, packages

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
    known = set(msgspec.json.decode((WEB / "src" / "strings" / "en.json").read_bytes(), type=dict[str, Any]))
    sources = "\n".join(
        path.read_text()
        for path in (WEB / "src").rglob("*")
        if path.suffix in (".ts", ".svelte") and path.name != "schema.ts"
    )
    unused = {word for word in known if f'"{word}"' not in sources and not COMPOSED.match(word)}
    assert unused == set()
