"""What is more than one file may be, or may cost, is refused with a sentence."""

from pathlib import Path

import msgspec
import pytest
from PIL import Image

from marula.base.imaging import ATTACHMENT, AVATAR, Limits, Name, TooLarge
from tests.base.imaging.conftest import Desk
from tests.base.imaging.reels import H264, pattern, reel, tone
from tests.base.imaging.refusals import refused, refused_somehow, still_works
from tests.base.imaging.samples import encoded, moving, noise, png_of, scene


async def test_fifty_thousand_pixels_each_way_are_refused_before_any_is_read(desk: Desk) -> None:
    sentence = await refused(desk, png_of(50_000, 50_000), TooLarge)
    assert "50000 × 50000" in sentence
    assert "33,177,600 pixels" in sentence
    await still_works(desk)


async def test_measures_that_are_not_true_are_found_out(desk: Desk) -> None:
    await refused(desk, png_of(2_000, 2_000, b"\x00" * 10_000))
    data = bytearray(encoded(scene(), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = b"\xff\x00\xff\x00"
    await refused(desk, bytes(data), TooLarge)


async def test_a_picture_of_all_the_pixels_allowed_is_read(desk: Desk) -> None:
    data = encoded(Image.new("RGB", (7680, 4320), (9, 9, 9)), "PNG")
    assert len(data) < 200_000
    decoded = await desk.decode(data)
    made = decoded.files[Name.ORIGINAL]
    assert (made.width, made.height) == (3840, 2160)


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
@pytest.mark.parametrize("recipe", [ATTACHMENT, AVATAR], ids=["attachment", "avatar"])
async def test_four_thousand_frames_are_refused(desk: Desk, form: str, recipe: object) -> None:
    data = moving(form, frames=4000, width=16, height=24, **({"lossless": True} if form == "WEBP" else {}))
    assert "1,000 frames" in await refused(desk, data, TooLarge, recipe=recipe)


async def test_frames_that_are_many_and_large_are_refused(desk: Desk) -> None:
    sentence = await refused(desk, moving("GIF", frames=3, width=3000, height=2000), TooLarge)
    assert "921,600 pixels" in sentence
    many = moving("GIF", frames=900, width=400, height=400)
    assert "frames" in await refused(desk, many, TooLarge, recipe=AVATAR)


async def test_a_film_of_ten_hours_is_refused(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.mp4", [*pattern(64, 64, seconds=36_000, rate=1), *H264, "-preset", "ultrafast"])
    assert "240 minutes" in await refused(desk, data, TooLarge)


async def test_a_sound_of_ten_hours_is_refused(desk: Desk, tmp_path: Path) -> None:
    minute = reel(
        tmp_path, "a.mp3", [*tone(60), "-ar", "8000", "-b:a", "8k", "-write_xing", "0", "-id3v2_version", "0"]
    )
    assert "240 minutes" in await refused(desk, minute * 600, TooLarge)


async def test_a_film_with_too_many_frames_to_convert_is_refused(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.mp4", [*pattern(64, 64, seconds=4), "-c:v", "mpeg4"])
    assert "up to 100 frames" in await refused(desk, data, TooLarge, limits=Limits(film_frames=100))


async def test_a_film_with_too_many_frames_in_a_second_is_refused(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.mp4", [*pattern(64, 64, seconds=1, rate=240), *H264])
    assert "120" in await refused(desk, data, TooLarge)


async def test_a_film_with_too_many_pixels_is_refused(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.mp4", [*pattern(4096, 2176, seconds=0.1), *H264, "-preset", "ultrafast"])
    assert "8,294,400 pixels" in await refused(desk, data, TooLarge)


async def test_a_file_that_is_too_large_is_not_even_opened(desk: Desk, tmp_path: Path) -> None:
    small = msgspec.structs.replace(ATTACHMENT, picture_bytes=2 * 1024 * 1024, film_bytes=3 * 1024 * 1024)
    data = encoded(scene(), "JPEG")
    assert "pictures of up to 2 MB" in await refused(desk, data + bytes(2 * 1024 * 1024), TooLarge, recipe=small)
    data = reel(tmp_path, "a.mp3", tone())
    assert "sounds of up to 3 MB" in await refused(desk, data + bytes(3 * 1024 * 1024), TooLarge, recipe=small)


async def test_what_takes_too_much_memory_is_refused(desk: Desk) -> None:
    data = encoded(noise(4000, 3000), "PNG")
    await refused_somehow(desk, data, Limits(memory=190 * 1024 * 1024))
    await still_works(desk)


async def test_a_film_that_takes_too_much_memory_is_refused(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.mp4", [*pattern(1920, 1080), "-c:v", "mpeg4"])
    await refused_somehow(desk, data, Limits(film_memory=420 * 1024 * 1024))
    await still_works(desk)


async def test_what_takes_too_long_by_the_clock_is_refused(desk: Desk, tmp_path: Path) -> None:
    data = encoded(noise(4000, 3000), "WEBP", quality=95)
    assert "too long" in await refused(desk, data, TooLarge, limits=Limits(clock=0.2))
    film = reel(tmp_path, "a.mp4", [*pattern(1280, 720, seconds=10), "-c:v", "mpeg4"])
    assert "too long" in await refused(desk, film, TooLarge, limits=Limits(film_clock=0.7))
    await still_works(desk)


async def test_what_takes_too_much_work_is_refused(desk: Desk, tmp_path: Path) -> None:
    film = reel(tmp_path, "a.mp4", [*pattern(1920, 1080, seconds=10), "-c:v", "mpeg4"])
    assert "too long" in await refused(desk, film, TooLarge, limits=Limits(film_cpu=1))


async def test_what_becomes_too_large_is_refused(desk: Desk, tmp_path: Path) -> None:
    assert "0 MB" in await refused(desk, encoded(noise(900, 900), "PNG"), TooLarge, limits=Limits(made_bytes=50_000))
    data = reel(tmp_path, "a.mp4", [*pattern(1280, 720), "-c:v", "mpeg4"])
    await refused(desk, data, TooLarge, limits=Limits(made_bytes=50_000))
