"""What becomes of sounds."""

from pathlib import Path

import msgspec
import pytest

from marula.base.imaging import Name
from tests.base.imaging.conftest import Desk
from tests.base.imaging.reels import TITLE, loudness, pattern, plays, reel, saved, tone
from tests.base.imaging.samples import MARK, encoded, scene

COVER = ("-map", "0:a", "-map", "1:v", "-c", "copy", "-disposition:v", "attached_pic")


@pytest.mark.parametrize(
    ("name", "options", "ending"),
    [
        ("a.mp3", (), "mp3"),
        ("a.ogg", ("-c:a", "libvorbis"), "mp3"),
        ("a.opus", ("-c:a", "libopus"), "mp3"),
        ("a.wav", (), "mp3"),
        ("a.wav", ("-c:a", "pcm_f32le", "-ac", "6", "-ar", "96000"), "mp3"),
        ("a.flac", (), "mp3"),
        ("a.m4a", ("-c:a", "aac"), "m4a"),
        ("a.m4a", ("-c:a", "alac"), "mp3"),
        ("a.aac", (), "m4a"),
        ("a.mp4", ("-c:a", "aac"), "m4a"),
        ("a.webm", ("-c:a", "libopus"), "mp3"),
    ],
    ids=["mp3", "vorbis", "opus", "wav", "surround", "flac", "m4a", "alac", "aac", "mp4", "webm"],
)
async def test_each_sound_becomes_one_that_every_browser_plays(
    desk: Desk, tmp_path: Path, name: str, options: tuple[str, ...], ending: str
) -> None:
    data = reel(tmp_path, name, [*tone(), *TITLE, *options])
    decoded = await desk.decode(data)
    assert decoded.kind == "audio"
    assert desk.left == [f"original.{ending}"]
    made = decoded.files[Name.ORIGINAL]
    assert made.content_type == {"mp3": "audio/mpeg", "m4a": "audio/mp4"}[ending]
    assert plays(made.path)
    assert loudness(made.path) == pytest.approx(-21, abs=4)
    assert MARK.encode() not in made.path.read_bytes()
    assert made.duration == pytest.approx(2, abs=0.1)
    assert msgspec.to_builtins(decoded.meta) == {
        "original": {"duration": made.duration, "bitrate": int(made.size * 8 / (made.duration or 1))}
    }
    assert decoded.blurhash is None


@pytest.mark.parametrize("name", ["a.mp3", "a.m4a", "a.flac"])
async def test_the_cover_of_a_sound_is_its_small_picture(desk: Desk, tmp_path: Path, name: str) -> None:
    cover = saved(tmp_path, "cover.jpg", encoded(scene(900, 900), "JPEG"))
    plain = saved(tmp_path, f"plain{name}", reel(tmp_path, name, tone()))
    data = reel(tmp_path, name, ["-i", plain, "-i", cover, *COVER])
    decoded = await desk.decode(data)
    assert decoded.kind == "audio"
    assert decoded.files[Name.SMALL].content_type == "image/jpeg"
    found = msgspec.to_builtins(decoded.meta)
    assert found["small"] == {"width": 480, "height": 480, "size": "480x480", "aspect": 1.0}
    assert set(found["colors"]) == {"background", "foreground", "accent"}
    assert decoded.blurhash is not None
    assert desk.left == [f"original.{'m4a' if name.endswith('m4a') else 'mp3'}", "small.jpg"]


async def test_a_cover_that_cannot_be_read_is_as_good_as_none(desk: Desk, tmp_path: Path) -> None:
    cover = saved(tmp_path, "cover.jpg", encoded(scene(300, 300), "JPEG"))
    plain = saved(tmp_path, "plain.mp3", reel(tmp_path, "a.mp3", tone()))
    data = bytearray(reel(tmp_path, "b.mp3", ["-i", plain, "-i", cover, *COVER]))
    at = data.index(b"\xff\xd8\xff")
    data[at + 200 : at + 1200] = bytes(1000)
    decoded = await desk.decode(bytes(data))
    assert decoded.kind == "audio"
    assert desk.left == ["original.mp3"]


async def test_a_long_quiet_sound_does_not_grow(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.opus", [*tone(120), "-c:a", "libopus", "-b:a", "16k"])
    made = (await desk.decode(data)).files[Name.ORIGINAL]
    assert made.bitrate is not None
    assert made.bitrate < 70_000


async def test_a_film_whose_name_is_that_of_a_sound_is_a_film(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.mp4", [*pattern(), *tone(), "-f", "ipod", "-c:v", "libx264", "-pix_fmt", "yuv420p"])
    assert (await desk.decode(data)).kind == "video"
