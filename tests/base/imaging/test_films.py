"""What becomes of films, and of pictures that move."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from marula.base.imaging import ATTACHMENT, Name, TooLarge
from tests.base.imaging.conftest import Desk
from tests.base.imaging.reels import H264, TITLE, pattern, plays, reel, saved, starts_fast, told, tone
from tests.base.imaging.samples import MARK, encoded, moving, noise, scene


def meta(decoded: Any) -> dict[str, Any]:
    return msgspec.to_builtins(decoded.meta)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp4", H264),
        ("a.m4v", ("-f", "ipod", "-brand", "M4V ", *H264)),
        ("a.mov", (*H264, "-c:a", "pcm_s16le")),
        ("a.mov", ("-c:v", "prores", "-c:a", "pcm_s16le")),
        ("a.webm", ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus")),
        ("a.webm", ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libvorbis")),
        ("a.mp4", ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error", "-tag:v", "hvc1")),
        ("a.mp4", ("-c:v", "mpeg4")),
        ("a.mp4", ("-c:v", "libx264", "-pix_fmt", "yuv444p")),
        ("a.mp4", ("-c:v", "libx264", "-pix_fmt", "yuv420p10le")),
        ("a.ogv", ("-c:v", "libtheora", "-c:a", "libvorbis")),
    ],
    ids=["mp4", "m4v", "mov", "prores", "vp8", "vp9", "hevc", "mpeg4", "444", "ten-bits", "theora"],
)
async def test_each_film_becomes_one_that_every_browser_plays(
    desk: Desk, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    decoded = await desk.decode(reel(tmp_path, name, [*pattern(), *tone(), *options]))
    assert decoded.kind == "video"
    assert desk.left == ["original.mp4", "small.jpg"]
    made = decoded.files[Name.ORIGINAL]
    said = told(made.path)
    assert "Video: h264" in said
    assert "yuv420p(" in said or "yuv420p," in said
    assert "Audio: aac" in said
    assert plays(made.path)
    assert starts_fast(made.path)
    assert (made.content_type, made.width, made.height, made.frame_rate) == ("video/mp4", 320, 200, "30/1")
    assert made.duration == pytest.approx(2, abs=0.15)
    assert made.size == made.path.stat().st_size
    with Image.open(decoded.files[Name.SMALL].path) as poster:
        assert poster.size == (320, 200)
        red, green, blue = poster.convert("RGB").getpixel((250, 100)) or (0, 0, 0)  # type: ignore[misc]
        assert max(red, green, blue) > 100
    assert decoded.blurhash is not None


async def test_the_measures_are_those_that_clients_read(desk: Desk, tmp_path: Path) -> None:
    decoded = await desk.decode(reel(tmp_path, "a.mp4", [*pattern(rate=25), *tone(), *H264]))
    found = meta(decoded)
    size = decoded.files[Name.ORIGINAL].size
    assert found == {
        "original": {
            "width": 320,
            "height": 200,
            "frame_rate": "25/1",
            "duration": found["original"]["duration"],
            "bitrate": int(size * 8 / found["original"]["duration"]),
        },
        "small": {"width": 320, "height": 200, "size": "320x200", "aspect": 1.6},
    }
    assert found["original"]["duration"] == pytest.approx(2, abs=0.05)


async def test_a_film_that_every_browser_plays_is_not_written_anew(desk: Desk, tmp_path: Path) -> None:
    options = [*pattern(), *tone(), *H264, "-x264-params", "opts=1:keyint=17"]
    data = reel(tmp_path, "a.mp4", options)
    decoded = await desk.decode(data)
    assert decoded.files[Name.ORIGINAL].size == pytest.approx(len(data), rel=0.05)
    assert b"keyint=17" in decoded.files[Name.ORIGINAL].path.read_bytes()


async def test_nothing_is_told_of_who_made_a_film_where(desk: Desk, tmp_path: Path) -> None:
    for codec in (H264, ("-c:v", "mpeg4")):
        data = reel(tmp_path, "a.mov", [*pattern(), *tone(), *codec, *TITLE])
        assert MARK.encode() in data
        decoded = await desk.decode(data)
        made = decoded.files[Name.ORIGINAL].path.read_bytes()
        assert MARK.encode() not in made
        assert b"+52.5" not in made


@pytest.mark.parametrize("codec", [H264, ("-c:v", "mpeg4")], ids=["as-it-is", "converted"])
@pytest.mark.parametrize("angle", ["90", "180", "270"])
async def test_a_film_stands_upright_however_the_phone_was_held(
    desk: Desk, tmp_path: Path, codec: tuple[str, ...], angle: str
) -> None:
    flat = saved(tmp_path, "flat.mp4", reel(tmp_path, "a.mp4", [*pattern(), *codec]))
    data = reel(tmp_path, "b.mp4", ["-display_rotation", angle, "-i", flat, "-c", "copy"])
    decoded = await desk.decode(data)
    made = decoded.files[Name.ORIGINAL]
    upright = (320, 200) if angle == "180" else (200, 320)
    assert (made.width, made.height) == upright
    assert (decoded.files[Name.SMALL].width, decoded.files[Name.SMALL].height) == upright
    shown = reel(tmp_path, "still.png", ["-i", str(made.path), "-frames:v", "1"])
    wanted = reel(tmp_path, "wanted.png", ["-i", saved(tmp_path, "b.mp4", data), "-frames:v", "1"])
    for got, sent in zip(pixels(tmp_path, shown), pixels(tmp_path, wanted), strict=True):
        assert all(abs(one - other) < 50 for one, other in zip(got, sent, strict=True))


def pixels(folder: Path, data: bytes) -> list[tuple[int, ...]]:
    with Image.open(saved(folder, "still", data)) as picture:
        picture = picture.convert("RGB")
        width, height = picture.size
        places = [(width // 8, height // 8), (width * 7 // 8, height // 8), (width // 8, height * 7 // 8)]
        found = [picture.getpixel(place) for place in places]
    return [one for one in found if isinstance(one, tuple)]


async def test_odd_measures_become_even(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.webm", [*pattern(321, 201), "-c:v", "libvpx", "-deadline", "realtime"])
    made = (await desk.decode(data)).files[Name.ORIGINAL]
    assert (made.width, made.height) == (320, 200)
    assert plays(made.path)


async def test_pixels_that_are_not_square_become_so(desk: Desk, tmp_path: Path) -> None:
    for codec in (H264, ("-c:v", "mpeg4")):
        data = reel(tmp_path, "a.mp4", [*pattern(160, 200), "-vf", "setsar=2", *codec])
        decoded = await desk.decode(data)
        assert (decoded.files[Name.ORIGINAL].width, decoded.files[Name.ORIGINAL].height) == (320, 200)


async def test_a_film_may_be_silent(desk: Desk, tmp_path: Path) -> None:
    for codec in (H264, ("-c:v", "mpeg4")):
        decoded = await desk.decode(reel(tmp_path, "a.mp4", [*pattern(), *codec]))
        assert decoded.kind == "video"
        assert "Audio" not in told(decoded.files[Name.ORIGINAL].path)


async def test_a_gif_that_moves_becomes_a_silent_film(desk: Desk) -> None:
    decoded = await desk.decode(moving("GIF", frames=12, width=101, height=51))
    assert decoded.kind == "gifv"
    made = decoded.files[Name.ORIGINAL]
    said = told(made.path)
    assert "Video: h264" in said
    assert "Audio" not in said
    assert plays(made.path)
    assert starts_fast(made.path)
    assert (made.width, made.height, made.frame_rate) == (100, 50, "10/1")
    assert made.duration == pytest.approx(1.2, abs=0.1)
    assert set(meta(decoded)) == {"original", "small"}
    assert decoded.blurhash is not None


async def test_a_webp_that_moves_becomes_a_silent_film(desk: Desk) -> None:
    decoded = await desk.decode(moving("WEBP", frames=12, width=101, height=51))
    assert decoded.kind == "gifv"
    made = decoded.files[Name.ORIGINAL]
    assert plays(made.path)
    assert (made.width, made.height, made.frame_rate) == (100, 50, "10/1")
    assert made.duration == pytest.approx(1.2, abs=0.01)
    with Image.open(decoded.files[Name.SMALL].path) as poster:
        red, green, blue = poster.convert("RGB").getpixel((4, 16)) or (0, 0, 0)  # type: ignore[misc]
    assert red > 150
    assert max(green, blue) < 100


async def test_frames_are_shown_for_as_long_as_they_should_be(desk: Desk) -> None:
    for form in ("GIF", "WEBP"):
        decoded = await desk.decode(moving(form, frames=4, duration=[100, 500, 40, 200]))
        made = decoded.files[Name.ORIGINAL]
        assert made.duration == pytest.approx(0.84, abs=0.1)


async def test_a_picture_that_does_not_move_is_held_to_the_size_of_pictures(desk: Desk) -> None:
    small = msgspec.structs.replace(ATTACHMENT, picture_bytes=1024)
    for form in ("WEBP", "GIF"):
        with pytest.raises(TooLarge, match="Allowed are pictures of up to 1 KB"):
            await desk.decode(encoded(noise(200, 200), form), small)
        assert (await desk.decode(moving(form, frames=12), small)).kind == "gifv"


async def test_a_gif_that_does_not_move_is_a_picture(desk: Desk) -> None:
    decoded = await desk.decode(encoded(scene(), "GIF"))
    assert decoded.kind == "image"
    assert desk.left == ["original.png", "small.png"]


async def test_a_film_of_one_frame_is_a_film(desk: Desk, tmp_path: Path) -> None:
    decoded = await desk.decode(reel(tmp_path, "a.mp4", [*pattern(seconds=0.03), *H264]))
    assert decoded.kind == "video"
    assert (decoded.files[Name.ORIGINAL].duration or 0) > 0
