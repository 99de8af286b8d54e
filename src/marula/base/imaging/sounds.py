"""Sounds: MP3 and AAC as they are, all others as MP3, without a word of who made them; and their cover."""

from pathlib import Path

import msgspec

from marula.base.imaging import allowed, pictures
from marula.base.imaging.complete import promised
from marula.base.imaging.ffmpeg import Ffmpeg
from marula.base.imaging.films import NAMELESS, WHOLE
from marula.base.imaging.kinds import HEAD, Family, Kind, sniff
from marula.base.imaging.probe import Stream, probe
from marula.base.imaging.recipes import THUMBNAIL
from marula.base.imaging.types import Decoded, Made, Measures, Meta, Name, TooLarge, Undecodable

MP3 = ("-id3v2_version", "0", "-f", "mp3")
M4A = ("-movflags", "+faststart", "-f", "ipod")

SLOWEST, FASTEST = 64_000, 192_000
"""Bits in a second of the MP3 that other sounds become."""

RICHER = 1.5
"""How many more bits an MP3 needs to sound like what is written in newer formats."""


def sound(file: Ffmpeg, stream: Stream) -> Decoded:
    """The sound and, if it has one, its cover as `small`, with colours drawn from it. Raises Undecodable, TooLarge."""
    kind = Kind.M4A if stream.codec == "aac" else Kind.MP3
    original = file.into / f"{Name.ORIGINAL}.{kind.extension}"
    file.run(["-map", "0:a:0", *_coding(file, stream), *NAMELESS, *(M4A if kind is Kind.M4A else MP3), str(original)])
    found = probe(msgspec.structs.replace(file, source=original, kind=kind)).duration
    if not found or found < WHOLE * max(stream.duration, promised(file.source, file.kind)):
        raise Undecodable(allowed.damaged(file.kind))
    size = original.stat().st_size
    made = Made(
        path=Path(original.name),
        content_type=kind.mime,
        size=size,
        duration=found,
        bitrate=int(size * 8 / found),
    )
    measures = Measures(duration=found, bitrate=int(size * 8 / found))
    cover = _cover(file)
    if cover is None:
        return Decoded(kind="audio", files={Name.ORIGINAL: made}, meta=Meta(original=measures))
    return Decoded(
        kind="audio",
        files={Name.ORIGINAL: made, **cover.files},
        blurhash=cover.blurhash,
        meta=Meta(original=measures, small=cover.meta.small, colors=cover.meta.colors),
    )


def _coding(file: Ffmpeg, stream: Stream) -> tuple[str, ...]:
    if stream.codec in ("mp3", "aac"):
        return ("-c:a", "copy")
    rate = RICHER * file.source.stat().st_size * 8 / max(stream.duration, 1.0)
    return ("-c:a", "libmp3lame", "-b:a", str(int(min(max(rate, SLOWEST), FASTEST))))


def _cover(file: Ffmpeg) -> Decoded | None:
    """The picture that is attached; one that cannot be read is as good as none."""
    path = file.into / "cover"
    try:
        file.run(["-map", "0:v:0", "-frames:v", "1", "-c", "copy", "-f", "image2", str(path)])
        if not path.exists():  # ffmpeg is content when it finds nothing of the picture
            return None
        with path.open("rb") as opened:
            kind = sniff(opened.read(HEAD))
        if kind is None or kind.family is not Family.PICTURE:
            return None
        return pictures.decode(path, file.into, kind, THUMBNAIL, file.limits)
    except (Undecodable, TooLarge):
        return None
    finally:
        path.unlink(missing_ok=True)
