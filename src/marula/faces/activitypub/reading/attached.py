"""The files of posts.

Spec: ActivityStreams vocabulary, attachment; federation practice, media
"""

from typing import Literal, TypeAlias

import msgspec

from marula.faces.activitypub.reading import values
from marula.faces.activitypub.reading.values import Document

MOST_ATTACHMENTS, LONGEST_ALT = 20, 10_000

Media: TypeAlias = Literal["image", "video", "audio", "unknown"]


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """A file that belongs to a post: where it is, what it is, and what it shows in words."""

    url: str
    media: Media
    media_type: str | None
    description: str
    blurhash: str | None
    width: int | None
    height: int | None
    icon: str | None


def read_attached(document: Document, kind: str) -> list[Attached]:
    """The files that belong to a post; of a picture, sound or film the thing itself first."""
    entries = [entry for entry in values.many(document.get("attachment")) if isinstance(entry, dict)]
    if kind in ("Image", "Audio", "Video"):
        entries = [dict(document), *entries]
    found = [made for entry in entries if (made := _file_of(entry)) is not None]
    return found[:MOST_ATTACHMENTS]


def _file_of(entry: Document) -> Attached | None:
    kind = values.kind_of(entry)
    if kind not in ("Document", "Image", "Video", "Audio"):
        return None
    url, media_type = address_of(entry), _media_type(entry)
    if url is None:
        return None
    icon = address_of(values.document(entry.get("icon")) or {})
    blurhash = values.text(entry.get("blurhash"), 200)
    alt = values.text(entry.get("summary"), LONGEST_ALT) or values.text(entry.get("name"), LONGEST_ALT) or ""
    return Attached(
        url=url,
        media=_media(kind, media_type),
        media_type=media_type,
        description=alt,
        blurhash=blurhash,
        width=values.number(entry.get("width")),
        height=values.number(entry.get("height")),
        icon=icon,
    )


def address_of(entry: Document) -> str | None:
    """The address of a file: of several links the first that a browser can show."""
    links = values.many(entry.get("url") or entry.get("href"))
    shown = [link for link in links if isinstance(link, dict) and _shown(values.text(link.get("mediaType"), 200) or "")]
    for link in [*shown, *links]:
        found = values.uri(link.get("href")) if isinstance(link, dict) else values.uri(link)
        if found is not None:
            return found
    return None


def _media_type(entry: Document) -> str | None:
    given = values.text(entry.get("mediaType"), 200)
    links = [link for link in values.many(entry.get("url")) if isinstance(link, dict)]
    kinds = [values.text(link.get("mediaType") or link.get("mimeType"), 200) or "" for link in links]
    return next((kind for kind in [given or "", *kinds] if _shown(kind)), given)


def _shown(media_type: str) -> bool:
    return media_type.startswith(("image/", "video/", "audio/"))


def _media(kind: str, media_type: str | None) -> Media:
    for media in ("image", "video", "audio"):
        if (media_type or "").startswith(media) or kind.lower() == media:
            return media
    return "unknown"
