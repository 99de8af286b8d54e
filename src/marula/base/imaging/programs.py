"""Where ffmpeg is: installed by the system, else brought by a Python package."""

import functools
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from marula.base.imaging.types import DecoderFailed

WHEEL = "imageio_ffmpeg"
NEEDED = {"libx264", "aac", "libmp3lame", "png"}
"""Encoders; some systems install an ffmpeg that lacks them."""


@functools.cache
def ffmpeg() -> str:
    """The path of an ffmpeg that can write what we write. Raises DecoderFailed when there is none.

    Costs: some starts of it, the first time.
    """
    for program in _candidates():
        if _encoders(program) >= NEEDED:
            return str(program)
    raise DecoderFailed(
        f"No ffmpeg with {', '.join(sorted(NEEDED))} was found. Install ffmpeg, or the Python package imageio-ffmpeg"
    )


def _candidates() -> Iterator[Path]:
    on_path = shutil.which("ffmpeg")
    if on_path is not None:
        yield Path(on_path).resolve()
    spec = importlib.util.find_spec(WHEEL)
    for place in (spec.submodule_search_locations or []) if spec is not None else []:
        yield from sorted(path for path in (Path(place) / "binaries").glob("ffmpeg-*") if os.access(path, os.X_OK))


def _encoders(program: Path) -> set[str]:
    try:
        told = subprocess.run(  # noqa: S603
            [program, "-hide_banner", "-encoders"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):  # made for another machine, or broken: as good as absent
        return set()
    return {words[1] for line in told.stdout.splitlines() if len(words := line.split()) > 1}
