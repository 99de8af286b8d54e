"""The addresses of a thing: one text, a Link, a list of both, and playlists that hold their files within.

Spec: ActivityStreams vocabulary, url and Link; federation practice of PeerTube (lists of urls, `tag` of playlists),
Funkwhale (`mimeType`) and Pixelfed
"""

from mimetypes import guess_type
from typing import Any
from urllib.parse import urlsplit

import msgspec

from marula.faces.activitypub.reading import values
from marula.faces.activitypub.reading.values import Document

DEEPEST = 3
"""Levels of lists within links that are looked into."""

MOST_LINKS = 200

FAMILIES = ("image", "video", "audio")

BEST_LINES = 1080
"""The most lines of a film that is chosen when there are several."""

MOST_BYTES = 99_000_000
"""The size of a film above which a smaller one is chosen. Spec: federation practice, limits"""

_CODECS = "ffprobe_codec_type"


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """An address, and what is known of what is there. `media_type`: as it is said, else as the name ends."""

    href: str
    media_type: str
    width: int | None
    height: int | None
    size: int | None
    codecs: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """Picture, film or sound, by the first half of its type; empty when it is none of them."""
        found = self.media_type.partition("/")[0]
        return found if found in FAMILIES else ""


def links_of(value: Any, depth: int = 0) -> list[Link]:
    """All addresses in a property, in their order; those within playlists behind the playlist."""
    found: list[Link] = []
    for entry in values.many(value):
        if len(found) >= MOST_LINKS:
            break
        href = values.uri(entry.get("href")) if isinstance(entry, dict) else values.uri(entry)
        if href is not None:
            found.append(_link(entry if isinstance(entry, dict) else {}, href))
        if isinstance(entry, dict) and depth < DEEPEST:
            for name in ("tag", "url"):
                found += links_of([one for one in values.many(entry.get(name)) if isinstance(one, dict)], depth + 1)
    return found[:MOST_LINKS]


def page_in(value: Any) -> str | None:
    """The page for people: of several links the first to HTML, else the first that is no file."""
    links = links_of(value)
    pages = [link.href for link in links if link.media_type == "text/html"]
    plain = [link.href for link in links if not link.media_type]
    return next(iter([*pages, *plain, *(link.href for link in links)]), None)


def file_in(links: list[Link], family: str) -> Link | None:
    """The file to show: of films the best one that is neither too large nor without picture; else the first."""
    shown = [link for link in links if link.family and family in ("", link.family)] or [
        link for link in links if link.family
    ]
    films = [link for link in shown if link.family == "video" and _whole(link)]
    if films and shown[0].family == "video":
        return max(films, key=_worth)
    return shown[0] if shown else None


def media_type_of(url: str) -> str:
    """The type of a file by the end of its name; empty when that tells nothing."""
    found = guess_type(urlsplit(url).path)[0] or ""
    return found if found.startswith(tuple(f"{family}/" for family in FAMILIES)) else ""


def _link(entry: Document, href: str) -> Link:
    said = values.text(entry.get("mediaType"), 200) or values.text(entry.get("mimeType"), 200)
    return Link(
        href=href,
        media_type=(said or media_type_of(href)).partition(";")[0].strip().lower(),
        width=values.number(entry.get("width")),
        height=values.number(entry.get("height")),
        size=values.number(entry.get("size")),
        codecs=tuple(_codecs(entry)),
    )


def _codecs(entry: Document) -> list[str]:
    """What streams are in a file, as PeerTube says it."""
    return [
        values.text(one.get("value"), 20) or ""
        for one in values.many(entry.get("attachment"))
        if isinstance(one, dict) and values.text(one.get("name"), 40) == _CODECS
    ]


def _whole(link: Link) -> bool:
    return not link.codecs or "video" in link.codecs


def _worth(film: Link) -> tuple[bool, bool, int]:
    """Films with sound before those without, those that fit before those that do not; then the most lines that fit."""
    lines = film.height or 0
    fits = lines <= BEST_LINES and (film.size or 0) <= MOST_BYTES
    return (not film.codecs or "audio" in film.codecs, fits, lines if fits else -lines)
