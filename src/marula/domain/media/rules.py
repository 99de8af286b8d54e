"""What may hang on a post, and what counts as the same. Pure.

Spec: Mastodon documentation, entities/MediaAttachment; limits.json, media
"""

import math
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from msgspec import UNSET

from marula.base.kernel.errors import Invalid, Refused
from marula.domain.media.types import Attachment, Change, Chosen, Kind, RemoteFile, State

MOST, MOST_REMOTE = 4, 20
"""Files of a post written here, and of one written elsewhere."""

LONGEST_DESCRIPTION = 10_000
LONGEST_URL = 4096
LONGEST_BLURHASH = 200
LONGEST_TYPE = 200
LARGEST_SIDE = 100_000

ALONE = (Kind.VIDEO, Kind.AUDIO)
"""With these nothing else may hang on a post."""

TOO_MANY = f"Cannot attach more than {MOST} files"
MIXED = "Cannot attach a video to a post that already contains images"
UNFINISHED = "Cannot attach files that have not finished processing. Try again in a moment!"
UNUSABLE = "Some of these files do not exist or belong to another post: "
UNPROCESSED = "Error processing thumbnail for uploaded media"
IN_USE = "Media attachment is currently used by a status"

_FAMILIES = {"image": Kind.IMAGE, "video": Kind.VIDEO, "audio": Kind.AUDIO}


def kind_of(content_type: str | None) -> Kind:
    """What a file is by the type that its server names; SVG is nothing that is shown."""
    named = (content_type or "").partition(";")[0].strip().lower()
    if named == "image/svg+xml":
        return Kind.UNKNOWN
    return _FAMILIES.get(named.partition("/")[0], Kind.UNKNOWN)


def acceptable(files: Sequence[RemoteFile]) -> list[RemoteFile]:
    """Those files of another server that can be named: with an address that can be opened, each once, not too many."""
    found: dict[str, RemoteFile] = {}
    for one in files:
        if _web(one.url):
            found.setdefault(one.url, one)
    return list(found.values())[:MOST_REMOTE]


def remote_kind(one: RemoteFile) -> Kind:
    """What a file of another server is."""
    named = kind_of(one.content_type)
    return named if one.kind is None or named is not Kind.UNKNOWN else one.kind


def remote_meta(one: RemoteFile) -> dict[str, Any]:
    """The measures that another server gives, in the shape of `meta`; those that can be true."""
    original: dict[str, Any] = {}
    width, height = one.width, one.height
    if width is not None and height is not None and 0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE:
        original |= {"width": width, "height": height}
        if remote_kind(one) is Kind.IMAGE:
            original |= {"size": f"{width}x{height}", "aspect": width / height}
    if one.duration is not None and math.isfinite(one.duration) and one.duration > 0:
        original["duration"] = one.duration
    return {"original": original} if original else {}


def preview(one: RemoteFile) -> str | None:
    """Where the still picture of a file of another server is, when that can be opened."""
    return one.preview_url if one.preview_url is not None and _web(one.preview_url) else None


def description(text: str | None) -> str | None:
    """A description as it is kept: None, never empty; a NUL cannot be kept."""
    return (text or "").replace("\x00", "").strip()[:LONGEST_DESCRIPTION] or None


def focus(point: tuple[float, float] | None) -> tuple[float, float] | None:
    """A point within the picture, or None."""
    if point is None or not all(math.isfinite(one) and -1 <= one <= 1 for one in point):
        return None
    return point


def same_remote(before: Sequence[Attachment], files: Sequence[RemoteFile]) -> bool:
    """Whether a post of another server shows the same files as before, in this order, described in the same way."""
    return [(one.remote_url, one.description, one.focus) for one in before] == [
        (one.url, description(one.description), focus(one.focus)) for one in acceptable(files)
    ]


def check_description(text: str | None) -> str | None:
    """A description that somebody here wrote, as it is kept. Raises Invalid when it is too long."""
    if text is not None and len(text.strip()) > LONGEST_DESCRIPTION:
        raise Invalid.field("description", f"is too long (maximum is {LONGEST_DESCRIPTION} characters)", "ERR_TOO_LONG")
    return description(text)


def parse_focus(text: str) -> tuple[float, float]:
    """A point from the text `x,y`; what lies outside of the picture is moved to its edge. Raises Invalid."""
    parts = text.split(",")
    try:
        across, down = (float(part) for part in parts)
    except ValueError:
        raise Invalid.field("focus", "must be two numbers from -1 to 1 with a comma between them") from None
    if not (math.isfinite(across) and math.isfinite(down)):
        raise Invalid.field("focus", "must be two numbers from -1 to 1 with a comma between them")
    return max(-1.0, min(across, 1.0)), max(-1.0, min(down, 1.0))


def check_together(files: Sequence[Attachment]) -> None:
    """Whether these files may hang on one post. Raises Refused.

    Spec: limits.json, media.mixing; permissions.json, error_strings
    """
    if len(files) > MOST:
        raise Refused(TOO_MANY)
    if len(files) > 1 and any(file.kind in ALONE for file in files):
        raise Refused(MIXED)
    if any(file.state is not State.READY for file in files):
        raise Refused(UNFINISHED)


def choose(file: Attachment, change: Change | None) -> Chosen:
    """A file for a post, with what is said of it anew. Raises Invalid."""
    described, focus = file.description, file.focus
    if change is not None and change.description is not UNSET:
        described = check_description(change.description)
    if change is not None and change.focus is not UNSET:
        focus = change.focus
    return Chosen(id=file.id, kind=file.kind, description=described, focus=focus)


def same(before: Sequence[Attachment], chosen: Sequence[Chosen]) -> bool:
    """Whether a post of ours shows the same files as before, in this order, described in the same way."""
    return [(one.id, one.description, one.focus) for one in before] == [
        (one.id, one.description, one.focus) for one in chosen
    ]


def placeholder(chosen: Sequence[Chosen]) -> str:
    """What a post says that has a warning and no text. Spec: GOTCHAS, Posting and editing"""
    kinds = {one.kind for one in chosen}
    if kinds & {Kind.VIDEO, Kind.GIFV}:
        return "📹"
    if Kind.AUDIO in kinds:
        return "🎵"
    return "🖼" if kinds else "."


def _web(url: str) -> bool:
    """Whether this is an address on the web."""
    if len(url) > LONGEST_URL or "\x00" in url:
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
