"""The words of media."""

from enum import IntEnum
from typing import Any, Literal, TypeAlias

import msgspec

from marula.base.kernel.ids import AccountId, MediaId, PostId, ScheduledId

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
