"""Files that were made to harm, or are broken: each is refused with a sentence, and leaves nothing."""

import io
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from marula.base.imaging import ATTACHMENT, AVATAR, EMOJI, THUMBNAIL, Name, TooLarge, Undecodable
from tests.base.imaging.conftest import Desk
from tests.base.imaging.reels import H264, pattern, reel, saved, tone
from tests.base.imaging.refusals import refused, still_works
from tests.base.imaging.samples import encoded, heic, moving, noise, scene

SCRIPT = b"<!doctype html><script>alert(document.cookie)</script>"


PICTURES = {
    "jpeg": encoded(noise(640, 480), "JPEG"),
    "progressive": encoded(noise(640, 480), "JPEG", progressive=True),
    "png": encoded(noise(200, 200), "PNG"),
    "webp": encoded(noise(640, 480), "WEBP"),
    "gif": encoded(noise(200, 200), "GIF"),
    "moving-gif": moving("GIF"),
    "moving-webp": moving("WEBP"),
    "avif": encoded(noise(640, 480), "AVIF"),
    "heic": heic(noise(640, 480)),
}


@pytest.mark.parametrize("form", PICTURES)
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
async def test_a_picture_that_was_cut_off_is_refused(desk: Desk, form: str, share: float) -> None:
    data = PICTURES[form]
    for recipe in (ATTACHMENT, AVATAR):
        await refused(desk, data[: int(len(data) * share)], recipe=recipe)
    await still_works(desk)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp4", (*H264, "-movflags", "+faststart")),
        ("a.mp4", H264),
        ("a.mov", H264),
        ("a.webm", ("-c:v", "libvpx", "-deadline", "realtime")),
    ],
    ids=["fast", "mp4", "mov", "webm"],
)
@pytest.mark.parametrize("share", [0.05, 0.6])
async def test_a_film_that_was_cut_off_is_refused(
    desk: Desk, tmp_path: Path, name: str, options: tuple[str, ...], share: float
) -> None:
    data = reel(tmp_path, name, [*pattern(), *tone(), *options])
    await refused(desk, data[: int(len(data) * share)])
    await still_works(desk)


@pytest.mark.parametrize("name", ["a.wav", "a.m4a", "a.flac"])
async def test_a_sound_that_was_cut_off_is_refused(desk: Desk, tmp_path: Path, name: str) -> None:
    data = reel(tmp_path, name, tone())
    await refused(desk, data[: len(data) * 6 // 10])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\x00" * 10_000,
        SCRIPT,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>",
        b"%PDF-1.7\n",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"push graphic-context\nimage over 0,0 0,0 'https://example.com/x'\n",
    ],
    ids=["empty", "a-byte", "zeros", "html", "svg", "xml", "pdf", "playlist", "concat", "mvg"],
)
async def test_what_is_no_picture_film_or_sound_is_refused_by_saying_what_is_one(desk: Desk, data: bytes) -> None:
    sentence = await refused(desk, data)
    for title in ("JPEG", "PNG", "WebP", "GIF", "AVIF", "HEIC", "MP4", "WebM", "MOV", "MP3", "FLAC", "Opus"):
        assert title in sentence


@pytest.mark.parametrize(
    "head",
    [
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"RIFF\xff\xff\xff\x7fWEBPVP8 ",
        b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00avifmif1",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1",
        b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp41",
        b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm",
        b"OggS" + b"\x00" * 24 + b"OpusHead",
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"fLaC\x00\x00\x00\x22",
        b"ID3\x04\x00\x00\x00\x00\x00\x00",
    ],
    ids=["jpeg", "png", "gif", "webp", "avif", "heic", "mp4", "webm", "opus", "wav", "flac", "mp3"],
)
async def test_what_only_begins_like_a_file_is_refused(desk: Desk, head: bytes) -> None:
    await refused(desk, head + SCRIPT * 40)
    await refused(desk, head + bytes(range(256)) * 40)


async def test_the_format_that_a_recipe_does_not_take_is_refused(desk: Desk, tmp_path: Path) -> None:
    assert "PNG, WebP and GIF pictures" in await refused(desk, encoded(scene(), "JPEG"), recipe=EMOJI)
    sentence = await refused(desk, reel(tmp_path, "a.mp3", tone()), recipe=AVATAR)
    assert "films" not in sentence


def archive() -> bytes:
    """A zip with a page in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("index.html", SCRIPT)
    return file.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("tail", [SCRIPT, archive()], ids=["html", "zip"])
async def test_what_is_hidden_behind_a_picture_does_not_come_out(desk: Desk, form: str, tail: bytes) -> None:
    decoded = await desk.decode(encoded(scene(), form) + tail)
    for made in decoded.files.values():
        data = made.path.read_bytes()
        assert b"<script" not in data
        assert not zipfile.is_zipfile(io.BytesIO(data))


async def test_what_is_hidden_inside_a_picture_does_not_come_out(desk: Desk) -> None:
    for data in (
        encoded(scene(), "JPEG", comment=SCRIPT),
        encoded(scene(), "GIF", comment=SCRIPT),
        moving("GIF", comment=SCRIPT),
    ):
        decoded = await desk.decode(data, AVATAR)
        assert not any(b"<script" in made.path.read_bytes() for made in decoded.files.values())


async def test_what_is_hidden_behind_a_film_does_not_come_out(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.mp4", [*pattern(), *H264])
    free = (len(SCRIPT) + 8).to_bytes(4) + b"free" + SCRIPT
    decoded = await desk.decode(data + free)
    assert b"<script" not in decoded.files[Name.ORIGINAL].path.read_bytes()


async def test_a_film_may_not_read_other_files(desk: Desk, tmp_path: Path) -> None:
    """A playlist that calls itself a film, and one that is hidden in a film's own format."""
    secret = saved(tmp_path, "secret", b"the password")
    for data in (
        f"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile://{secret}\n#EXT-X-ENDLIST".encode(),
        b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp41" + f"#EXTM3U\nfile://{secret}\n".encode() * 9,
    ):
        await refused(desk, data)


async def test_files_that_were_tampered_with_are_refused_or_read_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    """Anything but a refusal would be a fault of ours."""
    chance = random.Random(11)
    files = [*PICTURES.values(), reel(tmp_path, "a.mp4", [*pattern(64, 64, 0.5), *tone(0.5), *H264])]
    files += [reel(tmp_path, name, tone(0.5)) for name in ("a.mp3", "a.flac", "a.wav", "a.ogg")]
    for data in files * 4:
        broken = bytearray(data)
        for _ in range(chance.choice((1, 4, 20))):
            at = chance.randrange(min(len(broken), chance.choice((64, 500, 1_000_000))))
            broken[at : at + chance.randrange(4)] = chance.randbytes(chance.randrange(4))
        with suppress(Undecodable, TooLarge):
            await desk.decode(bytes(broken), chance.choice((ATTACHMENT, AVATAR, THUMBNAIL)))
        for path in desk.into.iterdir():
            path.unlink()
    await still_works(desk)
