"""Every post of the field is read as what it is: `field.tsv` says of each file what must be found in it.

A document that is an activity, or one within an activity, counts by the post inside. What cannot be read is listed with
the reason. When something more is understood, the list is made anew and read by a person: `python -m
tests.faces.activitypub.reading.test_field > tests/faces/activitypub/reading/field.tsv`.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from marula.base.text import plain_text
from marula.faces.activitypub.reading import Document, Said, Unreadable, kind_of, load, read_post
from marula.faces.activitypub.reading.post import KINDS
from tests.contract.reference import FOLDER, needs_reference

FIXTURES = FOLDER / "fixtures"
LIST = Path(__file__).parent / "field.tsv"
HEADS = (
    "file",
    "kind",
    "author",
    "reach",
    "letters",
    "files",
    "quotes",
    "emojis",
    "tags",
    "mentions",
    "options",
    "warning",
)


def posts_in(document: Any) -> Iterator[Document]:
    """The post in a document, or in what it is about."""
    while isinstance(document, dict):
        if kind_of(document, KINDS) in KINDS:
            yield document
            return
        document = document.get("object")


def found() -> Iterator[tuple[str, ...]]:
    """The lines of the list as they are read now."""
    for item in json.loads((FIXTURES / "index.json").read_text())["items"]:
        try:
            document = load((FIXTURES / item["file"]).read_bytes())
        except Unreadable:
            continue
        for post in posts_in(document):
            try:
                yield (item["file"], *shape(read_post(post)))
            except Unreadable as refusal:
                yield (item["file"], str(refusal))


def shape(said: Said) -> tuple[str, ...]:
    """What a post is, in a few words."""
    return (
        said.kind,
        said.author,
        said.visibility(None).name.lower(),
        str(len("".join(plain_text(said.html).split()))),
        " ".join(
            one.media + ("+icon" if one.icon else "") + ("+alt" if one.description else "") for one in said.attached
        ),
        said.quotes or "",
        " ".join(name for name, _ in said.emojis),
        " ".join(said.tags),
        str(len(said.mentions)),
        "" if said.asked is None else str(len(said.asked.options)),
        "yes" if said.spoiler_text else "",
    )


@needs_reference
def test_every_post_of_the_field_is_read_as_what_it_is() -> None:
    wanted = [tuple(line.split("\t")) for line in LIST.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(wanted) > 250
    for line, expected in zip(found(), wanted, strict=True):
        assert tuple(one.rstrip() for one in line) == expected


@needs_reference
@pytest.mark.parametrize("kind", KINDS)
def test_the_field_has_posts_of_every_kind(kind: str) -> None:
    assert any(line[1] == kind for line in found())


if __name__ == "__main__":
    for each in (HEADS, *found()):
        sys.stdout.write("\t".join(each) + "\n")
