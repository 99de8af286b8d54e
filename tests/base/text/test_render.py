"""The HTML of posts, in the shape that clients parse."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from marula.base.text import MentionLink, plain_text, render_field, render_post, sanitise_post, scan

ANN = {"ann": MentionLink("https://m.example/@ann", "ann")}


def render(text: str) -> str:
    return render_post(text, mentions=ANN, tag_url=lambda name: f"https://m.example/tags/{name}")


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
        "<p>&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; co</p>"
    )


def test_punctuation_around_a_link_is_not_part_of_it() -> None:
    links = [token.text for token in scan("(https://a.example/b_(c)), https://d.example/?e=1. https://f.example!")]
    assert links == ["https://a.example/b_(c)", "https://d.example/?e=1", "https://f.example"]


def test_an_e_mail_address_is_no_mention_and_digits_are_no_hashtag() -> None:
    assert scan("mail ann@m.example about #2026") == []


def test_a_link_in_a_field_claims_to_be_me() -> None:
    assert 'rel="nofollow noopener me"' in render_field("https://ann.example", mentions={}, tag_url=str)


@given(st.text(max_size=400))
def test_any_text_comes_back_from_its_html(text: str) -> None:
    words = re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", render(text))))
    assert words == re.sub(r"\s+", "", re.sub(r"(?i)@ann(?![a-z0-9_.@-])", "@ann", text)) or "@" in text


@given(st.text(max_size=400))
def test_our_own_html_passes_our_own_sanitiser(text: str) -> None:
    html = render(text)
    tags = re.findall(r"</?[a-z]+", html)
    assert re.findall(r"</?[a-z]+", sanitise_post(html)) == tags


@given(st.text(alphabet="@#:/.ab_ \n-htps", max_size=300))
def test_finds_never_overlap(text: str) -> None:
    found = scan(text)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
    assert all(text[token.start : token.end] == token.text for token in found)


def test_scripts_and_handlers_are_removed() -> None:
    dirty = '<p onclick="x()">a<script>b()</script><a href="javascript:c()">d</a><img src=x onerror=y></p>'
    assert sanitise_post(dirty) == '<p>a<a target="_blank" rel="nofollow noopener">d</a></p>'


def test_known_classes_stay_and_others_go() -> None:
    assert sanitise_post('<span class="h-card evil">x</span>') == '<span class="h-card">x</span>'


def test_plain_text_keeps_line_breaks() -> None:
    assert plain_text("<p>one<br>two &amp; three</p><p>four</p>") == "one\ntwo & three\n\nfour"
