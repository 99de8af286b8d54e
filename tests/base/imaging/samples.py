"""Files made for the tests: none is kept in the repository."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy
import pillow_heif
from PIL import Image, ImageCms

MARK = "DO-NOT-KEEP"
"""What is hidden in files and must not come out."""

ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (250, 250, 250)


def scene(width: int = 320, height: int = 200, mode: str = "RGB") -> Image.Image:
    """Red above left, green above right, blue below left, white below right."""
    picture = Image.new("RGB", (width, height), WHITE)
    picture.paste(RED, (0, 0, width // 2, height // 2))
    picture.paste(GREEN, (width // 2, 0, width, height // 2))
    picture.paste(BLUE, (0, height // 2, width // 2, height))
    return picture.convert(mode)


def noise(width: int, height: int) -> Image.Image:
    """A picture that does not compress well, like a photograph."""
    random = numpy.random.default_rng(7)
    small = random.integers(0, 255, (height // 8 + 1, width // 8 + 1, 3), dtype=numpy.uint8)
    smooth = Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)
    grain = random.integers(0, 12, (height, width, 3), dtype=numpy.uint8)
    return Image.fromarray(numpy.asarray(smooth) // 2 + grain)


def exif(orientation: int = 1) -> Image.Exif:
    """Who took it, with what, and where."""
    told = Image.Exif()
    told[0x0112] = orientation
    told[0x010F] = MARK
    told.get_ifd(0x8825)[1] = "N"
    told.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    return told


def held(orientation: int, width: int = 320, height: int = 200) -> bytes:
    """The scene as a camera writes it that was held another way: upright once its Exif is heeded."""
    turns: dict[int, Image.Transpose] = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    picture = scene(width, height)
    if orientation in turns:
        picture = picture.transpose(turns[orientation])
    return encoded(picture, "JPEG", exif=exif(orientation), quality=95)


def encoded(picture: Image.Image, form: str, **options: Any) -> bytes:
    """As a file of this format."""
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def heic(picture: Image.Image, **options: Any) -> bytes:
    """As a phone writes it."""
    file = io.BytesIO()
    pillow_heif.from_pillow(picture).save(file, quality=80, **options)
    return file.getvalue()


def moving(form: str, frames: int = 6, width: int = 64, height: int = 48, **options: Any) -> bytes:
    """A square that goes from left to right."""
    pictures: list[Image.Image] = []
    for number in range(frames):
        picture = Image.new("RGB", (width, height), WHITE)
        at = number * (width - 8) // max(1, frames - 1)
        picture.paste((200, number % 250, 0), (at, 8, at + 8, 24))
        pictures.append(picture)
    return encoded(
        pictures[0], form, save_all=True, append_images=pictures[1:], loop=0, **({"duration": 100} | options)
    )


def png_of(width: int, height: int, rows: bytes = b"") -> bytes:
    """The head of a PNG of these measures, and as much of it as is given."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def written(folder: Path, data: bytes, name: str = "upload") -> Path:
    """The bytes as a file whose name tells nothing."""
    path = folder / name
    path.write_bytes(data)
    return path
