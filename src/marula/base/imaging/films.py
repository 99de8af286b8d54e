"""Films: an MP4 that plays in every browser and begins before all of it has arrived, and a picture to show before."""

from fractions import Fraction
from pathlib import Path
from typing import Literal

import msgspec

from marula.base.imaging import allowed, pictures
from marula.base.imaging.ffmpeg import READERS, THREADS, Ffmpeg
from marula.base.imaging.flipbook import flipbook
from marula.base.imaging.kinds import Kind
from marula.base.imaging.opened import Opened, opened
from marula.base.imaging.probe import Film, Stream, first_frame, probe
from marula.base.imaging.recipes import POSTER
from marula.base.imaging.types import Decoded, Made, Measures, Meta, Name, TooLarge, Undecodable

FILM = f"{Name.ORIGINAL}.mp4"
NAMELESS = ("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact")
"""Nothing of who made it, where and with what."""

STREAMED = ("-movflags", "+faststart", "-write_tmcd", "0", "-f", "mp4")
H264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-maxrate", "6M", "-bufsize", "12M")
AAC = ("-c:a", "aac", "-b:a", "160k")
SQUARE = r"scale=max(2\,trunc(iw*sar/2)*2):max(2\,trunc(ih/2)*2),setsar=1,format=yuv420p"
"""Square pixels, even measures, and colours as every player takes them."""

STILL = "scale=iw*sar:ih:out_range=full,setsar=1,format=yuvj420p"
WHOLE = 0.9
"""The share of a film that must have come through for it to count as read."""


def film(file: Ffmpeg, found: Film) -> Decoded:
    """The film with its sound. What every browser plays already is taken as it is. Raises Undecodable, TooLarge."""
    if _plays(file, found.frames):
        picture = ("-c:v", "copy")
    elif found.frames.packets > file.limits.film_frames:
        raise TooLarge(allowed.too_many_frames(file.limits.film_frames, "films that must be converted"))
    else:
        picture = ("-vf", SQUARE, *H264, "-threads", THREADS)
    sound = ("-c:a", "copy") if found.sound is not None and found.sound.codec == "aac" else AAC
    original = file.into / FILM
    file.run(["-map", "0:V:0", "-map", "0:a:0?", *picture, *sound, *NAMELESS, *STREAMED, str(original)])
    return _measured(file, original, "video", found.duration)


def gifv(file: Ffmpeg, picture: Opened) -> Decoded:
    """A picture that moves, as a silent film that clients play again and again. Raises Undecodable, TooLarge."""
    original = file.into / FILM
    options = ("-vf", SQUARE, *H264, "-threads", THREADS, *NAMELESS, *STREAMED, str(original))
    if file.kind in READERS:
        lasts = probe(file).duration
        file.run(["-map", "0:V:0", *options])
    else:
        frames = flipbook(picture)
        lasts = float(frames.number / frames.rate)
        file.draw(frames, options)
    return _measured(file, original, "gifv", lasts)


def _plays(file: Ffmpeg, frames: Stream) -> bool:
    """Whether it is H.264 with eight bits of light for each pixel and colours for each four (4:2:0)."""
    if frames.codec != "h264":
        return False
    one = first_frame(file)
    return one.size == one.width * one.height + 2 * ((one.width + 1) // 2) * ((one.height + 1) // 2)


def _measured(file: Ffmpeg, original: Path, kind: Literal["video", "gifv"], lasts: float) -> Decoded:
    """The film, measured by what was made and not by what was promised, and its first frame."""
    made = msgspec.structs.replace(file, source=original, kind=Kind.MP4)
    found = probe(made)
    if not isinstance(found, Film) or found.duration < WHOLE * lasts:
        raise Undecodable(allowed.damaged(file.kind))
    (width, height), poster = _poster(made)
    size = original.stat().st_size
    measured = Made(
        path=Path(original.name),
        content_type=Kind.MP4.mime,
        size=size,
        width=width,
        height=height,
        duration=found.duration,
        frame_rate=_fraction(found.frames.rate),
        bitrate=int(size * 8 / found.duration) if found.duration else None,
    )
    return Decoded(
        kind=kind,
        files={Name.ORIGINAL: measured, **poster.files},
        blurhash=poster.blurhash,
        meta=Meta(original=_measures(measured), small=poster.meta.small),
    )


def _poster(made: Ffmpeg) -> tuple[tuple[int, int], Decoded]:
    """The measures of the film as it is shown, upright; and its first frame."""
    path = made.into / "poster"
    made.run(["-map", "0:V:0", "-frames:v", "1", "-vf", STILL, "-c:v", "mjpeg", "-q:v", "2", "-f", "image2", str(path)])
    if not path.exists():  # none of its frames could be read, and ffmpeg is content with that
        raise Undecodable(allowed.damaged(made.kind))
    picture = opened(path, Kind.JPEG, made.limits, moving=False)
    poster = pictures.decode(path, made.into, Kind.JPEG, POSTER, made.limits)
    path.unlink()
    return (picture.width, picture.height), poster


def _fraction(rate: Fraction) -> str:
    return f"{rate.numerator}/{rate.denominator}"


def _measures(made: Made) -> Measures:
    """Of a film, as clients see them."""
    return Measures(
        width=made.width or 0,
        height=made.height or 0,
        frame_rate=made.frame_rate or "0/1",
        duration=made.duration or 0.0,
        bitrate=made.bitrate or 0,
    )
