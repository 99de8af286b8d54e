"""Lengths, hashtags, handles and languages."""

import pytest

from marula.base.text import (
    LANGUAGES,
    count_characters,
    detect_language,
    display_hashtag,
    normalise_domain,
    normalise_hashtag,
    parse_handle,
    valid_hashtag,
    valid_language,
    valid_local_username,
    valid_remote_username,
)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("hello", 5),
        ("👨‍👩‍👧‍👦", 1),
        ("https://example.org/a/very/long/path/indeed/it/is", 23),
        ("@ann@a.very.long.example.org", 4),
        ("#tag", 4),
        ("🇩🇪🇫🇷🇯", 3),
        ("one\r\ntwo", 7),
        ("xmpp:room@muc.example", 21),
        ("é", 1),
        ("", 0),
    ],
)
def test_length_is_what_people_count(text: str, length: int) -> None:
    assert count_characters(text) == length


def test_the_warning_counts_too() -> None:
    assert count_characters("four", "five!") == 9


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Café", "cafe"),
        ("ＡＢＣ", "abc"),
        ("日本語", "日本語"),
        ("Straße", "straße"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("ÅNGSTRÖM", "angstrom"),
        ("がぎ", "がぎ"),
        ("a-b!", "ab"),
    ],
)
def test_hashtags_are_folded(name: str, same: str) -> None:
    assert normalise_hashtag(name) == same


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        ("a", True),
        ("2026", False),
        ("2026a", True),
        ("a b", False),
        ("", False),
        ("a·b", True),
        ("·ab", False),
        ("ab·", False),
        ("x" * 201, False),
    ],
)
def test_hashtags_are_words(name: str, valid: bool) -> None:
    assert valid_hashtag(name) is valid


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("@ann", ("ann", None)),
        ("acct:ann@Example.ORG", ("ann", "example.org")),
        ("ann@münchen.example", ("ann", "xn--mnchen-3ya.example")),
        ("ann@localhost:3000", ("ann", "localhost:3000")),
        ("ann@", None),
        ("ann@a@b", None),
        ("ann@a..b", None),
        ("ann@host:²", None),
        ("a" * 2049, None),
        ("@a.n-n@m.example", ("a.n-n", "m.example")),
        ("not a handle", None),
    ],
)
def test_handles_are_read_in_all_forms(text: str, handle: tuple[str, str | None] | None) -> None:
    assert parse_handle(text) == handle


@pytest.mark.parametrize(
    ("domain", "normal"),
    [
        (" Example.ORG. ", "example.org"),
        ("bücher.example:8080", "xn--bcher-kva.example:8080"),
        ("example.org/path", None),
        ("a" * 64 + ".example", None),
        ("ä" * 1_000_000, None),
        ("-a.example", None),
        ("\ud800.example", None),
        ("", None),
    ],
)
def test_domains_have_one_form(domain: str, normal: str | None) -> None:
    assert normalise_domain(domain) == normal


def test_names_of_other_servers_may_have_dots_and_dashes() -> None:
    assert valid_local_username("Ann_2")
    assert not valid_local_username("ann.b")
    assert valid_remote_username("ann.b-c")
    assert not valid_remote_username(".ann")


def test_a_hashtag_is_shown_as_its_author_wrote_it() -> None:
    assert display_hashtag("ＣaféAuLait·") == "CaféAuLait"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Guten Morgen, heute ist das Wetter wirklich schön", "de"),
        ("今日は天気がいいですね", "ja"),
        ("Bonjour à tous, comment allez-vous aujourd'hui ?", "fr"),
        ("@ann #hello https://example.org/what-a-lovely-english-page lol", None),
        ("x" * 1_000_000, None),
    ],
)
def test_a_language_is_guessed_only_from_enough_words(text: str, language: str | None) -> None:
    assert detect_language(text) == language


def test_an_unclear_text_gets_the_language_of_its_author() -> None:
    assert detect_language("ok!", "sv") == "sv"


def test_language_codes_come_from_a_list() -> None:
    assert all(valid_language(code) for code in ("de", "zh-TW", "ast", "pt-BR"))
    assert not any(valid_language(code) for code in ("", "xx", "DE", "de_DE", "english"))
    assert len(LANGUAGES) > 200
