"""Links, mentions, hashtags and emoji codes in plain text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marula.base.text import count_characters, find_hashtags, find_mentions, find_shortcodes, scan


def links(text: str) -> list[str]:
    return [token.text for token in scan(text) if token.kind == "url"]


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org",
        "http://localhost:3000/a",
        "http://127.0.0.1:8080/",
        "http://[::1]:3000/x",
        "HTTPS://Example.ORG/a?b=c#d",
        "https://例え.みんな/日本",
        "https://en.wikipedia.org/wiki/Marula_(tree)",
        "https://example.org/snake_case_",
        "xmpp:room@muc.example?join",
        "magnet:?xt=urn:btih:c12fe1c06bba",
        "gemini://example.org/a",
    ],
)
def test_a_link_is_found_whole_in_a_sentence(link: str) -> None:
    assert links(link) == [link]
    assert links(f"See ({link}), or “{link}”.\n{link}!") == [link] * 3


@pytest.mark.parametrize(
    "text",
    ["example.org", "http://", "https://nodots", "ftp://a.example", "javascript://a.example", "dat:a", "gemini:a"],
)
def test_what_only_resembles_a_link_is_none(text: str) -> None:
    assert links(text) == []


def test_a_link_that_hides_its_host_behind_a_name_is_none() -> None:
    assert links("https://bank.example@thief.example/") == []


def test_nothing_is_found_inside_a_link() -> None:
    assert [token.kind for token in scan("https://a.example/@ann/#tag/:cat:")] == ["url"]


def test_an_e_mail_address_is_no_mention() -> None:
    assert scan("mail ann@m.example") == []


def test_a_mention_ends_with_its_name() -> None:
    assert find_mentions(".@ann, ask @bob@Example.org. Or @carol-ann@münchen.example:3000!") == [
        ("ann", None),
        ("bob", "example.org"),
        ("carol-ann", "münchen.example:3000"),
    ]


def test_a_handle_is_mentioned_once_whatever_its_case() -> None:
    assert find_mentions("@Ann @ann @ANN@m.example") == [("Ann", None), ("ANN", "m.example")]


def test_hashtags_are_words_of_any_script() -> None:
    assert find_hashtags("#Café #日本語 ＃wide #a·b· #2026 #2026a a#b /#c #_") == [
        "Café",
        "日本語",
        "wide",
        "a·b",
        "2026a",
    ]


def test_emoji_codes_stand_by_themselves() -> None:
    assert find_shortcodes(":blob_cat: (:ok:) :blob_cat: 12:30:45 a:cat: :x:") == ["blob_cat", "ok"]


@settings(deadline=None)
@given(st.text(alphabet="@#:/.ab_ \n-htps(é", max_size=300) | st.text(alphabet=st.characters(exclude_categories=[])))
def test_finds_never_overlap(text: str) -> None:
    found = scan(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(token.start < token.end and text[token.start : token.end] == token.text for token in found)


@pytest.mark.parametrize(
    "unit",
    [
        *("@", "@a", "@a.", "@a@a.", "#", "#1", ":aa", "a.", "a-", " ", "http://", "http://a.", "http://a_"),
        *("https://a.b/(", "https://a.b/)", "xmpp:a", "🇩", "👨\u200d", "e\u0301", "\r\n", "日本", "\ud800"),
    ],
)
@pytest.mark.parametrize("start", ["", "https://a.b/", "@a@", "#", "https://"])
def test_hostile_text_costs_no_more_than_its_length(start: str, unit: str) -> None:
    """100,000 characters: a quadratic step anywhere would take minutes."""
    text = start + unit * (100_000 // len(unit))
    assert sum(len(token.text) for token in scan(text)) <= len(text)
    assert count_characters(text) > 0
