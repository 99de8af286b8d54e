"""What is asked of the decoder and what it gives."""

import enum
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from marula.base.kernel.errors import Refused


class Undecodable(Refused):
    """The file cannot be read; its sentence says what can."""


class TooLarge(Refused):
    """The file is, or would become, more than is allowed; its sentence says what is allowed."""


class DecoderFailed(Exception):
    """The decoder itself is broken, or something that it needs is absent: no fault of the file. Try again later."""


class Name(enum.StrEnum):
    """What is made of a file, and what the files made are called."""

    ORIGINAL = "original"
    SMALL = "small"
    STATIC = "static"


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """How large a picture may be: an area, or a width and a height. Nothing is ever made larger than it was.

    `crop` cuts the middle out in the shape of the box; else the picture is shrunk until it fits.
    """

    area: int | None = None
    width: int = 0
    height: int = 0
    crop: bool = False


class Motion(enum.StrEnum):
    """What becomes of a picture that moves."""

    FILM = "film"
    """A silent film that repeats."""
    KEPT = "kept"
    """It moves on, in its own format."""
    STILL = "still"
    """Its first frame stays."""


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be made of a file."""

    families: tuple[str, ...]
    """Of what is taken; see `Family`."""
    formats: tuple[str, ...] = ()
    """The only extensions that are taken, where that is less than all of the families."""
    made: dict[Name, Box]
    motion: Motion = Motion.STILL
    static: Literal["never", "moving", "always"] = "never"
    """When a PNG of the first frame is made besides."""
    blurhash: bool = False
    colors: bool = False
    picture_bytes: int
    film_bytes: int = 0
    """Of films, sounds and pictures that move."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one file may cost."""

    pixels: int = 33_177_600
    """Of a picture. Spec: limits.json, media.image_matrix_limit"""
    film_pixels: int = 8_294_400
    """Of one frame of a film. Spec: limits.json, media.video_matrix_limit"""
    moving_pixels: int = 921_600
    """Of one frame of a picture that moves. Spec: limits.json, media.gif_matrix_limit"""
    frames: int = 1_000
    """Of a picture that moves."""
    film_frames: int = 36_000
    """Of a film that must be converted. Spec: limits.json, media.video_max_frames"""
    frame_rate: int = 120
    """Frames in a second. Spec: limits.json, media.video_frame_rate_limit"""
    seconds: int = 4 * 3600
    """Of a film or a sound."""
    made_bytes: int = 200 * 1024 * 1024
    """Of each file that is made."""
    memory: int = 1024 * 1024 * 1024
    """Address space of the process that decodes pictures."""
    film_memory: int = 3 * 1024 * 1024 * 1024
    """Address space of the process that decodes films and sounds."""
    cpu: int = 30
    """Seconds of work for a picture."""
    film_cpu: int = 1200
    """Seconds of work for a film or a sound."""
    clock: float = 60.0
    """Seconds until a picture is given up."""
    film_clock: float = 540.0
    """Seconds until a film or a sound is given up."""


class Made(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file that was made: width and height as it is shown, the frame rate a fraction, the bit rate in a second."""

    path: Path
    content_type: str
    size: int
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    frame_rate: str | None = None
    bitrate: int | None = None


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """The measures of a file as clients see them.

    Spec: Mastodon documentation, entities/MediaAttachment (meta.original)
    """

    width: int | UnsetType = UNSET
    height: int | UnsetType = UNSET
    size: str | UnsetType = UNSET
    aspect: float | UnsetType = UNSET
    frame_rate: str | UnsetType = UNSET
    duration: float | UnsetType = UNSET
    bitrate: int | UnsetType = UNSET


class Colors(msgspec.Struct, frozen=True):
    """Colours drawn from a cover, as #rrggbb.

    Spec: Mastodon documentation, entities/MediaAttachment (meta.colors)
    """

    background: str
    foreground: str
    accent: str


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a file; the focal point is set by people and not known here.

    Spec: Mastodon documentation, entities/MediaAttachment (meta)
    """

    original: Measures | UnsetType = UNSET
    small: Measures | UnsetType = UNSET
    colors: Colors | UnsetType = UNSET


class Cost(msgspec.Struct, frozen=True):
    """What a file cost: seconds of work, and the most memory that was held, in bytes."""

    cpu: float = 0.0
    peak: int = 0


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file."""

    kind: Literal["image", "gifv", "video", "audio"]
    files: dict[Name, Made]
    blurhash: str | None = None
    meta: Meta = Meta()
    cost: Cost = Cost()
