"""What a film or a sound is, told by its packets, not by what its header promises.

ffmpeg lists them in its format `framecrc`, which is made for programs to read, and decodes nothing for it.

Spec: FFmpeg Formats Documentation, framecrc
"""

from fractions import Fraction

import msgspec

from marula.base.imaging import allowed
from marula.base.imaging.ffmpeg import Ffmpeg
from marula.base.imaging.types import Limits, TooLarge, Undecodable

STEADY = 1001
"""The largest denominator that rates of frames have."""


class Stream(msgspec.Struct):
    """One film or one sound in a file."""

    codec: str = ""
    media: str = ""
    base: Fraction = Fraction(1)
    width: int = 0
    height: int = 0
    aspect: Fraction = Fraction(1)
    packets: int = 0
    first: int = 0
    end: int = 0
    size: int = 0
    """Bytes of the last packet."""

    @property
    def duration(self) -> float:
        """Seconds; what lies before zero is there to warm decoders up and is not shown."""
        return round(float((self.end - max(self.first, 0)) * self.base), 3)

    @property
    def rate(self) -> Fraction:
        """Frames in a second, of a film."""
        ticks = (self.end - self.first) * self.base
        return (self.packets / ticks).limit_denominator(STEADY) if ticks > 0 else Fraction(0)


class Film(msgspec.Struct, frozen=True):
    """The film of a file, and its sound if it has one."""

    frames: Stream
    sound: Stream | None

    @property
    def duration(self) -> float:
        """Seconds, of the longer of the two."""
        return max(self.frames.duration, self.sound.duration if self.sound is not None else 0.0)


class Sound(msgspec.Struct, frozen=True):
    """The sound of a file that has no film."""

    sound: Stream

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.sound.duration


def probe(file: Ffmpeg) -> Film | Sound:
    """Read all packets. Pictures that are attached to sounds are no films. Raises Undecodable, TooLarge."""
    limits = file.limits
    listing = _Listing(limits)
    options = ("-map", "0:V:0?", "-map", "0:a:0?", "-c", "copy", "-t", str(limits.seconds + 1))
    file.run([*options, "-f", "framecrc", "pipe:1"], strict=True, heed=listing.heed)
    frames, sound = listing.one("video"), listing.one("audio")
    if frames is not None:
        _check(frames, limits)
        found = Film(frames, sound)
    elif sound is not None:
        found = Sound(sound)
    else:
        raise Undecodable(allowed.damaged(file.kind))
    if found.duration > limits.seconds:
        raise TooLarge(allowed.too_long(limits.seconds))
    return found


def first_frame(file: Ffmpeg) -> Stream:
    """The first frame of the film, decoded and upright; its size in bytes tells how colours are held."""
    listing = _Listing(file.limits)
    options = ("-map", "0:V:0", "-frames:v", "1", "-c:v", "rawvideo", "-f", "framecrc", "pipe:1")
    file.run(options, heed=listing.heed)
    frame = listing.one("video")
    if frame is None:
        raise Undecodable(allowed.damaged(file.kind))
    return frame


def _check(film: Stream, limits: Limits) -> None:
    if film.width * film.height > limits.film_pixels:
        raise TooLarge(allowed.too_many_pixels(film.width, film.height, limits.film_pixels, "films"))
    if int(film.rate) > limits.frame_rate:
        raise TooLarge(allowed.too_fast(limits.frame_rate))


class _Listing:
    """The lines of `framecrc`: what streams are, then `stream, dts, pts, duration, size, checksum`."""

    def __init__(self, limits: Limits) -> None:
        self._streams: dict[int, Stream] = {}
        self._most = limits.seconds * limits.frame_rate

    def one(self, media: str) -> Stream | None:
        """The stream of this sort that has packets."""
        return next((one for one in self._streams.values() if one.media == media and one.packets), None)

    def heed(self, line: bytes) -> None:
        if line.startswith(b"#"):
            self._header(line.decode("ascii", "replace"))
        else:
            self._packet(line)

    def _header(self, line: str) -> None:
        told, _, value = line[1:].partition(": ")
        name, _, number = told.partition(" ")
        if not number.isdigit():
            return
        value = value.strip()
        stream = self._streams.setdefault(int(number), Stream())
        match name:
            case "tb":
                stream.base = Fraction(value)
            case "media_type":
                stream.media = value
            case "codec_id":
                stream.codec = value
            case "dimensions":
                stream.width, stream.height = (int(part) for part in value.split("x"))
            case "sar":
                stream.aspect = _ratio(value)
            case _:
                pass

    def _packet(self, line: bytes) -> None:
        number, _, at, lasts, size, *_ = line.split(b",")
        stream = self._streams[int(number)]
        start, end = int(at), int(at) + int(lasts)
        stream.first = min(stream.first, start) if stream.packets else start
        stream.end = max(stream.end, end) if stream.packets else end
        stream.packets += 1
        stream.size = int(size)
        if stream.packets > self._most:
            raise TooLarge(allowed.too_many_frames(self._most, "films"))


def _ratio(value: str) -> Fraction:
    """Of a pixel's width to its height; 0/1 where it is not known."""
    over, _, under = value.partition("/")
    return Fraction(int(over), int(under)) if int(over) > 0 and int(under) > 0 else Fraction(1)
