"""ffmpeg, run on one file of a stranger: its format is given and not guessed, and it may open that file only."""

import errno
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import msgspec

from marula.base.imaging import allowed
from marula.base.imaging.kinds import Kind
from marula.base.imaging.types import Limits, TooLarge, Undecodable

READERS = {
    Kind.GIF: "gif",
    Kind.MP4: "mov",
    Kind.M4V: "mov",
    Kind.MOV: "mov",
    Kind.M4A: "mov",
    Kind.WEBM: "matroska",
    Kind.OGV: "ogg",
    Kind.OGG: "ogg",
    Kind.OPUS: "ogg",
    Kind.MP3: "mp3",
    Kind.AAC: "aac",
    Kind.WAV: "wav",
    Kind.FLAC: "flac",
}
"""The demuxer of each format."""

DECODERS = (
    "h264,hevc,vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,libaom-av1,mpeg4,h263,theora,mjpeg,prores,gif,png,rawvideo,"
    "aac,mp3,mp3float,opus,libopus,vorbis,libvorbis,flac,alac,amrnb,amrwb,speex,libspeex,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f64le,pcm_u8,pcm_s8,"
    "pcm_alaw,pcm_mulaw,adpcm_ima_wav,adpcm_ms"
)
"""All that films and sounds of people are written with; the hundreds of others are not needed and not read."""

THREADS = "2"
QUIET = ("-v", "error", "-y", "-filter_threads", "1")
LITTLE = 1024 * 1024
"""Bytes of free disk under which a failure is the disk's."""

OVERDUE = (255, -signal.SIGXCPU)
"""How it ends when it has worked for as long as it may, if it then ends in time."""

CODES = {256 - errno.ENOMEM: errno.ENOMEM, 256 - errno.ENOSPC: errno.ENOSPC, 256 - errno.EFBIG: errno.EFBIG}
"""Its exit codes that are numbers of errors."""


class Frames(NamedTuple):
    """A film as rows of red, green and blue, frame by frame; `rate` is the frames in a second."""

    width: int
    height: int
    rate: Fraction
    number: int
    pixels: Iterable[bytes]


class Ffmpeg(msgspec.Struct, frozen=True):
    """The program, the file it is to read, and the folder it is to write into."""

    program: str
    source: Path
    into: Path
    kind: Kind
    limits: Limits

    def input(self) -> list[str]:
        """The options before and with the file. `max_pixels` is for what lies about its measures."""
        return [
            *("-max_pixels", str(2 * self.limits.film_pixels), "-threads", THREADS),
            *("-protocol_whitelist", "file", "-codec_whitelist", DECODERS),
            *("-f", READERS[self.kind], "-i", f"file:{self.source}"),
        ]

    def run(self, options: Sequence[str], *, strict: bool = False, heed: Callable[[bytes], None] | None = None) -> None:
        """Do it; each line it writes is heeded. `strict`: what is damaged is not passed over.

        Raises Undecodable, TooLarge; OSError when the disk is full; whatever `heed` raises, which ends it.
        """
        command = [self.program, *QUIET, "-nostdin", *(["-xerror"] if strict else []), *self.input(), *options]
        with self._started(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
            for line in process.stdout or ():
                if heed is not None:
                    heed(line)

    def draw(self, frames: Frames, options: Sequence[str]) -> None:
        """Do it with these frames, and never open the file. Raises as `run` does, and whatever the frames raise."""
        shape = ("-pix_fmt", "rgb24", "-video_size", f"{frames.width}x{frames.height}", "-framerate", str(frames.rate))
        command = [self.program, *QUIET, "-f", "rawvideo", *shape, "-i", "pipe:0", *options]
        with self._started(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
            if process.stdin is not None:
                with suppress(BrokenPipeError), process.stdin as pipe:  # how it ended is told by its code
                    for frame in frames.pixels:
                        pipe.write(frame)

    @contextmanager
    def _started(self, command: list[str], *, stdin: int, stdout: int) -> Generator[subprocess.Popen[bytes]]:
        """It runs, and is judged when it has ended."""
        with subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL) as process:  # noqa: S603
            try:
                yield process
            except BaseException:
                process.kill()
                raise
        if process.returncode != 0:
            raise self._failure(process.returncode)

    def _failure(self, code: int) -> Exception:
        number = CODES.get(code)
        if number == errno.ENOSPC or shutil.disk_usage(self.into).free < LITTLE:
            return OSError(errno.ENOSPC, "No space left on the device")
        if number == errno.EFBIG or code == -signal.SIGXFSZ:
            return TooLarge(allowed.too_much_made(self.limits.made_bytes))
        if number == errno.ENOMEM:
            return TooLarge(allowed.too_much_memory(self.kind, self.limits))
        if code in OVERDUE or (code == -signal.SIGKILL and _worked() >= self.limits.film_cpu):
            return TooLarge(allowed.too_much_work(self.kind, self.limits))
        return Undecodable(allowed.damaged(self.kind))


def _worked() -> float:
    """Seconds that those that were started have worked."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
