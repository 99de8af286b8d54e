"""The server's own sentences in people's languages: English in the code, the others in `catalogues/`, one file each.

A sentence is made once, at the top of its module: `HELLO = Sentence("Hello {name}")`; `HELLO.say("de-AT", name="Ann")`
gives it in German. What no catalogue has is said in English. A test of the contract keeps the catalogues complete.
Spec: GNU gettext manual, "The Format of PO Files"
"""

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "catalogues"

SENTENCES: list[str] = []
"""Every sentence there is, in English."""


class Sentence:
    """A sentence in English, with `{names}` where values go."""

    def __init__(self, english: str) -> None:
        self.english = english
        SENTENCES.append(english)

    def say(self, locale: str | None, **values: str) -> str:
        """The sentence for somebody, such as `pt-BR`, with its values."""
        return self._in(locale).format(**values)

    def _in(self, locale: str | None) -> str:
        language = (locale or "").replace("_", "-").partition("-")[0].lower()
        return catalogue(language).get(self.english, self.english) if language in languages() else self.english


@cache
def languages() -> frozenset[str]:
    """The languages that there is a catalogue of."""
    return frozenset(path.stem for path in FOLDER.glob("*.po"))


@cache
def catalogue(language: str) -> dict[str, str]:
    """From English to one of these languages. Costs: a few milliseconds, once in a process."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        found = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in found if message.id and message.string}
