"""The files of posts: of every software, in every way to name them.

Spec: ActivityStreams vocabulary, attachment; federation practice, media; FEP-b2b8 (pictures of long texts)
"""

import math
from typing import Any, Literal, TypeAlias

import msgspec

from marula.faces.activitypub.reading import values
from marula.faces.activitypub.reading.links import Link, file_in, links_of
from marula.faces.activitypub.reading.pictures import picture_in
from marula.faces.activitypub.reading.values import Document

MOST_ATTACHMENTS, LONGEST_ALT = 20, 10_000

POSTER = 640
"""How wide the picture of a film is wanted."""

FILES = ("Document", "Image", "Video", "Audio")
THEMSELVES = ("Image", "Audio", "Video")
"""Posts that are a file themselves."""
WITH_PICTURE = ("Article", "Page", "Event")
"""Posts whose picture is shown when nothing else is attached."""

MOST_COMPONENTS = 5
"""In each direction, of a blurred picture that is believed."""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"

Media: TypeAlias = Literal["image", "video", "audio", "unknown"]


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """A file that belongs to a post: where it is, what it is, and what it shows in words.

    `focus`: the point to keep in sight, each way from -1 to 1. `duration`: in seconds. `icon`: a still picture of it.
    """

    url: str
    media: Media
    media_type: str | None
    description: str
    blurhash: str | None
    width: int | None
    height: int | None
    icon: str | None
    focus: tuple[float, float] | None = None
    duration: float | None = None
    sensitive: bool = False


def read_attached(document: Document, kind: str, inline: list[Attached] | None = None) -> list[Attached]:
    """The files that belong to a post; of a picture, sound or film the thing itself first. Each file once.

    Takes: `inline`, the pictures within its text.
    """
    entries = [entry for entry in values.many(document.get("attachment")) if isinstance(entry, dict)]
    found = [made for entry in entries if (made := _file_of(entry)) is not None]
    if kind in THEMSELVES:
        itself = _file_of(dict(document) | {"type": kind, "name": None, "summary": None}, itself=True)
        found = [*([] if itself is None else [itself]), *found]
    found += inline or []
    if not found and kind in WITH_PICTURE:
        pictures = [
            entry if isinstance(entry, dict) else {"url": entry} for entry in values.many(document.get("image"))
        ]
        found = [made for entry in pictures[:1] if (made := _file_of(entry | {"type": "Image"})) is not None]
    once: dict[str, Attached] = {}
    for one in found:
        once.setdefault(one.url, one)
    return list(once.values())[:MOST_ATTACHMENTS]


def picture(url: str, description: str) -> Attached:
    """A picture of which nothing else is known."""
    return Attached(
        url=url,
        media="image",
        media_type=None,
        description=description[:LONGEST_ALT],
        blurhash=None,
        width=None,
        height=None,
        icon=None,
    )


def _file_of(entry: Document, *, itself: bool = False) -> Attached | None:
    """The file in an entry. One whose type nobody knows may be anything; of a post, it is rather its page."""
    kind = values.kind_of(entry, FILES)
    links = _addresses(entry)
    if kind == "Link" and any(link.family for link in links):
        kind = "Document"
    if kind not in FILES or not links:
        return None
    family = kind.lower() if kind in THEMSELVES else ""
    link = file_in(links, family) or (None if itself else links[0])
    if link is None:
        return None
    alt = values.text(entry.get("summary"), LONGEST_ALT) or values.text(entry.get("name"), LONGEST_ALT) or ""
    return Attached(
        url=link.href,
        media=_media(family, link),
        media_type=link.media_type or None,
        description=alt,
        blurhash=_blurhash(entry.get("blurhash")),
        width=link.width or values.number(entry.get("width")),
        height=link.height or values.number(entry.get("height")),
        icon=picture_in(entry.get("icon") or entry.get("image"), POSTER),
        focus=_focus(entry.get("focalPoint")),
        duration=_seconds(entry.get("duration")),
        sensitive=values.flag(entry.get("sensitive")),
    )


def _addresses(entry: Document) -> list[Link]:
    """Where a file is; what is said of the whole holds for its only address."""
    links = links_of(entry.get("url")) or links_of(entry.get("href")) or links_of(entry.get("id"))
    said = (values.text(entry.get("mediaType"), 200) or "").partition(";")[0].strip().lower()
    size = values.number(entry.get("size"))
    if len(links) != 1 or not said.startswith(("image/", "video/", "audio/")):
        return links
    one = links[0]
    return [msgspec.structs.replace(one, media_type=said, size=one.size or size)]


def _media(family: str, link: Link) -> Media:
    for media in ("image", "video", "audio"):
        if media in (link.family, family if not link.family else ""):
            return media
    return "unknown"


def _blurhash(value: Any) -> str | None:
    """A blurred picture that can be drawn: its length fits what its first digit says. Spec: Blurhash algorithm"""
    found = values.text(value, 200) or ""
    if len(found) < 6 or any(letter not in _DIGITS for letter in found):
        return None
    down, across = divmod(_DIGITS.index(found[0]), 9)
    fits = max(down, across) < MOST_COMPONENTS and len(found) == 4 + 2 * (down + 1) * (across + 1)
    return found if fits else None


def _focus(value: Any) -> tuple[float, float] | None:
    """Two numbers from -1 to 1, in a list; written as texts by some."""
    given = values.many(value)
    if len(given) != 2:
        return None
    across, down = _number(given[0]), _number(given[1])
    if across is None or down is None or not (-1 <= across <= 1 and -1 <= down <= 1):
        return None
    return across, down


def _seconds(value: Any) -> float | None:
    """How long it runs: as a span of time, or as a number of seconds."""
    span = values.duration(value)
    found = span.total_seconds() if span is not None else _number(values.one(value))
    return found if found is not None and 0 < found < 10**7 else None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None
