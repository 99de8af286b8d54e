"""The words of media."""

from datetime import datetime
from enum import IntEnum
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from marula.base.kernel.ids import AccountId, BlobId, MediaId, PostId, ScheduledId

Word: TypeAlias = Literal["image", "gifv", "video", "unknown", "audio"]

_WORDS: tuple[Word, ...] = ("image", "gifv", "video", "unknown", "audio")


class Kind(IntEnum):
    """What a file is. Stored as its number. GIFV is a silent film that runs again and again, as a moving GIF does.

    Spec: Mastodon documentation, entities/MediaAttachment#type
    """

    IMAGE = 0
    GIFV = 1
    VIDEO = 2
    UNKNOWN = 3
    AUDIO = 4

    @property
    def word(self) -> Word:
        """The API's word."""
        return _WORDS[self]


class State(IntEnum):
    """How far a file is. Stored as its number.

    WAITING: an upload that is not processed yet, or a file of another server that is not kept here. READY: its blobs
    are kept here. FAILED: it could not be processed, or its server does not give it. REJECTED: of a server whose files
    this one does not want.
    """

    WAITING = 0
    READY = 1
    FAILED = 2
    REJECTED = 3


class RemoteFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a post of another server, as that server describes it.

    `focus`: the point to keep in sight, each way from -1 to 1. `duration`: in seconds. `preview_url`: a still picture
    of a film or a sound. `kind`: None follows from `content_type`. `rejected`: this server wants no files of that one.
    """

    url: str
    content_type: str | None = None
    description: str | None = None
    blurhash: str | None = None
    width: int | None = None
    height: int | None = None
    focus: tuple[float, float] | None = None
    duration: float | None = None
    preview_url: str | None = None
    kind: Kind | None = None
    rejected: bool = False


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What is said anew of a file; what is unset stays."""

    id: MediaId
    description: str | UnsetType | None = UNSET
    focus: tuple[float, float] | UnsetType = UNSET


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was uploaded here and is to hang on a post, with what is said of it there."""

    id: MediaId
    kind: Kind
    description: str | None
    focus: tuple[float, float] | None


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What processing made of a file: blobs that were brought and are to be kept."""

    kind: Kind
    original_id: BlobId
    small_id: BlobId | None
    content_type: str
    blurhash: str | None
    meta: dict[str, Any]


class Thumbnail(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that stands for a film or a sound: a blob that was brought and is to be kept."""

    small_id: BlobId
    blurhash: str | None
    meta: dict[str, Any]


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it is uploaded: what was made of it, or the blob that is to be processed."""

    made: Made | None = None
    source_id: BlobId | None = None
    kind: Kind = Kind.UNKNOWN
    thumbnail: Thumbnail | None = None
    description: str | None = None
    focus: tuple[float, float] | None = None


class Remote(msgspec.Struct, frozen=True, kw_only=True):
    """A file of another server, as it is fetched. `original`, `small`: the keys of what is kept of it here."""

    id: MediaId
    domain: str | None
    url: str
    preview_url: str | None
    kind: Kind
    state: State
    original: str | None
    small: str | None
    attempts: int
    waits_until: datetime | None

    @property
    def has_still(self) -> bool:
        """Whether a small picture is made of it, or was; else the whole file stands for itself."""
        return self.small is not None or self.original is None


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a post, or one that may become one, as the rules see it.

    `position`: its place in the post, None when an edit took it out of it.
    """

    id: MediaId
    account_id: AccountId
    post_id: PostId | None
    scheduled_id: ScheduledId | None
    position: int | None
    kind: Kind
    state: State
    description: str | None
    blurhash: str | None
    meta: dict[str, Any]
    focus: tuple[float, float] | None
    remote_url: str | None
