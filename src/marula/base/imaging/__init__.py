"""Pictures, films and sounds of strangers, made safe: told apart by content, decoded in a process that has limits.

Only that process loads libvips or starts ffmpeg; a file that breaks it breaks nothing else.
"""

from marula.base.imaging.decoding import decode, stop
from marula.base.imaging.kinds import HEAD, MIME_TYPES, Family, Kind, may_move, sniff
from marula.base.imaging.recipes import ATTACHMENT, AVATAR, EMOJI, HEADER, PREVIEW, THUMBNAIL
from marula.base.imaging.types import (
    Box,
    Colors,
    Cost,
    Decoded,
    DecoderFailed,
    Limits,
    Made,
    Measures,
    Meta,
    Motion,
    Name,
    Recipe,
    TooLarge,
    Undecodable,
)

__all__ = [
    "ATTACHMENT",
    "AVATAR",
    "EMOJI",
    "HEAD",
    "HEADER",
    "MIME_TYPES",
    "PREVIEW",
    "THUMBNAIL",
    "Box",
    "Colors",
    "Cost",
    "Decoded",
    "DecoderFailed",
    "Family",
    "Kind",
    "Limits",
    "Made",
    "Measures",
    "Meta",
    "Motion",
    "Name",
    "Recipe",
    "TooLarge",
    "Undecodable",
    "decode",
    "may_move",
    "sniff",
    "stop",
]
