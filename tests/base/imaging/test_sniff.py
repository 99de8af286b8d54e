"""Formats are told by content."""

import pytest

from marula.base.imaging import HEAD, MIME_TYPES, Kind, may_move, sniff
from tests.base.imaging.samples import ICC, encoded, heic, moving, scene

BOX = b"\x00\x00\x00\x18ftyp"


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("JPEG", Kind.JPEG),
        ("PNG", Kind.PNG),
        ("WEBP", Kind.WEBP),
        ("GIF", Kind.GIF),
        ("AVIF", Kind.AVIF),
    ],
)
def test_a_picture_is_told_by_its_first_bytes(form: str, kind: Kind) -> None:
    assert sniff(encoded(scene(), form)) is kind


def test_a_picture_of_a_phone_is_told() -> None:
    assert sniff(heic(scene())) is Kind.HEIC


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (BOX + b"isom\x00\x00\x02\x00isomiso2", Kind.MP4),
        (BOX + b"qt  \x00\x00\x00\x00qt  ", Kind.MOV),
        (BOX + b"M4V \x00\x00\x00\x00M4V isom", Kind.M4V),
        (BOX + b"M4A \x00\x00\x00\x00M4A isom", Kind.M4A),
        (BOX + b"mif1\x00\x00\x00\x00mif1heic", Kind.HEIC),
        (BOX + b"mif1\x00\x00\x00\x00mif1avif", Kind.AVIF),
        (b"\x00\x00\x00\x08wide\x00\x00\x00\x00mdat", Kind.MOV),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", Kind.WEBM),
        (b"ID3\x04\x00\x00\x00\x00\x00\x00", Kind.MP3),
        (b"\xff\xfb\x90\x64\x00", Kind.MP3),
        (b"\xff\xf1\x50\x80\x00", Kind.AAC),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", Kind.WAV),
        (b"fLaC\x00\x00\x00\x22", Kind.FLAC),
        (b"OggS" + b"\x00" * 24 + b"OpusHead", Kind.OPUS),
        (b"OggS" + b"\x00" * 24 + b"\x01vorbis", Kind.OGG),
        (b"OggS" + b"\x00" * 24 + b"\x80theora", Kind.OGV),
    ],
)
def test_films_and_sounds_are_told_by_their_first_bytes(head: bytes, kind: Kind) -> None:
    assert sniff(head) is kind


def test_only_pictures_that_may_move_are_said_to() -> None:
    assert may_move(moving("GIF")[:HEAD])
    assert may_move(moving("WEBP")[:HEAD])
    assert not may_move(encoded(scene(), "WEBP")[:HEAD])
    assert not may_move(encoded(scene(), "WEBP", icc_profile=ICC)[:HEAD])
    assert not may_move(encoded(scene(), "PNG")[:HEAD])


def test_every_type_is_called_by_all_its_names() -> None:
    """Spec: limits.json, media.image_types and the others, without what is not read."""
    assert {"image/heic", "image/heif", "audio/mp3", "audio/mpeg", "audio/x-m4a", "video/quicktime"} <= set(MIME_TYPES)
    assert "image/svg+xml" not in MIME_TYPES


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\x00" * 64,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><svg/>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"MZ\x90\x00",
        b"RIFF\x24\x00\x00\x00AVI LIST",
        b"#EXTM3U\n#EXT-X-VERSION:3",
        b"ffconcat version 1.0",
        BOX + b"crx \x00\x00\x00\x01",
        b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x88matroska",
        b"II*\x00",
        b"BM\x36\x00",
    ],
)
def test_what_is_not_read_has_no_format(head: bytes) -> None:
    assert sniff(head) is None
