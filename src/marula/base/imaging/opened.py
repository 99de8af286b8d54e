"""Pictures as libvips opens them: only formats that are taken, only their headers at first."""

from pathlib import Path
from typing import Any

import numpy
import pillow_heif
import pyvips

from marula.base.imaging import allowed
from marula.base.imaging.kinds import Kind
from marula.base.imaging.types import Limits, TooLarge, Undecodable

LOADERS = {
    Kind.JPEG: "VipsForeignLoadJpeg",
    Kind.PNG: "VipsForeignLoadPng",
    Kind.WEBP: "VipsForeignLoadWebp",
    Kind.GIF: "VipsForeignLoadNsgif",
    Kind.AVIF: "VipsForeignLoadHeif",
}
MOVING = {Kind.GIF, Kind.WEBP}
"""Formats whose frames are read."""

HEIF_ERRORS = (ValueError, SyntaxError, RuntimeError, EOFError, LookupError)
"""What the reader of HEIC says of files that are broken."""

PROFILE = "icc-profile-data"
PROFILE_BYTES = 256 * 1024
"""The largest colour profile that is passed on."""

pyvips.cache_set_max(0)
pyvips.operation_block_set("VipsForeignLoad", True)
for loader in LOADERS.values():
    pyvips.operation_block_set(loader, False)


class Opened:
    """A picture of which only the header was read. `frames` are one below the other when there are several."""

    def __init__(self, image: Any, kind: Kind, frames: int = 1, height: int | None = None) -> None:
        self.image = image
        self.kind = kind
        self.frames = frames
        self.height: int = height or image.height
        self.width: int = image.width


def opened(path: Path, kind: Kind, limits: Limits, *, moving: bool) -> Opened:
    """The picture, with all its frames if it may move. Raises Undecodable; TooLarge by what its header says."""
    try:
        if kind is Kind.HEIC:
            return _heic(path, limits)
        return _opened(path, kind, limits, moving=moving)
    except (pyvips.Error, *HEIF_ERRORS) as error:
        raise Undecodable(allowed.damaged(kind)) from error


def _opened(path: Path, kind: Kind, limits: Limits, *, moving: bool) -> Opened:
    every: dict[str, Any] = {"n": -1} if moving and kind in MOVING else {}
    image: Any = pyvips.Image.new_from_file(str(path), access="sequential", fail_on="error", **every)
    frames = image.get("n-pages") if image.get_typeof("n-pages") else 1
    if frames > limits.frames:
        raise TooLarge(allowed.too_many_frames(limits.frames, "moving pictures"))
    frames = frames if every else 1
    height = image.get("page-height") if frames > 1 else image.height
    most = limits.moving_pixels if frames > 1 else limits.pixels
    if image.width * height > most:
        raise TooLarge(
            allowed.too_many_pixels(image.width, height, most, "moving pictures" if frames > 1 else "pictures")
        )
    return Opened(image, kind, frames, height)


def _heic(path: Path, limits: Limits) -> Opened:
    """By libheif's own reader: the libvips that is installed with us reads AVIF only."""
    found = pillow_heif.open_heif(path, convert_hdr_to_8bit=True)
    width, height = found.size
    if width * height > limits.pixels:
        raise TooLarge(allowed.too_many_pixels(width, height, limits.pixels))
    image: Any = pyvips.Image.new_from_array(
        numpy.asarray(found), interpretation="b-w" if found.mode == "L" else "srgb"
    )
    profile: Any = found.info.get("icc_profile")
    if profile:
        image = image.copy()
        image.set_type(pyvips.GValue.blob_type, PROFILE, profile)
    return Opened(image, Kind.HEIC)


def shown(image: Any) -> Any:
    """In eight bits of grey or of red, green and blue; colours of print are turned into those of screens."""
    if image.interpretation == "cmyk":
        image = image.icc_transform("srgb", embedded=True, input_profile="cmyk")
    grey = image.interpretation in ("b-w", "grey16") or image.bands < 3
    wanted = "b-w" if grey else "srgb"
    if image.interpretation != wanted:
        image = image.colourspace(wanted)
    if image.format != "uchar":
        image = image.cast("uchar")
    if image.get_typeof(PROFILE) and not _is_profile(image.get(PROFILE)):
        image = image.copy()
        image.remove(PROFILE)
    return image


def _is_profile(data: bytes) -> bool:
    """Spec: ICC.1:2022, 7.2 (the header: its size, and its signature at byte 36)"""
    return 128 <= len(data) <= PROFILE_BYTES and data[36:40] == b"acsp" and int.from_bytes(data[:4]) == len(data)
