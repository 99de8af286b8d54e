"""The words of storage."""

import enum
from datetime import date

import msgspec

from marula.base.kernel.ids import BlobId

EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/quicktime": "mov",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/ogg": "ogg",
    "audio/opus": "opus",
    "audio/wav": "wav",
    "audio/flac": "flac",
    "audio/webm": "weba",
    "application/octet-stream": "bin",
    "application/gzip": "tar.gz",
    "application/zip": "zip",
    "text/csv": "csv",
}
"""The types that are kept, and what their keys end with. None of them is run by a browser."""


_TYPES = {end: kind for kind, end in EXTENSIONS.items()}


def content_type(key: str) -> str:
    """The type of what has this key, which says it in its end."""
    return _TYPES[key.rpartition("/")[2].partition(".")[2]]


class Purpose(enum.IntEnum):
    """What a blob is for. The numbers stand in the database."""

    ATTACHMENT = 0
    AVATAR = 1
    HEADER = 2
    EMOJI = 3
    PREVIEW = 4
    EXPORT = 5
    UPLOAD = 6
    """As somebody sent it, until something was made of it. Never served."""


class State(enum.IntEnum):
    """Where a blob is in its life. The numbers stand in the database."""

    ARRIVING = 0
    """Its bytes may not be there yet."""
    KEPT = 1
    LEAVING = 2
    """Its bytes may not be there any more."""


class Blob(msgspec.Struct, frozen=True):
    """A file that is kept. `remote`: a copy of somebody else's, that can be fetched again."""

    id: BlobId
    key: str
    size: int
    content_type: str
    purpose: Purpose
    remote: bool


class Total(msgspec.Struct, frozen=True):
    """How many files of a kind there are, and their bytes."""

    purpose: Purpose
    remote: bool
    files: int
    bytes: int


class Day(msgspec.Struct, frozen=True):
    """How much was kept on a day, ours and copies of others', and the room of the disk where somebody can say."""

    day: date
    local: int
    remote: int
    total: int | None
    free: int | None
