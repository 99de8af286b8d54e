"""Whether a file goes on to its own end, for formats whose readers are content with less."""

import io
import os
from pathlib import Path
from typing import BinaryIO

from marula.base.imaging.kinds import Kind

IMAGE, EXTENSION, TRAILER = b",", b"!", b";"
SEGMENT = b"\x18\x53\x80\x67"
"""The element of a WebM that holds all others. Spec: RFC 9559, 5.1"""

STREAMINFO = 8
"""Where the first block of a FLAC begins. Spec: RFC 9639, 8.2"""


def complete(path: Path, kind: Kind) -> bool:
    """Whether nothing is missing at the end, as far as that can be told without decoding."""
    with path.open("rb") as file:
        if kind is Kind.GIF:
            return _gif(file)
        if kind is Kind.WEBM:
            return _webm(file)
    return True


def promised(path: Path, kind: Kind) -> float:
    """The seconds that a sound says it lasts, 0 where it does not say.

    Spec: RFC 9639, 8.2 (twenty bits of the rate, eight of other things, thirty-six of the number of samples)
    """
    if kind is not Kind.FLAC:
        return 0.0
    with path.open("rb") as file:
        block = file.read(STREAMINFO + 18)[STREAMINFO:]
    told = int.from_bytes(block[10:18])
    rate, samples = told >> 44, told & (1 << 36) - 1
    return samples / rate if rate else 0.0


def _gif(file: BinaryIO) -> bool:
    """Each block, up to the trailer; many lack only that. Spec: GIF89a, sections 17 to 27"""
    flags = file.read(13)[10:11]
    file.seek(_table(flags), io.SEEK_CUR)
    while block := file.read(1):
        if block == TRAILER:
            return True
        if block == EXTENSION:
            file.seek(1, io.SEEK_CUR)
        elif block == IMAGE:
            file.seek(_table(file.read(9)[8:9]) + 1, io.SEEK_CUR)
        else:
            return False
        if not _skipped(file):
            return False
    return True


def _table(flags: bytes) -> int:
    """The bytes of a table of colours."""
    bits = flags[0] if flags else 0
    return 3 * 2 ** ((bits & 7) + 1) if bits & 0x80 else 0


def _skipped(file: BinaryIO) -> bool:
    """Go past the pieces of a block, the last of which is empty."""
    while length := file.read(1):
        if length == b"\x00":
            return True
        if len(file.read(length[0])) < length[0]:
            return False
    return False


def _webm(file: BinaryIO) -> bool:
    """Whether it is as long as it says, if it does. Spec: RFC 8794, 4 (sizes of elements)"""
    head = file.read(4096)
    at = head.find(SEGMENT) + len(SEGMENT)
    if at < len(SEGMENT) or at >= len(head) or not head[at]:
        return False
    length = 9 - head[at].bit_length()
    size = int.from_bytes(head[at : at + length]) & (1 << 7 * length) - 1
    unknown = (1 << 7 * length) - 1
    return size == unknown or at + length + size <= os.fstat(file.fileno()).st_size
