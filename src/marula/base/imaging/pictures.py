"""Pictures: from a stranger's file to ours, without what it says of people, upright, no larger than allowed."""

from pathlib import Path
from typing import Any

import numpy
import pyvips
from msgspec import UNSET

from marula.base.imaging import allowed
from marula.base.imaging.blurhash import blurhash
from marula.base.imaging.colors import colors
from marula.base.imaging.kinds import Kind
from marula.base.imaging.opened import Opened, opened, shown
from marula.base.imaging.types import (
    Box,
    Decoded,
    Limits,
    Made,
    Measures,
    Meta,
    Motion,
    Name,
    Recipe,
    TooLarge,
    Undecodable,
)

SIDEWAYS = range(5, 9)
"""The orientations that swap width and height. Spec: Exif 3.0, Orientation"""

KEPT_PIXELS = 64_000_000
"""Of all frames together of a picture that moves on."""

HASHED = 32
"""Pixels each way that a blurhash is drawn from."""

TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}
SAVED: dict[str, dict[str, Any]] = {
    "jpg": {"Q": 88},
    "png": {"compression": 6},
    "webp": {"Q": 88, "effort": 2},
    "gif": {"effort": 3},
}


def decode(source: Path, into: Path, kind: Kind, recipe: Recipe, limits: Limits) -> Decoded:
    """Make what the recipe asks. Raises Undecodable, TooLarge; OSError when the folder cannot be written."""
    picture = opened(source, kind, limits, moving=recipe.motion is Motion.KEPT or recipe.static == "moving")
    try:
        return _moving(picture, into, recipe) if picture.frames > 1 else _still(picture, into, recipe)
    except pyvips.Error as error:
        raise Undecodable(allowed.damaged(kind)) from error


def _still(picture: Opened, into: Path, recipe: Recipe) -> Decoded:
    files: dict[Name, Made] = {}
    image, upright = picture.image, False
    for name, box in recipe.made.items():
        image = shown(_shrunk(image, box))
        if not upright:
            image, upright = image.copy_memory().autorot(), True
        image = _cropped(image, box)
        files[name] = _written(image, into, name, _ending(image, picture.kind))
    if recipe.static == "always":
        files[Name.STATIC] = _written(image, into, Name.STATIC, "png")
    return _decoded(files, image, recipe)


def _moving(picture: Opened, into: Path, recipe: Recipe) -> Decoded:
    """All frames keep moving; the first of them is the still picture."""
    (name, box), *_ = recipe.made.items()
    shrunk = _shrunk(picture.image, box, picture.height)
    height = shrunk.get("page-height")
    if shrunk.width * height * picture.frames > KEPT_PIXELS:
        raise TooLarge(allowed.too_many_frames(KEPT_PIXELS // (shrunk.width * height), "pictures of this size"))
    roll = shown(shrunk).copy_memory()
    frames = [_cropped(roll.crop(0, index * height, roll.width, height), box) for index in range(picture.frames)]
    first = frames[0]
    joined = pyvips.Image.arrayjoin(frames, across=1).copy()
    joined.set_type(pyvips.GValue.gint_type, "page-height", first.height)
    files = {name: _written(joined, into, name, picture.kind.extension, height=first.height)}
    if recipe.static != "never":
        files[Name.STATIC] = _written(_alone(first), into, Name.STATIC, "png")
    return _decoded(files, first, recipe)


def _decoded(files: dict[Name, Made], smallest: Any, recipe: Recipe) -> Decoded:
    pixels = _pixels(smallest) if recipe.blurhash or recipe.colors else None
    meta = Meta(
        original=measures(files[Name.ORIGINAL]) if Name.ORIGINAL in files else UNSET,
        small=measures(files[Name.SMALL]) if Name.SMALL in files else UNSET,
        colors=colors(pixels) if pixels is not None and recipe.colors else UNSET,
    )
    hashed = blurhash(pixels) if pixels is not None and recipe.blurhash else None
    return Decoded(kind="image", files=files, blurhash=hashed, meta=meta)


def measures(made: Made) -> Measures:
    """Of a picture, as clients see them."""
    width, height = made.width or 0, made.height or 0
    return Measures(width=width, height=height, size=f"{width}x{height}", aspect=width / height)


def _shrunk(image: Any, box: Box, frame_height: int | None = None) -> Any:
    """No larger than the box, or just large enough to be cropped to it; still as the camera was held."""
    width, height = image.width, frame_height or image.height
    across, down = _turned(image, width, height)
    if box.area is not None:
        share = (box.area / (width * height)) ** 0.5
    elif box.crop:
        share = max(box.width / across, box.height / down)
    else:
        share = min(box.width / across, box.height / down)
    if share >= 1:
        return image
    wanted = max(1, int(width * share + 0.001)), max(1, int(height * share + 0.001))
    return image.thumbnail_image(wanted[0], height=wanted[1], size="force", no_rotate=True)


def _turned(image: Any, width: int, height: int) -> tuple[int, int]:
    sideways = image.get_typeof("orientation") and image.get("orientation") in SIDEWAYS
    return (height, width) if sideways else (width, height)


def _cropped(image: Any, box: Box) -> Any:
    """The middle, in the shape of the box."""
    if not box.crop:
        return image
    width = max(1, min(image.width, round(image.height * box.width / box.height), box.width))
    height = max(1, min(image.height, round(image.width * box.height / box.width), box.height))
    return image.crop((image.width - width) // 2, (image.height - height) // 2, width, height)


def _alone(frame: Any) -> Any:
    """One frame, which no longer says that it is one of many."""
    frame = frame.copy()
    for field in ("page-height", "n-pages", "delay", "loop"):
        if frame.get_typeof(field):
            frame.remove(field)
    return frame


def _ending(image: Any, kind: Kind) -> str:
    if kind in (Kind.JPEG, Kind.PNG, Kind.WEBP):
        return kind.extension
    if kind is Kind.GIF:
        return "png"
    return "webp" if image.hasalpha() else "jpg"


def _written(image: Any, into: Path, name: Name, ending: str, *, height: int | None = None) -> Made:
    """In memory first: what fails there is the picture, what fails on the disk is the disk."""
    data: bytes = image.write_to_buffer(f".{ending}", keep="icc", **SAVED[ending])
    path = into / f"{name}.{ending}"
    path.write_bytes(data)
    return Made(
        path=Path(path.name),
        content_type=TYPES[ending],
        size=len(data),
        width=image.width,
        height=height or image.height,
    )


def _pixels(image: Any) -> Any:
    """A few pixels in red, green and blue, on white where they can be seen through."""
    few = image.thumbnail_image(HASHED, height=HASHED, size="force", no_rotate=True)
    if few.hasalpha():
        few = few.flatten(background=255)
    few = few.colourspace("srgb")
    return numpy.asarray(few.numpy())[:, :, :3]
