"""Which format a file has, told by its first bytes; its name and what its sender said of it count for nothing."""

import enum
import re

HEAD = 4096
"""Bytes that are enough to tell."""


class Family(enum.StrEnum):
    """What a format holds."""

    PICTURE = "picture"
    FILM = "film"
    SOUND = "sound"


class Kind(enum.Enum):
    """A format that is read."""

    JPEG = ("JPEG", "image/jpeg", "jpg", Family.PICTURE)
    PNG = ("PNG", "image/png", "png", Family.PICTURE)
    WEBP = ("WebP", "image/webp", "webp", Family.PICTURE)
    GIF = ("GIF", "image/gif", "gif", Family.PICTURE)
    AVIF = ("AVIF", "image/avif", "avif", Family.PICTURE)
    HEIC = ("HEIC", "image/heic", "heic", Family.PICTURE)
    MP4 = ("MP4", "video/mp4", "mp4", Family.FILM)
    M4V = ("M4V", "video/mp4", "m4v", Family.FILM)
    MOV = ("MOV", "video/quicktime", "mov", Family.FILM)
    WEBM = ("WebM", "video/webm", "webm", Family.FILM)
    OGV = ("Ogg", "video/ogg", "ogv", Family.FILM)
    MP3 = ("MP3", "audio/mpeg", "mp3", Family.SOUND)
    OGG = ("Ogg", "audio/ogg", "ogg", Family.SOUND)
    OPUS = ("Opus", "audio/ogg", "opus", Family.SOUND)
    WAV = ("WAV", "audio/wav", "wav", Family.SOUND)
    FLAC = ("FLAC", "audio/flac", "flac", Family.SOUND)
    M4A = ("M4A", "audio/mp4", "m4a", Family.SOUND)
    AAC = ("AAC", "audio/aac", "aac", Family.SOUND)

    def __init__(self, title: str, mime: str, extension: str, family: Family) -> None:
        self.title = title
        self.mime = mime
        self.extension = extension
        self.family = family


SYNONYMS = {
    Kind.HEIC: ("image/heif",),
    Kind.M4V: ("video/x-m4v",),
    Kind.MP3: ("audio/mp3",),
    Kind.OGG: ("audio/vorbis",),
    Kind.OPUS: ("audio/opus",),
    Kind.WAV: ("audio/wave", "audio/x-wav", "audio/x-pn-wave", "audio/vnd.wave"),
    Kind.FLAC: ("audio/x-flac",),
    Kind.M4A: ("audio/m4a", "audio/x-m4a", "audio/3gpp"),
    Kind.WEBM: ("audio/webm",),
}
"""Other names of these types. Spec: limits.json, media.image_types, media.video_types, media.audio_types"""

MIME_TYPES = tuple(dict.fromkeys(mime for kind in Kind for mime in (kind.mime, *SYNONYMS.get(kind, ()))))
"""All names by which clients may call what is read."""

MAGIC: tuple[tuple[re.Pattern[bytes], Kind], ...] = tuple(
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"\xff\xd8\xff", Kind.JPEG),
        (rb"\x89PNG\r\n\x1a\n", Kind.PNG),
        (rb"RIFF....WEBP", Kind.WEBP),
        (rb"GIF8[79]a", Kind.GIF),
        (rb"....(moov|mdat|wide|free|skip|pnot)", Kind.MOV),
        (rb"\x1a\x45\xdf\xa3.{0,60}\x42\x82.webm", Kind.WEBM),
        (rb"OggS.{0,200}\x80theora", Kind.OGV),
        (rb"OggS.{0,200}OpusHead", Kind.OPUS),
        (rb"OggS.{0,200}(\x01vorbis|\x7fFLAC|Speex   )", Kind.OGG),
        (rb"RIFF....WAVE", Kind.WAV),
        (rb"fLaC", Kind.FLAC),
        (rb"ID3[\x02-\x04]", Kind.MP3),
        (rb"\xff[\xf0\xf1\xf8\xf9][\x40-\xbf]", Kind.AAC),
        (rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xeb]", Kind.MP3),
    )
)
"""In this order. Spec: the signature of each format; mimesniff.spec.whatwg.org for those that it names"""

BRANDS: dict[bytes, Kind] = {
    **dict.fromkeys((b"avif", b"avis"), Kind.AVIF),
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), Kind.HEIC),
    **dict.fromkeys((b"M4A ", b"M4B ", b"M4P ", b"F4A "), Kind.M4A),
    **dict.fromkeys((b"M4V ", b"M4VH", b"M4VP"), Kind.M4V),
    b"qt  ": Kind.MOV,
    **dict.fromkeys((b"isom", b"mp41", b"mp42", b"avc1", b"MSNV", b"dash", b"F4V ", b"mmp4"), Kind.MP4),
    **dict.fromkeys((b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9"), Kind.MP4),
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3g2a", b"3ge6", b"3gg6"), Kind.MP4),
}
"""Spec: ISO/IEC 14496-12, 4.3; the registry of brands at mp4ra.org"""


def sniff(head: bytes) -> Kind | None:
    """The format of the file that begins with these bytes (HEAD of them), or None for one that is not read."""
    if head[4:8] == b"ftyp":
        return _branded(head)
    return next((kind for magic, kind in MAGIC if magic.match(head)), None)


def may_move(head: bytes) -> bool:
    """Whether the picture that begins with these bytes may have several frames.

    Spec: WebP Container Specification, Extended File Format (the flag of animations). A GIF does not say.
    """
    return head.startswith(b"GIF8") or (head[12:16] == b"VP8X" and len(head) > 20 and bool(head[20] & 2))


def _branded(head: bytes) -> Kind | None:
    """By the brand that the file says it is, else by the first known of those it says it is like."""
    end = min(int.from_bytes(head[:4]), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]
    return next((BRANDS[brand] for brand in brands if brand in BRANDS), None)
