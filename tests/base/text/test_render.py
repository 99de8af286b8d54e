"""The HTML of posts, in the shape that clients parse."""

import re
from html import unescape
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from marula.base.text import MentionLink, render_bio, render_field, render_post, sanitise_post

ANN = {"ann": MentionLink("https://m.example/@ann", "ann")}


KNOWN = {**ANN, **{name: MentionLink("https://m.example/@a", name) for name in ("a", "b", "ab")}}


def tag_url(name: str) -> str:
    return f"https://m.example/tags/{quote(name, errors='replace')}"


def render(text: str) -> str:
    return render_post(text, mentions=ANN, tag_url=tag_url)


def test_blank_lines_make_paragraphs_and_newlines_breaks() -> None:
    assert render("one\ntwo\n\n\nthree") == "<p>one<br />two</p><p>three</p>"


def test_a_known_mention_is_a_card() -> None:
    assert render("hi @Ann!") == (
        '<p>hi <span class="h-card" translate="no"><a href="https://m.example/@ann" class="u-url mention">'
        "@<span>ann</span></a></span>!</p>"
    )


def test_an_unknown_mention_stays_text() -> None:
    assert render("hi @nobody") == "<p>hi @nobody</p>"


def test_a_hashtag_links_to_its_normalised_page() -> None:
    assert render("#Café") == (
        '<p><a href="https://m.example/tags/cafe" class="mention hashtag" rel="tag">#<span>Café</span></a></p>'
    )


def test_a_long_link_is_cut_in_three() -> None:
    html = render("https://www.example.org/a/long/path/that/does/not/fit")
    assert '<span class="invisible">https://www.</span>' in html
    assert '<span class="ellipsis">example.org/a/long/path/that/d</span>' in html
    assert '<span class="invisible">oes/not/fit</span>' in html


def test_markup_is_escaped() -> None:
    assert render("<script>alert('x')</script> & co") == (
        "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; co</p>"
    )


def test_a_short_link_is_not_cut() -> None:
    assert render("https://example.org/") == (
        '<p><a href="https://example.org/" target="_blank" rel="nofollow noopener" translate="no">'
        '<span class="invisible">https://</span><span class="">example.org/</span>'
        '<span class="invisible"></span></a></p>'
    )


def test_spaces_in_a_line_and_emoji_codes_stay() -> None:
    assert render("a\n\n   :cat:  b ") == "<p>a</p><p>   :cat:  b</p>"


def test_nothing_has_no_html() -> None:
    assert render(" \r\n ") == ""


def test_a_bio_is_rendered_as_a_post() -> None:
    assert render_bio("hi\n#a", mentions={}, tag_url=tag_url) == render("hi\n#a")


def test_a_link_in_a_field_claims_to_be_me() -> None:
    assert 'rel="nofollow noopener me"' in render_field("https://ann.example", mentions={}, tag_url=str)


ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=[]), max_size=400) | st.text(
    alphabet="@#:/.ab_ann (<&'\")\n-htps\ud800\x00é", max_size=300
)


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_text_comes_back_from_its_html(text: str) -> None:
    words = unescape(re.sub(r"<[^>]*>", "", render_post(text, mentions=KNOWN, tag_url=tag_url)))
    assert re.sub(r"\s+", "", words) == re.sub(r"\s+", "", text).replace("＃", "#")


@settings(deadline=None)
@given(ANY_TEXT)
def test_our_own_html_passes_our_own_sanitiser(text: str) -> None:
    html = render_post(text, mentions=KNOWN, tag_url=tag_url)
    assert elements(sanitise_post(html)) == elements(html)


@settings(deadline=None)
@given(ANY_TEXT)
def test_what_is_sanitised_stays_as_it_is(text: str) -> None:
    once = sanitise_post(text)
    assert sanitise_post(once) == once


def elements(html: str) -> list[str]:
    return re.findall(r"</?[a-z]+", html)
