"""HTML of other servers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marula.base.text import plain_text, sanitise_name, sanitise_post


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ('<p onclick="x()">a<script>b()</script><img src=x onerror=y></p>', "<p>a</p>"),
        ('<a href="javascript:c()">d <b>e</b></a>', "d <b>e</b>"),
        ('<a href="/local">f</a><a href="//host/">g</a>', "fg"),
        (
            '<a href="gemini://g.example" rel="me opener" onclick=x>h</a>',
            '<a href="gemini://g.example" target="_blank" rel="nofollow noopener">h</a>',
        ),
        ('<span class="h-card evil u-url" translate="yes">x</span>', '<span class="h-card u-url">x</span>'),
        ('<p class="quote-inline big" style="x">RE:</p>', '<p class="quote-inline">RE:</p>'),
        ("<h2>Title</h2><div>text</div>", "<p><strong>Title</strong></p>text"),
        ('<ol start="3" reversed><li value="4">q</li></ol>', '<ol start="3" reversed=""><li value="4">q</li></ol>'),
        (
            '<p lang="ja"><ruby>漢<rp>(</rp><rt>kan</rt></ruby></p>',
            '<p lang="ja"><ruby>漢<rp>(</rp><rt>kan</rt></ruby></p>',
        ),
        ("<svg><a href='https://a.example'>x</a></svg><style>p{}</style>b", "b"),
        ("<p>open<b>ended", "<p>open<b>ended</b></p>"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
    ],
)
def test_only_what_is_safe_and_readable_stays(dirty: str, clean: str) -> None:
    assert sanitise_post(dirty) == clean


def test_plain_text_keeps_paragraphs_and_line_breaks() -> None:
    assert plain_text("<p>one<br>two &amp; &lt;three&gt;</p><p>four</p><ul><li>five</li><li>six</li></ul>") == (
        "one\ntwo & <three>\n\nfour\n\nfive\nsix"
    )


def test_plain_text_leaves_out_scripts() -> None:
    assert plain_text("a<script>b</script><!-- c -->d") == "ad"


def test_a_name_is_one_line_without_tags() -> None:
    assert sanitise_name(" <b>Ann</b>\n &amp; <p>Bob</p>") == "Ann & Bob"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=[])) | st.text(alphabet="<>/=&;'\" abph1ref:\ud800\x00"))
def test_any_text_can_be_sanitised(text: str) -> None:
    plain_text(text)
    assert "<script" not in sanitise_post(text)


@pytest.mark.parametrize(
    "html",
    [
        "<" * 1_000_000,
        "<blockquote>" * 80_000,
        "<blockquote>" * 10_000,
        "<a " + "x=1 " * 250_000 + ">",
        "<p>" + "".join(f"<b id={number}>" for number in range(200)) + "<p>x" * 9_000,
        " " * 1_000_000,
        "\n \n" * 300_000,
        "&" * 1_000_000,
        "<a>" * 9_000,
    ],
    ids=["angles", "too deep", "deep", "attributes", "formatting", "spaces", "lines", "entities", "links"],
)
def test_hostile_html_takes_little_time(html: str) -> None:
    """A quadratic step anywhere would take minutes."""
    assert len(sanitise_post(html)) < 4_000_000
    assert len(plain_text(html)) <= len(html)
