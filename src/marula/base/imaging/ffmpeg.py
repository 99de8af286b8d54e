"""ffmpeg, run on one file of a stranger: its format is given and not guessed, and it may open that file only."""

import errno
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

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
LITTLE = 1024 * 1024
"""Bytes of free disk under which a failure is the disk's."""

OVERDUE = (255, -signal.SIGXCPU)
"""How it ends when it has worked for as long as it may."""

CODES = {256 - errno.ENOMEM: errno.ENOMEM, 256 - errno.ENOSPC: errno.ENOSPC, 256 - errno.EFBIG: errno.EFBIG}
"""Its exit codes that are numbers of errors."""


class Ffmpeg(msgspec.Struct, frozen=True):
    """The program, and the file it is to read."""

    program: str
    source: Path
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
        command = [self.program, "-v", "error", "-nostdin", "-y", *(["-xerror"] if strict else [])]
        command += [*self.input(), "-filter_threads", "1", *options]
        with subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            try:
                for line in process.stdout or ():
                    if heed is not None:
                        heed(line)
            except BaseException:
                process.kill()
                raise
        if process.returncode != 0:
            raise self._failure(process.returncode)

    def _failure(self, code: int) -> Exception:
        number = CODES.get(code)
        if number == errno.ENOSPC or shutil.disk_usage(self.source.parent).free < LITTLE:
            return OSError(errno.ENOSPC, "No space left on the device")
        if number == errno.EFBIG or code == -signal.SIGXFSZ:
            return TooLarge(allowed.too_much_made(self.limits.made_bytes))
        if number == errno.ENOMEM:
            return TooLarge(allowed.too_much_memory(self.kind, self.limits))
        if code in OVERDUE:
            return TooLarge(allowed.too_much_work(self.kind, self.limits))
        return Undecodable(allowed.damaged(self.kind))
