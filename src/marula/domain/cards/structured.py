"""What a page says of itself in JSON-LD. Pure.

Spec: https://schema.org/Article
"""

from collections.abc import Iterator
from html import unescape
from typing import Any, TypeAlias

import msgspec

LONGEST = 256 * 1024
"""Characters of one script that are read."""

DEEPEST = 8
"""Lists and graphs inside of each other that are followed."""

Node: TypeAlias = dict[str, Any]

_KINDS = ("Article", "Posting", "Report", "WebPage", "VideoObject", "PodcastEpisode", "Recipe", "Review", "Book")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What JSON-LD tells of the page's main matter. What it does not tell is empty."""

    headline: str = ""
    description: str = ""
    author_name: str = ""
    author_url: str = ""
    publisher: str = ""
    published: str = ""
    image: str = ""
    language: str = ""


def told(scripts: list[str]) -> Told:
    """What the first script that is about something worth reading tells; nothing when none is or can be read."""
    found = [node for script in scripts for node in _nodes(_read(script), 0) if _kind(node) is not None]
    if not found:
        return Told()
    node = min(found, key=lambda one: _kind(one) or 0)
    author = _thing(node.get("author") or node.get("creator"))
    return Told(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        description=_text(node.get("description")),
        author_name=_names(node.get("author") or node.get("creator")),
        author_url=_text(author.get("url")) or _text(author.get("sameAs")),
        publisher=_text(_thing(node.get("publisher")).get("name")),
        published=_text(node.get("datePublished")) or _text(node.get("uploadDate")),
        image=_image(node.get("image") or node.get("thumbnailUrl")),
        language=_text(node.get("inLanguage")),
    )


def _read(script: str) -> Any:
    """The JSON of a script, without what some pages wrap around it. None when it is none, or nested to do harm."""
    bare = script[:LONGEST].strip().removeprefix("<!--").removeprefix("//<![CDATA[").removesuffix("-->")
    try:
        return msgspec.json.decode(bare.strip().removesuffix("//]]>").rstrip(" \n;"))
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return None


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for one in value[:100]:
            yield from _nodes(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _nodes(value.get("@graph"), depth + 1)


def _kind(node: Node) -> int | None:
    """How much a node is the page's main matter: the smaller the more; None when it is something else."""
    names = node.get("@type")
    listed = names if isinstance(names, list) else [names]
    ranks = [rank for rank, kind in enumerate(_KINDS) for name in listed if isinstance(name, str) and kind in name]
    return min(ranks, default=None)


def _thing(value: Any) -> Node:
    """A node that stands by itself, first in a list, or only by its name."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, str):
        return {"name": value}
    return value if isinstance(value, dict) else {}


def _names(value: Any) -> str:
    """The names of all authors."""
    many = value[:10] if isinstance(value, list) else [value]
    return ", ".join(dict.fromkeys(name for one in many if (name := _text(_thing(one).get("name")))))


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return unescape(value).strip() if isinstance(value, str) else ""


def _image(value: Any) -> str:
    """The address of a picture: itself, in a list, or of an ImageObject."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl")
    return _text(value)
