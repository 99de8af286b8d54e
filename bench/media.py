"""What it costs to decode files: CPU seconds and peak memory of the process that does it, and the clock."""

import asyncio
import io
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy
import pillow_heif
from PIL import Image

from marula.base.imaging import ATTACHMENT, AVATAR, Decoded, Recipe, decode, stop
from marula.base.imaging.programs import ffmpeg

AVATARS = 1_000
AT_ONCE = 4
MIB = 1024 * 1024


class Sample(NamedTuple):
    """A file, what is made of it, and how often."""

    name: str
    data: bytes
    recipe: Recipe
    times: int


async def measure(folder: Path) -> list[dict[str, Any]]:
    """Each sample, a few at once, in processes that are warm."""
    rows: list[dict[str, Any]] = []
    try:
        for sample in samples(folder):
            await once(sample, folder, 0)
            begun = time.monotonic()
            turn = asyncio.Semaphore(AT_ONCE)
            decoded = await asyncio.gather(*(once(sample, folder, number, turn) for number in range(sample.times)))
            rows.append(row(sample, decoded, time.monotonic() - begun))
    finally:
        await stop()
    return rows


async def once(sample: Sample, folder: Path, number: int, turn: asyncio.Semaphore | None = None) -> Decoded:
    """Decode it, and throw away what was made."""
    async with turn or asyncio.Semaphore():
        source, into = folder / f"sample{number}", folder / f"made{number}"
        source.write_bytes(sample.data)
        into.mkdir(exist_ok=True)
        return await decode(source, into, sample.recipe)


def row(sample: Sample, decoded: Sequence[Decoded], clock: float) -> dict[str, Any]:
    """CPU per file is the mean, memory the most of any."""
    return {
        "name": sample.name,
        "files": len(decoded),
        "kilobytes": len(sample.data) // 1024,
        "cpu_ms": 1000 * sum(one.cost.cpu for one in decoded) / len(decoded),
        "peak_mb": max(one.cost.peak for one in decoded) / MIB,
        "files_per_s": len(decoded) / clock,
    }


def samples(folder: Path) -> list[Sample]:
    """Files like those that people send."""
    photo = photograph(4000, 3000)
    face = photograph(1024, 1024)
    return [
        Sample("12-megapixel JPEG, both sizes, blurhash", saved(photo, "JPEG", quality=90), ATTACHMENT, 20),
        Sample("12-megapixel WebP", saved(photo, "WEBP", quality=85), ATTACHMENT, 5),
        Sample("12-megapixel AVIF", saved(photo, "AVIF", quality=70, speed=9), ATTACHMENT, 5),
        Sample("12-megapixel HEIC", heic(photo), ATTACHMENT, 5),
        Sample("2-megapixel PNG", saved(photo.resize((1920, 1080)), "PNG"), ATTACHMENT, 5),
        Sample("avatar, JPEG of 1024 × 1024", saved(face, "JPEG", quality=90), AVATAR, AVATARS),
        Sample("film, H.264, 10 s of 720p, as it is", film(folder, "a.mp4", "-c:v", "libx264"), ATTACHMENT, 3),
        Sample("film, MPEG-4, 10 s of 720p, converted", film(folder, "a.mp4", "-c:v", "mpeg4"), ATTACHMENT, 3),
        Sample("sound, FLAC, a minute, to MP3", sound(folder), ATTACHMENT, 3),
    ]


def photograph(width: int, height: int) -> Image.Image:
    """Soft shapes and grain: it compresses like a photograph."""
    random = numpy.random.default_rng(1)
    shapes = Image.fromarray(random.integers(0, 255, (height // 16, width // 16, 3), dtype=numpy.uint8))
    smooth = numpy.asarray(shapes.resize((width, height), Image.Resampling.BICUBIC))
    grain = random.integers(0, 10, (height, width, 3), dtype=numpy.uint8)
    return Image.fromarray(smooth // 4 * 3 + grain)


def saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def heic(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    pillow_heif.from_pillow(picture).save(file, quality=70)
    return file.getvalue()


def film(folder: Path, name: str, *options: str) -> bytes:
    picture = ("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=30:duration=10")
    tone = ("-f", "lavfi", "-i", "sine=duration=10")
    return reel(folder / name, *picture, *tone, "-pix_fmt", "yuv420p", "-c:a", "aac", *options)


def sound(folder: Path) -> bytes:
    return reel(folder / "a.flac", "-f", "lavfi", "-i", "anoisesrc=duration=60:amplitude=0.1")


def reel(path: Path, *options: str) -> bytes:
    subprocess.run([ffmpeg(), "-v", "error", "-nostdin", "-y", *options, str(path)], check=True)
    return path.read_bytes()


def show(rows: list[dict[str, Any]], say: Callable[[str], None] = print) -> None:
    """A line for each sample."""
    say(f"{'':<42}{'files':>7}{'kB':>8}{'CPU ms':>9}{'peak MB':>9}{'files/s':>9}")
    for one in rows:
        say(
            f"{one['name']:<42}{one['files']:>7}{one['kilobytes']:>8}{one['cpu_ms']:>9.1f}"
            f"{one['peak_mb']:>9.0f}{one['files_per_s']:>9.1f}"
        )
