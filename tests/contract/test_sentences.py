"""The server's own sentences are complete in every language, with the same values."""

from string import Formatter

import pytest

import marula.main.web as _everything_said
from marula.base.text.sentences import SENTENCES, Sentence, catalogue, languages

assert _everything_said


def names(sentence: str) -> set[str | None]:
    """The values of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(sentence)} - {None}


@pytest.mark.parametrize("language", sorted(languages()))
def test_a_catalogue_says_everything_and_nothing_else(language: str) -> None:
    said = catalogue(language)
    assert set(said) == set(SENTENCES)
    for english, other in said.items():
        assert names(other) == names(english), other


def test_languages_of_a_country_are_said_as_the_language() -> None:
    assert {"de", "es", "fr", "ja", "pt"} <= languages()
    hello = Sentence("Hello {username},")
    said = [hello.say(locale, username="{ann}") for locale in ("de", "de-AT", "pt_BR", "DE", "xx", "", "../de", None)]
    german, english = "Hallo {ann},", "Hello {ann},"
    assert said == [german, german, "Olá, {ann},", german, english, english, english, english]
