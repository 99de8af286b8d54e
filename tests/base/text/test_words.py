"""Lengths, hashtags and handles."""

import pytest

from marula.base.text import count_characters, find_mentions, normalise_hashtag, parse_handle, valid_hashtag


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("hello", 5),
        ("👨‍👩‍👧‍👦", 1),
        ("https://example.org/a/very/long/path/indeed/it/is", 23),
        ("@ann@a.very.long.example.org", 4),
        ("#tag", 4),
        ("é", 1),
        ("", 0),
    ],
)
def test_length_is_what_people_count(text: str, length: int) -> None:
    assert count_characters(text) == length


def test_the_warning_counts_too() -> None:
    assert count_characters("four", "five!") == 9


@pytest.mark.parametrize(("name", "same"), [("Café", "cafe"), ("ＡＢＣ", "abc"), ("日本語", "日本語"), ("Straße", "straße")])
def test_hashtags_are_folded(name: str, same: str) -> None:
    assert normalise_hashtag(name) == same


@pytest.mark.parametrize(("name", "valid"), [("a", True), ("2026", False), ("2026a", True), ("a b", False), ("", False)])
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
        ("not a handle", None),
    ],
)
def test_handles_are_read_in_all_forms(text: str, handle: tuple[str, str | None] | None) -> None:
    assert parse_handle(text) == handle


def test_a_sentence_ends_after_a_mention() -> None:
    assert find_mentions("ask @bob@example.org. Or @ann, or @ann") == [("bob", "example.org"), ("ann", None)]
