"""Which translations are made, and how texts are packed."""

import pytest

from marula.base.text import MentionLink, render_post
from marula.domain.translation import Pair
from marula.domain.translation.rules import packed, packed_text, pair, unpacked, unpacked_text
from tests.translators import shouted

PAIRS = {"und": ["de", "en"], "en": ["de", "pt-BR", "zh-Hans"], "de": ["en", "en-GB"], "pt": ["en", "pt-BR"]}


@pytest.mark.parametrize(
    ("source", "wanted", "found"),
    [
        ("en", "de", Pair("en", "de")),
        ("en-GB", "de", Pair("en", "de")),
        ("en", "de-AT", Pair("en", "de")),
        ("de", "en-gb", Pair("de", "en-GB")),
        ("en", "zh-CN", Pair("en", "zh-Hans")),
        ("en", "PT_br", Pair("en", "pt-BR")),
        ("pt", "pt-BR", Pair("pt", "pt-BR")),
        (None, "de", Pair("und", "de")),
        ("en", "en", None),
        ("en", "en-GB", None),
        ("pt-BR", "pt-BR", None),
        ("en", "pt", None),
        ("en", "nonsense", None),
        ("en", "", None),
        ("ja", "en", None),
    ],
)
def test_what_is_translated(source: str | None, wanted: str, found: Pair | None) -> None:
    assert pair(PAIRS, source, wanted) == found


def test_links_mentions_hashtags_and_emoji_stay() -> None:
    html = render_post(
        "hello @ann :cat: see #Cats at https://other.example/:a1:/x\n\nbye & <b>",
        mentions={"ann": MentionLink("https://marula.example/@ann", "ann")},
        tag_url=lambda name: f"https://marula.example/tags/{name}",
    )
    made = unpacked(shouted(packed(html)))
    assert '<a href="https://marula.example/@ann" class="u-url mention"' in made
    assert ">@<span>ann</span></a>" in made
    assert 'class="mention hashtag"' in made
    assert 'href="https://marula.example/tags/cats"' in made
    assert "#<span>Cats</span>" in made
    assert "HELLO " in made
    assert " :cat: SEE" in made
    assert 'href="https://other.example/:a1:/x"' in made
    assert "<p>BYE &amp; &lt;B&gt;</p>" in made


def test_what_a_service_adds_is_made_safe() -> None:
    made = unpacked('<p onclick="x()">hi<script>alert(1)</script> <a href="javascript:x()">there</a></p>')
    assert made == "<p>hi there</p>"


def test_plain_text_stays_plain() -> None:
    assert unpacked_text(shouted(packed_text("1 < 2 & :cat:\nso <b>"))) == "1 < 2 & :cat: SO <B>"
