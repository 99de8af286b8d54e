"""Films and sounds made for the tests, with ffmpeg; and what it says of those that were made."""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from marula.base.imaging.programs import ffmpeg
from tests.base.imaging.samples import MARK

H264 = ("-c:v", "libx264", "-pix_fmt", "yuv420p")
TITLE = ("-metadata", f"title={MARK}", "-metadata", "location=+52.5200+013.4050/")


def pattern(width: int = 320, height: int = 200, seconds: float = 2, rate: int = 30) -> list[str]:
    """A moving picture."""
    return ["-f", "lavfi", "-i", f"testsrc=size={width}x{height}:rate={rate}:duration={seconds}"]


def tone(seconds: float = 2) -> list[str]:
    """A tone."""
    return ["-f", "lavfi", "-i", f"sine=duration={seconds}"]


def reel(folder: Path, name: str, options: Sequence[str]) -> bytes:
    """What ffmpeg makes of this; the name's ending is the format."""
    path = folder / name
    subprocess.run([ffmpeg(), "-v", "error", "-nostdin", "-y", *options, str(path)], check=True, timeout=120)
    data = path.read_bytes()
    path.unlink()
    return data


def saved(folder: Path, name: str, data: bytes) -> str:
    """The bytes as a file that ffmpeg may read."""
    path = folder / name
    path.write_bytes(data)
    return str(path)


def told(path: Path) -> str:
    """What ffmpeg says of a file."""
    done = subprocess.run([ffmpeg(), "-hide_banner", "-i", str(path)], capture_output=True, text=True, timeout=30)
    return done.stderr


def plays(path: Path) -> bool:
    """Whether it can be decoded to its end without a complaint."""
    command = [ffmpeg(), "-v", "error", "-xerror", "-i", str(path), "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return done.returncode == 0 and not done.stderr


def loudness(path: Path) -> float:
    """The mean volume in decibels."""
    command = [ffmpeg(), "-i", str(path), "-af", "volumedetect", "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    found = re.search(r"mean_volume: (-?[\d.]+) dB", done.stderr)
    return float(found[1]) if found else -100.0


def starts_fast(path: Path) -> bool:
    """Whether a player knows all it needs before the film itself arrives."""
    data = path.read_bytes()
    return 0 < data.find(b"moov") < data.find(b"mdat")
