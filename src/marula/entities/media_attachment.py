"""Pictures, films and sounds of a post."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from marula.entities.entity import Entity
from marula.entities.scalars import Id, Url


class MediaDimensions(Entity, kw_only=True):
    """The measures of a file: pictures have size and aspect, films and sounds the rest.

    Spec: Mastodon documentation, entities/MediaAttachment (meta.original)
    """

    width: int | UnsetType = UNSET
    height: int | UnsetType = UNSET
    size: Annotated[str | UnsetType, Meta(description="Width, x and height.", examples=["640x480"])] = UNSET
    aspect: float | UnsetType = UNSET
    frame_rate: Annotated[str | UnsetType, Meta(description="A fraction.", examples=["30/1"])] = UNSET
    duration: Annotated[float | UnsetType, Meta(description="Seconds.")] = UNSET
    bitrate: Annotated[int | UnsetType, Meta(description="Bits in a second.")] = UNSET


class MediaFocus(Entity, kw_only=True):
    """The point that must stay in sight when a picture is cropped, from -1 to 1 each way.

    Spec: Mastodon documentation, entities/MediaAttachment (meta.focus)
    """

    x: float
    y: float


class MediaColors(Entity, kw_only=True):
    """Colours drawn from a cover, as #rrggbb.

    Spec: Mastodon documentation, entities/MediaAttachment (meta.colors)
    """

    background: str
    foreground: str
    accent: str


class MediaMeta(Entity, kw_only=True):
    """What is known of a file.

    Spec: Mastodon documentation, entities/MediaAttachment (meta)
    """

    original: MediaDimensions | UnsetType = UNSET
    small: MediaDimensions | UnsetType = UNSET
    focus: MediaFocus | UnsetType = UNSET
    colors: MediaColors | UnsetType = UNSET


class MediaAttachment(Entity, kw_only=True):
    """A file attached to a post, or about to be.

    Spec: Mastodon documentation, entities/MediaAttachment
    """

    id: Id
    type: Literal["unknown", "image", "gifv", "video", "audio"]
    url: Annotated[Url | None, Meta(description="null while the file is being processed.")]
    preview_url: Url | None
    remote_url: Url | None
    preview_remote_url: Url | None
    text_url: Annotated[Url | None, Meta(description="Deprecated, and still sent.")]
    meta: MediaMeta | None
    description: Annotated[str | None, Meta(description="null, never an empty string.")]
    blurhash: str | None
